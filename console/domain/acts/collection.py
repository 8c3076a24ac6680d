"""Information collection (信息收集): taken up, turned down, answered at once, or handled on the spot."""

from typing import Any

from console.domain.acts.deed import Checks, Decisions, Deed, Now, flagged
from console.domain.case import Flag
from console.domain.errors import Refused
from console.domain.operation import Operation


def _accept(deed: Deed) -> dict[str, Any]:
    return {"accepted_at": deed.at}


def _reject(deed: Deed) -> dict[str, Any]:
    return {"ended_at": deed.at}


def _answer(deed: Deed) -> dict[str, Any]:
    """直接办理: a question answered at once is no case for any department."""
    return {"accepted_at": deed.at, "ended_at": deed.at} | flagged(deed.case, Flag.ANSWERED)


def _confirm_self(deed: Deed) -> dict[str, Any]:
    """自处置: what the patroller put right himself; without that it is an ordinary report."""
    return {"accepted_at": deed.at, "ended_at": deed.at}


def _was_self_handled(now: Now) -> None:
    if Flag.SELF_HANDLED not in now.case.flags:
        raise Refused("not_self_handled", code=now.case.code)


CHECK: Checks = {Operation.CONFIRM_SELF: _was_self_handled}

DECIDE: Decisions = {
    Operation.ACCEPT: _accept,
    Operation.REJECT: _reject,
    Operation.ANSWER: _answer,
    Operation.CONFIRM_SELF: _confirm_self,
}
