"""Filing (案卷建立): checked on the spot, filed under a condition, voided, merged with a duplicate."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from console.domain.actor import Actor
from console.domain.acts.deed import Checks, Decisions, Deed, Now, flagged
from console.domain.case import Case, CheckResult, Fact, Flag, applied
from console.domain.catalogue import limit_for
from console.domain.errors import Refused
from console.domain.flow import ENDED
from console.domain.operation import Operation

BEFORE_FILING = frozenset({CheckResult.EXISTS, CheckResult.ABSENT, CheckResult.UNCLEAR})


def _pre_check(deed: Deed) -> dict[str, Any]:
    return {"handler": deed.told.person, "checked": None}


def _pre_check_result(deed: Deed) -> dict[str, Any]:
    if deed.told.result not in BEFORE_FILING:
        raise Refused("bad_result", result=deed.told.result, known=", ".join(sorted(BEFORE_FILING)))
    return {"checked": deed.told.result}


def _file(deed: Deed) -> dict[str, Any]:
    found, case, practice = deed.told.case_class, deed.case, deed.practice
    assert found is not None  # console.domain.acts.needs has seen to it
    condition = found.condition(deed.told.condition)
    if condition is None:
        raise Refused("unknown_condition", key=found.key, number=deed.told.condition)
    day = deed.at.astimezone(ZoneInfo(deed.calendar.table.timezone)).date()
    tier = practice.tier(case.street, case.committee, case.district)
    limit = limit_for(condition, tier, practice.plants(day))
    return {
        "class_key": found.key,
        "edition": deed.told.edition,
        "condition": condition.number,
        "limit_value": limit.value,
        "limit_unit": limit.unit.value,
        "filed_at": deed.at,
    }


def _end(deed: Deed) -> dict[str, Any]:
    return {"ended_at": deed.at}


def _merge(deed: Deed) -> dict[str, Any]:
    """并案: the duplicate rests in its case and can be taken apart again; both callers are kept."""
    case, other = deed.case, deed.told.other
    assert other is not None  # console.domain.acts.needs has seen to it
    if other.code == case.code:
        raise Refused("merge_self", code=case.code)
    still_open(other)
    return {"merged_into": other.code, "ended_at": deed.at}


def still_open(other: Case) -> None:
    """Nothing rests in a case that has ended. Raises Refused("merge_ended")."""
    if other.state in ENDED:
        raise Refused("merge_ended", code=other.code, state=other.state.value)


def _unmerge(_deed: Deed) -> dict[str, Any]:
    return {"merged_into": "", "ended_at": None}


def taken_in(case: Case, duplicate: str, *, actor: Actor, at: datetime) -> tuple[Case, Fact]:
    """The case into which `duplicate` was merged."""
    return _told(case, Operation.TAKE_IN, flagged(case, Flag.SIMILAR), duplicate, actor, at)


def let_go(case: Case, duplicate: str, *, others: int, actor: Actor, at: datetime) -> tuple[Case, Fact]:
    """The case after `duplicate` was taken out of it again; `others` are still in it."""
    changes = {} if others else flagged(case, without=(Flag.SIMILAR,))
    return _told(case, Operation.LET_GO, changes, duplicate, actor, at)


def _told(
    case: Case, operation: Operation, changes: dict[str, Any], duplicate: str, actor: Actor, at: datetime
) -> tuple[Case, Fact]:
    fact = Fact(case.version + 1, operation, at, actor.name, changes, duplicate)
    return applied(case, fact), fact


def _holds_no_other(now: Now) -> None:
    if Flag.SIMILAR in now.case.flags:
        raise Refused("others_merged", code=now.case.code)


CHECK: Checks = {Operation.MERGE: _holds_no_other}

DECIDE: Decisions = {
    Operation.PRE_CHECK: _pre_check,
    Operation.PRE_CHECK_RESULT: _pre_check_result,
    Operation.FILE: _file,
    Operation.VOID: _end,
    Operation.ALLOW_VOID: _end,
    Operation.MERGE: _merge,
    Operation.UNMERGE: _unmerge,
}
