"""Deciding on an application: whichever waits, it is allowed or refused by an operation of its own."""

from collections.abc import Mapping
from enum import Enum

from console.domain.case import Case
from console.domain.errors import Refused
from console.domain.operation import Operation, Request


class Decision(Enum):
    """An act whose operation depends on the application that waits."""

    ALLOW = "allow"
    REFUSE = "refuse"


# What decides on an application: the one that grants it, the one that refuses it.
DECIDES: Mapping[Request, tuple[Operation, Operation]] = {
    Request.VOID: (Operation.ALLOW_VOID, Operation.REFUSE_VOID),
    Request.AUTHORITY: (Operation.GIVE_AUTHORITY, Operation.REFUSE_AUTHORITY),
    Request.RETURN: (Operation.ALLOW_RETURN, Operation.REFUSE_RETURN),
    Request.EXTENSION: (Operation.ALLOW_EXTENSION, Operation.REFUSE_EXTENSION),
    Request.SUSPENSION: (Operation.ALLOW_SUSPENSION, Operation.REFUSE_SUSPENSION),
    Request.FORCED_CLOSE: (Operation.ALLOW_FORCED_CLOSE, Operation.REFUSE_FORCED_CLOSE),
    Request.APPEAL: (Operation.PASS_APPEAL, Operation.REFUSE_APPEAL),
    Request.APPEAL_REVIEW: (Operation.ALLOW_APPEAL, Operation.REFUSE_APPEAL),
}


def meant_for(case: Case, wanted: Operation | Decision) -> Operation:
    """What is done to `case`: a decision is that on its application. Raises Refused("no_request")."""
    if isinstance(wanted, Operation):
        return wanted
    if case.request is None:
        raise Refused("no_request", code=case.code)
    allows, refuses = DECIDES[case.request]
    return allows if wanted is Decision.ALLOW else refuses
