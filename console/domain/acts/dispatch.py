"""Dispatch (任务派遣): to a department, to its section, to another one, back to the acceptor, in parts."""

from typing import Any

from console.domain.acts.deed import Decisions, Deed, flagged
from console.domain.case import Flag
from console.domain.errors import Refused
from console.domain.flow import State
from console.domain.operation import Operation


def _dispatch(deed: Deed) -> dict[str, Any]:
    """A case that another department had before was dispatched wrongly then (准确派遣, domain.md 3.3)."""
    had = deed.case.visits[-1].department if deed.case.visits else deed.told.department
    astray = {} if had == deed.told.department else {"redispatches": deed.case.redispatches + 1}
    return _sent(deed) | astray


def _sent(deed: Deed) -> dict[str, Any]:
    """One department answers; the assisting ones help it."""
    told, case = deed.told, deed.case
    changes: dict[str, Any] = {"department": told.department}
    if case.dispatched_at is None:  # once: 首次派遣 is what the counts go by
        changes["dispatched_at"] = deed.at
    assisting = tuple(dict.fromkeys(code for code in told.assisting if code != told.department))
    if assisting != case.assisting:
        changes["assisting"] = assisting
    if case.unit:
        changes["unit"] = ""
    if case.fed_back_at is not None:
        changes["fed_back_at"] = None
    return changes


def _second_dispatch(deed: Deed) -> dict[str, Any]:
    """二次派遣: inside the department that answers; its clock goes on."""
    return {"unit": deed.told.unit}


def _redispatch(deed: Deed) -> dict[str, Any]:
    if deed.told.department == deed.case.department:
        raise Refused("same_department", department=deed.case.department)
    returned = {"returns": deed.case.returns + 1} if deed.case.state is State.RETURNED else {}
    return _sent(deed) | {"redispatches": deed.case.redispatches + 1} | returned


def _send_back(deed: Deed) -> dict[str, Any]:
    """退回: whoever filed the case may not simply file it again."""
    return {"barred": deed.told.filed_by}


def _consult(deed: Deed) -> dict[str, Any]:
    """会商: the conclusion is the note; a department named in it is advised from then on."""
    return flagged(deed.case, Flag.CONSULTED)


def _split(deed: Deed) -> dict[str, Any]:
    return flagged(deed.case, Flag.SPLIT)


def _give_authority(deed: Deed) -> dict[str, Any]:
    return flagged(deed.case, Flag.AUTHORISED)


DECIDE: Decisions = {
    Operation.DISPATCH: _dispatch,
    Operation.SECOND_DISPATCH: _second_dispatch,
    Operation.REDISPATCH: _redispatch,
    Operation.SEND_BACK: _send_back,
    Operation.CONSULT: _consult,
    Operation.SPLIT: _split,
    Operation.GIVE_AUTHORITY: _give_authority,
}
