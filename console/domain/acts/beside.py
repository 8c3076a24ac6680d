"""What is said of a case in any step: supervised, urged, marked, handed to somebody."""

from typing import Any

from console.domain.acts.deed import Checks, Decisions, Deed, Now, flagged
from console.domain.case import Flag
from console.domain.errors import Refused
from console.domain.operation import Operation

MARKS = frozenset({Flag.URGENT, Flag.TYPICAL})  # the other flags follow from acts
HIGHEST_LEVEL = 3


def _supervise(deed: Deed) -> dict[str, Any]:
    if not 1 <= deed.told.level <= HIGHEST_LEVEL:
        raise Refused("bad_level", level=deed.told.level, most=HIGHEST_LEVEL)
    return {"supervision": deed.told.level} | flagged(deed.case, Flag.SUPERVISED)


def _end_supervision(deed: Deed) -> dict[str, Any]:
    return {"supervision": 0} | flagged(deed.case, without=(Flag.SUPERVISED,))


def _is_supervised(now: Now) -> None:
    if not now.case.supervision:
        raise Refused("not_supervised", code=now.case.code)


def _is_marked(now: Now) -> None:
    if not MARKS & {*now.case.flags}:
        raise Refused("not_marked", code=now.case.code)


def _mark(deed: Deed) -> dict[str, Any]:
    return flagged(deed.case, _told_mark(deed))


def _unmark(deed: Deed) -> dict[str, Any]:
    return flagged(deed.case, without=(_told_mark(deed),))


def _told_mark(deed: Deed) -> Flag:
    flag = deed.told.flag
    if flag not in MARKS:
        raise Refused("bad_flag", flag=flag, known=", ".join(sorted(MARKS)))
    return flag


def _hand_over(deed: Deed) -> dict[str, Any]:
    return {"handler": deed.told.person}


CHECK: Checks = {
    Operation.REPLY_SUPERVISION: _is_supervised,
    Operation.END_SUPERVISION: _is_supervised,
    Operation.UNMARK: _is_marked,
}

DECIDE: Decisions = {
    Operation.SUPERVISE: _supervise,
    Operation.END_SUPERVISION: _end_supervision,
    Operation.MARK: _mark,
    Operation.UNMARK: _unmark,
    Operation.HAND_OVER: _hand_over,
}
