"""One case in full: as the lines people read and as the JSON that scripts read."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from console.domain.case import Case, Fact
from console.domain.city import Department
from console.domain.flow import STEP_OF, operations
from console.domain.lamp import lamp
from console.domain.operation import Operation
from console.i18n import _, named
from console.queries.case import CaseCard
from console.words import LAMPS, OPERATIONS, SOURCES, STATES, limit, span

Departments = Mapping[str, Department]


def told_card(card: CaseCard, now: datetime) -> dict[str, Any]:
    """A case card as JSON: the case, its facts, and what may be done now."""
    return {
        "case": _told_case(card.case, now),
        "class": {"key": card.case_class.key, "name": card.case_class.name} if card.case_class else None,
        "condition": asdict(card.condition) if card.condition else None,
        "department": asdict(card.department) if card.department else None,
        "facts": [asdict(fact) for fact in card.facts],
        "may": [row.operation.value for row in operations(card.case.state)],
        "advice": {
            "condition": card.advice.condition.number if card.advice.condition else None,
            "departments": [item.code for item in card.advice.departments],
            "due_at": card.advice.due_at,
        },
    }


def card_lines(card: CaseCard, departments: Departments, now: datetime) -> Iterator[str]:
    """The card for people; a text of several lines is one item with line breaks."""
    case = card.case
    zone = ZoneInfo(card.timezone)
    running = case.current_due_at
    class_name = named(card.case_class.name, card.case_class.name_en) if card.case_class else ""
    yield f"{case.code}  {_(STATES[case.state])}  {_(LAMPS[lamp(now, running, case.soon_at)])}"
    limited = limit(case.limit_value, case.limit_unit)
    yield f"{_('类别')}: {_coded(class_name, case.class_key)}  {limited}".rstrip()
    yield f"{_('来源')}: {_(SOURCES[case.source])}  {case.reporter}".rstrip()
    yield f"{_('地点')}: {case.address}  {case.cell}".rstrip()
    yield f"{_('部门')}: {_department(case.department, departments)}".rstrip()
    due = running or case.due_at
    if due is not None:
        left = time_left(running, case.due_at, case.fed_back_at, now)
        yield f"{_('截止')}: {due.astimezone(zone):%Y-%m-%d %H:%M:%S}  {_('剩余')} {left}"
    yield case.description
    for fact in card.facts:
        at = f"{fact.at.astimezone(zone):%Y-%m-%d %H:%M:%S}"
        yield f"  {at}  {_(OPERATIONS[fact.operation])}  {fact.by}  {_remark(fact, departments)}".rstrip()


def time_left(
    running: datetime | None, due: datetime | None, fed_back: datetime | None, now: datetime
) -> str:
    """What is left until the deadline that runs, or was left of `due` when the disposal clock stopped."""
    if running is not None:
        return span((running - now).total_seconds())
    if due is None or fed_back is None:
        return ""
    return span((due - fed_back).total_seconds())


def _remark(fact: Fact, departments: Departments) -> str:
    if fact.operation is Operation.UNDO and fact.note in set(Operation):
        return _(OPERATIONS[Operation(fact.note)])  # an undo notes the code of what it took back
    if fact.operation in {Operation.DISPATCH, Operation.REDISPATCH} and "department" in fact.changes:
        return f"→ {_department(fact.changes['department'], departments)}  {fact.note}"
    return fact.note


def _department(code: str, departments: Departments) -> str:
    found = departments.get(code)
    return _coded(named(found.name, found.name_en) if found else "", code)


def _coded(name: str, code: str) -> str:
    return f"{name} ({code})" if name else code


def _told_case(case: Case, now: datetime) -> dict[str, Any]:
    step = STEP_OF[case.state].value
    return asdict(case) | {"step": step, "lamp": lamp(now, case.current_due_at, case.soon_at).value}
