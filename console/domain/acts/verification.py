"""Verification and closing (核查结案): checked on the spot, done again, closed against its condition."""

from typing import Any

from console.domain.acts.deed import Checks, Decisions, Deed, Now
from console.domain.case import CheckResult
from console.domain.errors import Refused
from console.domain.operation import Operation


def _check(deed: Deed) -> dict[str, Any]:
    return {"handler": deed.told.person, "checked": None}


def _pass_check(_deed: Deed) -> dict[str, Any]:
    return {"checked": CheckResult.PASSED}


def _fail_check(_deed: Deed) -> dict[str, Any]:
    return {"checked": CheckResult.FAILED}


def _rework(deed: Deed) -> dict[str, Any]:
    return {"reworks": deed.case.reworks + 1}


def _close(deed: Deed) -> dict[str, Any]:
    """The closing condition of the condition it was filed under is met, or of the one that is told."""
    case, found = deed.case, deed.told.case_class
    if deed.told.open_parts:
        raise Refused("parts_open", code=case.code, parts=deed.told.open_parts)
    met = deed.told.condition or case.condition
    if met and (found is None or found.condition(met) is None):
        raise Refused("unknown_condition", key=case.class_key, number=met)
    return {"ended_at": deed.at, "closed_condition": met}


def _allow_forced_close(deed: Deed) -> dict[str, Any]:
    return {"ended_at": deed.at}


def _was_checked(now: Now) -> None:
    if now.case.checked is CheckResult.FAILED:
        raise Refused("check_failed", code=now.case.code)
    if now.practice.close_needs_check and now.case.checked is not CheckResult.PASSED:
        raise Refused("needs_check", code=now.case.code)


CHECK: Checks = {Operation.CLOSE: _was_checked}

DECIDE: Decisions = {
    Operation.CHECK: _check,
    Operation.PASS_CHECK: _pass_check,
    Operation.FAIL_CHECK: _fail_check,
    Operation.REWORK: _rework,
    Operation.CLOSE: _close,
    Operation.ALLOW_FORCED_CLOSE: _allow_forced_close,
}
