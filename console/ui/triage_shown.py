"""A case in the words of triage: its clock, what is known, what the lists advise, what one key would do."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from console.domain.operation import Operation
from console.i18n import _, named
from console.ui.case.facts import fact_lines
from console.ui.case.offer import allowed, consequence, primary, why_not
from console.ui.case.state import clock_shown
from console.ui.triage.shown import ShownCase
from console.words import OPERATIONS, STATES, clock_time, limit

if TYPE_CHECKING:
    from console.queries.case import CaseCard
    from console.queries.similar import Similar
    from console.runtime.triage import TriageCase

_SIMILAR = 5


def shown_case(one: "TriageCase", names: Mapping[str, str], others: str, now: datetime) -> ShownCase:
    """`names` are those of the departments by code, `others` who else is at the case."""
    card = one.card
    clock = clock_shown(card, now)
    known = [(line.name, line.value) for line in fact_lines(card, now) if not line.code]
    class_name = named(card.case_class.name, card.case_class.name_en) if card.case_class else _("未定类别")
    go, blocked = _go(one, names, now)
    return ShownCase(
        clock.lamp,
        clock.head,
        clock.tail,
        class_name,
        card.case.code,
        others,
        card.case.description,
        (*_advised(card, now), *known),
        tuple((near.id, _near(near)) for near in one.similar[:_SIMILAR]),
        go,
        blocked,
    )


def is_mine(card: "CaseCard") -> bool:
    """Whether the next step is for this seat."""
    act = primary(card)
    return act is not None and allowed(act, card)


def _advised(card: "CaseCard", now: datetime) -> list[tuple[str, str]]:
    """What to file under and whom to send to, while that is still to be decided."""
    found = []
    condition = card.advice.condition
    if condition is not None:
        of_it = limit(condition.limit.value, condition.limit.unit.value)
        found.append((_("建议立案"), " · ".join(filter(None, (condition.text, of_it)))))
    if card.advice.departments and not card.case.department:
        to = card.advice.departments[0]
        due = card.advice.due_at
        until = clock_time(due, ZoneInfo(card.timezone), now) if due else ""
        found.append((_("建议部门"), " · ".join(filter(None, (named(to.name, to.name_en), until)))))
    return found


def _go(one: "TriageCase", names: Mapping[str, str], now: datetime) -> tuple[str, str]:
    """What one key does, or why this seat can do nothing."""
    card = one.card
    if one.way:
        words = " → ".join(_(OPERATIONS[operation]) for operation, _told, _after in one.way)
        last, told, after = one.way[-1]
        if last is not Operation.DISPATCH:
            return words, ""
        due = clock_time(after.due_at, ZoneInfo(card.timezone), now) if after.due_at else ""
        whom = names.get(told.department, told.department)
        return " ".join(filter(None, (words, whom, due))), ""
    act = primary(card)
    if act is None:
        return "", ""
    if not allowed(act, card):
        return "", why_not(act, card)
    return " ".join(filter(None, consequence(act, card, now))), ""


def _near(near: "Similar") -> str:
    facts = (near.code, _("{metres} 米").format(metres=round(near.metres)), _(STATES[near.state]))
    return " · ".join([*facts, " ".join(near.description.split())[:40]])
