"""What happens to few cases: how often it does in the simulation, and how it is decided."""

from console.domain.case import Source
from console.domain.operation import Operation, Request

REJECTED_OF_PATROL = 0.001
REJECTED_OF_OTHERS = 0.015
SELF_HANDLED = 0.0008  # of the collectors' reports: picked up on the spot
QUESTIONS = 0.015  # of the calls: answered at once
VOIDED = 0.0010  # few: in the quarter this is a picture of, all that was accepted was dispatched
VOIDED_LATE = 0.0002

# Collectors' own reports are filed without a check (domain.md 3.3); what others say is mostly looked at.
PRE_CHECKED = {Source.PATROL: 0.0, Source.LEADER: 0.0, Source.TRANSFER: 0.5}
PRE_CHECKED_OF_OTHERS = 0.8
ABSENT, UNCLEAR = 0.004, 0.012  # of the checks before filing: few, as above

CHECKED = 0.4  # of the answers that a collector looks at on the spot before they are closed
MOST_REWORKS = 3

# What a department applies for while it has a case. The printed week extends 0.20 % (domain.md 4.3).
ASKS: tuple[tuple[Operation, float], ...] = (
    (Operation.ASK_EXTENSION, 0.0026),
    (Operation.ASK_SUSPENSION, 0.0010),
    (Operation.ASK_RETURN, 0.0012),  # of a case that is its own after all: refused (推诿)
)
# How often an application is granted. A return is granted where the case was sent astray, and that is
# a redispatch (see console.adapters.demo.life).
GRANTED: dict[Request, float] = {
    Request.VOID: 0.8,
    Request.AUTHORITY: 0.8,
    Request.RETURN: 0.0,
    Request.EXTENSION: 0.8,
    Request.SUSPENSION: 0.8,
    Request.FORCED_CLOSE: 0.7,
    Request.APPEAL: 0.5,
    Request.APPEAL_REVIEW: 0.6,
}

CALLED_BACK = 0.4  # of what citizens reported
CITIZENS = frozenset({Source.HOTLINE, Source.PUBLIC})
SATISFACTION = (0.55, 0.93)  # very satisfied below the first, not satisfied from the second on
SPOT_FAILED = 0.03
REOPENED = 0.4  # of the spot checks that failed
APPEALED = 0.02  # of the cases answered late
