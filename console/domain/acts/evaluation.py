"""After the end (综合评价): spot checks, reopening, the call back, and a late department's one appeal."""

from typing import Any

from console.domain.acts.deed import Checks, Decisions, Deed, Now, flagged
from console.domain.case import CheckResult, Flag
from console.domain.errors import Refused
from console.domain.operation import Operation

AFTER_DISPOSAL = frozenset({CheckResult.PASSED, CheckResult.FAILED})


def _spot_check(deed: Deed) -> dict[str, Any]:
    if deed.told.result not in AFTER_DISPOSAL:
        raise Refused("bad_result", result=deed.told.result, known=", ".join(sorted(AFTER_DISPOSAL)))
    return {"checked": deed.told.result}


def _reopen(deed: Deed) -> dict[str, Any]:
    """Back to dispatch: the bundled clock still knows what every department has used."""
    changes = {"ended_at": None, "checked": None, "closed_condition": 0, "satisfaction": None}
    return {name: value for name, value in changes.items() if getattr(deed.case, name) != value}


def _call_back(deed: Deed) -> dict[str, Any]:
    return {"satisfaction": deed.told.satisfaction}


def _appeal(deed: Deed) -> dict[str, Any]:
    return {"appeals": deed.case.appeals + 1} | flagged(deed.case, Flag.APPEALED)


def _allow_appeal(deed: Deed) -> dict[str, Any]:
    """The case no longer counts against the department; that it was late stays told."""
    return flagged(deed.case, Flag.EXEMPT)


def _may_appeal(now: Now) -> None:
    case = now.case
    if case.appeals:
        raise Refused("appealed_once", code=case.code)
    if case.due_at is None or case.fed_back_at is None or case.fed_back_at <= case.due_at:
        raise Refused("not_late", code=case.code)


CHECK: Checks = {Operation.APPEAL: _may_appeal}

DECIDE: Decisions = {
    Operation.SPOT_CHECK: _spot_check,
    Operation.REOPEN: _reopen,
    Operation.CALL_BACK: _call_back,
    Operation.APPEAL: _appeal,
    Operation.ALLOW_APPEAL: _allow_appeal,
}
