"""What an act on one case does to others: merged duplicates, and the parts a case was split into."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from console.domain import acts
from console.domain.actor import Actor
from console.domain.acts import Inputs, Part
from console.domain.acts.clocks import stage_clock
from console.domain.acts.filing import let_go, still_open, taken_in
from console.domain.case import Case, Fact, applied, opening
from console.domain.errors import Refused
from console.domain.flow import State
from console.domain.operation import Operation
from console.domain.report import case_code
from console.services.collection import day_counter
from console.storage.kin import duplicates_of, parts_of
from console.storage.unit import Unit

# What is also written on other cases.
REACHING = frozenset({Operation.MERGE, Operation.UNMERGE, Operation.SPLIT})


def after_act(
    unit: Unit, before: Case, operation: Operation, told: Inputs, *, actor: Actor, at: datetime
) -> None:
    """Do to other cases what follows from `operation` on the case `before`."""
    if operation is Operation.MERGE and told.other is not None:
        _take_in(unit, told.other.code, before.code, actor, at)
    elif operation is Operation.UNMERGE:
        _let_go(unit, before.merged_into, before.code, actor, at)
    elif operation is Operation.SPLIT:
        for part in told.parts:
            _open_part(unit, before, part, actor, at)


def after_undo(
    unit: Unit, before: Case, after: Case, taken_back: Fact, *, actor: Actor, at: datetime
) -> None:
    """Take back what `taken_back` did to other cases; the case went from `before` to `after` by it.

    Raises Refused: `parts_moved`, `merge_ended` where the case to rest in again has ended meanwhile.
    """
    if taken_back.operation is Operation.MERGE:
        _let_go(unit, before.merged_into, before.code, actor, at)
    elif taken_back.operation is Operation.UNMERGE:
        still_open(unit.cases.by_code(after.merged_into))
        _take_in(unit, after.merged_into, before.code, actor, at)
    elif taken_back.operation is Operation.SPLIT:
        unit.cases.write_out()
        for case in parts_of(unit.connection, before.code):
            _void_part(unit, case, actor, at)


def _take_in(unit: Unit, code: str, duplicate: str, actor: Actor, at: datetime) -> None:
    unit.save(*taken_in(unit.cases.by_code(code), duplicate, actor=actor, at=at))


def _let_go(unit: Unit, code: str, duplicate: str, actor: Actor, at: datetime) -> None:
    unit.cases.write_out()
    others = duplicates_of(unit.connection, code)
    unit.save(*let_go(unit.cases.by_code(code), duplicate, others=others, actor=actor, at=at))


def _open_part(unit: Unit, whole: Case, part: Part, actor: Actor, at: datetime) -> None:
    """A sub-case waits for its dispatch, or goes to the department that was named at once."""
    reference = unit.reference
    timezone = reference.profile.timezone
    case = Case(
        code=case_code(at, timezone, unit.cases.reserve(day_counter(at, timezone))),
        state=State.TO_DISPATCH,
        source=whole.source,
        description=part.description,
        reported_at=at,
        class_key=whole.class_key,
        edition=whole.edition,
        condition=whole.condition,
        address=whole.address,
        lon=whole.lon,
        lat=whole.lat,
        cell=whole.cell,
        responsibility_grid=whole.responsibility_grid,
        street=whole.street,
        district=whole.district,
        committee=whole.committee,
        reporter=whole.reporter,
        limit_value=whole.limit_value,
        limit_unit=whole.limit_unit,
        accepted_at=at,
        filed_at=at,
        split_from=whole.code,
        **stage_clock(State.TO_DISPATCH, at, reference.practice),
    )
    fact = opening(case, operation=Operation.REGISTER, at=at, by=actor.name, note=whole.code)
    case = replace(case, version=fact.number)
    case = replace(case, id=unit.add(case, fact))
    if part.department:
        after, sent = acts.act(
            case,
            Operation.DISPATCH,
            Inputs(department=part.department),
            actor=actor,
            at=at,
            calendar=reference.calendar,
            practice=reference.practice,
        )
        unit.save(after, sent)


def _void_part(unit: Unit, case: Case, actor: Actor, at: datetime) -> None:
    """Only what the splitting itself did can be taken back with it."""
    facts = acts.acted(list(unit.cases.facts(case.id)))
    if any(fact.at != facts[0].at for fact in facts):
        raise Refused("parts_moved", code=case.code)
    changes: dict[str, Any] = {
        "state": State.VOIDED,
        "ended_at": at,
        "current_due_at": None,
        "soon_at": None,
        "due_at": None,
    }
    changes = {name: value for name, value in changes.items() if getattr(case, name) != value}
    if case.visits:
        changes["visits"] = (*case.visits[:-1], replace(case.visits[-1], stop=at))
    fact = Fact(case.version + 1, Operation.VOID, at, actor.name, changes, case.split_from)
    unit.save(applied(case, fact), fact)
