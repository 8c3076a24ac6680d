"""One operation on one case: the row of the table, the guards, the decision, the clocks, the fact."""

from datetime import datetime
from typing import Any

from console.domain.actor import Actor
from console.domain.acts import (
    beside,
    collection,
    dispatch,
    evaluation,
    filing,
    handling,
    place,
    verification,
)
from console.domain.acts.clocks import clock_changes
from console.domain.acts.deed import Check, Decide, Deed, Inputs, Now
from console.domain.acts.needs import check_needs
from console.domain.acts.requests import request_changes
from console.domain.calendar import WorkCalendar
from console.domain.case import Case, Fact, applied
from console.domain.errors import Refused
from console.domain.flow import Goes, State, Transition, transition
from console.domain.operation import Operation
from console.domain.practice import Practice
from console.domain.rights import acting, permitted
from console.domain.text import cleaned

_HOLDING = frozenset({State.SUSPENDED, State.RETURNED, State.MERGED})

_CHECK: dict[Operation, Check] = {
    **collection.CHECK,
    **filing.CHECK,
    **handling.CHECK,
    **verification.CHECK,
    **evaluation.CHECK,
    **beside.CHECK,
}

_DECIDE: dict[Operation, Decide] = {
    **collection.DECIDE,
    **filing.DECIDE,
    **dispatch.DECIDE,
    **handling.DECIDE,
    **verification.DECIDE,
    **evaluation.DECIDE,
    **beside.DECIDE,
    **place.DECIDE,
}


def act(
    case: Case,
    operation: Operation,
    told: Inputs,
    *,
    actor: Actor,
    at: datetime,
    calendar: WorkCalendar,
    practice: Practice,
) -> tuple[Case, Fact]:
    """The case after `operation` and the fact to write down.

    Raises Refused: `wrong_step`, `request_waits`, those of console.domain.rights, a
    `needs_…` for what was not told, and what the operation itself decides.
    """
    row = _row(case, operation)
    post = acting(case, row, actor, practice)
    if isinstance(post, Refused):
        raise post
    check = _CHECK.get(operation)
    if check is not None:
        check(Now(case, at, practice))
    check_needs(row, told)
    deed = Deed(case, row, told, actor, at, calendar, practice)
    decide = _DECIDE.get(operation)
    changes = _course(deed) | request_changes(deed)
    if decide is not None:
        changes |= decide(deed)
    changes |= clock_changes(deed, changes)
    fact = Fact(
        case.version + 1,
        operation,
        at,
        actor.name,
        changes,
        cleaned(told.note),
        post,
        _details(told) | place.place_details(case, told),
        told.evidence,
    )
    return applied(case, fact), fact


def refused(
    case: Case, operation: Operation, *, actor: Actor, at: datetime, practice: Practice
) -> Refused | None:
    """Why `operation` may not be done now by `actor`, whatever he tells; None where it may."""
    try:
        row = _row(case, operation)
        check = _CHECK.get(operation)
        if check is not None:
            check(Now(case, at, practice))
    except Refused as problem:
        return problem
    return permitted(case, row, actor, practice)


def _row(case: Case, operation: Operation) -> Transition:
    row = transition(case.state, operation, case.request)
    if row is not None:
        return row
    facts = {"operation": operation.value, "state": case.state.value, "code": case.code}
    if case.request is not None and transition(case.state, operation) is not None:
        raise Refused("request_waits", request=case.request.value, **facts)
    raise Refused("wrong_step", **facts)


def _course(deed: Deed) -> dict[str, Any]:
    """What every change of state brings: no one holds it by name, no one is barred, nothing is put off."""
    case, target = deed.case, deed.row.target
    if target is Goes.NOWHERE:
        return {}
    state = case.held if target is Goes.BACK else target
    changes: dict[str, Any] = {"state": state}
    if state in _HOLDING:
        changes["held"] = case.state
    elif case.held is not None:
        changes["held"] = None
    if case.handler:
        changes["handler"] = ""
    if case.barred:
        changes["barred"] = ""
    if case.suspended_until is not None:
        changes["suspended_until"] = None
    return changes


def _details(told: Inputs) -> dict[str, Any]:
    """What was told and becomes no field of the case, in plain JSON values."""
    details: dict[str, Any] = {}
    if told.level:
        details["level"] = told.level
    for name in ("result", "satisfaction", "flag"):
        if value := getattr(told, name):
            details[name] = value.value
    if told.person:
        details["person"] = told.person
    if told.department:
        details["department"] = told.department
    if told.territory:
        details["territory"] = True
    if told.until is not None:
        details["until"] = told.until.isoformat()
    if told.other is not None:
        details["other"] = told.other.code
    return details
