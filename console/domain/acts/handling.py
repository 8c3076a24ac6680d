"""Handling (任务处理) and feedback: returns, extensions, suspensions, and the department's answer."""

from datetime import timedelta
from typing import Any

from console.domain.acts.clocks import overdue
from console.domain.acts.deed import Checks, Decisions, Deed, Now
from console.domain.errors import Refused
from console.domain.evidence import Role
from console.domain.operation import Operation


def _allow_return(deed: Deed) -> dict[str, Any]:
    """The return is counted; who received it may not dispatch the case himself."""
    return {
        "returns": deed.case.returns + 1,
        "barred": deed.actor.name,
        "department": "",
        "unit": "",
        "assisting": (),
    }


def _refuse_return(deed: Deed) -> dict[str, Any]:
    """推诿: a return that was refused is the department's own case after all (domain.md 3.3)."""
    return {"shuffles": deed.case.shuffles + 1}


def _ask_extension(deed: Deed) -> dict[str, Any]:
    case, practice = deed.case, deed.practice
    needs_form = practice.form_from_extension and case.extensions + 1 >= practice.form_from_extension
    if needs_form and not any(one.role is Role.FORM for one in deed.told.evidence):
        raise Refused("needs_form")
    return {}


def _allow_extension(deed: Deed) -> dict[str, Any]:
    # Whoever decides late does not make the department late: it asked in time.
    return {"extensions": deed.case.extensions + 1}


def _ask_suspension(deed: Deed) -> dict[str, Any]:
    practice, until = deed.practice, deed.told.until
    assert until is not None  # console.domain.acts.needs has seen to it
    longest = timedelta(days=practice.longest_suspension_days)
    if not deed.at < until <= deed.at + longest:
        raise Refused("bad_until", days=practice.longest_suspension_days)
    return {}


def _allow_suspension(deed: Deed) -> dict[str, Any]:
    return {"suspensions": deed.case.suspensions + 1, "suspended_until": deed.case.asked_until}


def _feed_back(deed: Deed) -> dict[str, Any]:
    if deed.practice.feedback_needs_photo and not any(one.pictured for one in deed.told.evidence):
        raise Refused("needs_photo")
    return {"checked": None} if deed.case.checked is not None else {}


def _may_extend(now: Now) -> None:
    case, most = now.case, now.practice.most_extensions
    if case.due_at is None:
        raise Refused("no_clock", code=case.code)
    if overdue(case, now.at):
        raise Refused("overdue", code=case.code)
    if case.extensions >= most:
        raise Refused("no_more_extensions", most=most)


def _may_suspend(now: Now) -> None:
    most = now.practice.most_suspensions
    if now.case.suspensions >= most:
        raise Refused("no_more_suspensions", most=most)


def _is_still_to_come(now: Now) -> None:
    until = now.case.asked_until
    if until is None or until <= now.at:  # nobody decided while there was something to suspend
        raise Refused("bad_until", days=now.practice.longest_suspension_days)


CHECK: Checks = {
    Operation.ASK_EXTENSION: _may_extend,
    Operation.ASK_SUSPENSION: _may_suspend,
    Operation.ALLOW_SUSPENSION: _is_still_to_come,
}

DECIDE: Decisions = {
    Operation.ALLOW_RETURN: _allow_return,
    Operation.REFUSE_RETURN: _refuse_return,
    Operation.ASK_EXTENSION: _ask_extension,
    Operation.ALLOW_EXTENSION: _allow_extension,
    Operation.ASK_SUSPENSION: _ask_suspension,
    Operation.ALLOW_SUSPENSION: _allow_suspension,
    Operation.FEED_BACK: _feed_back,
}
