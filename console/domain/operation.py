"""The operations of the trade: what may be done to a case, and the applications that wait for a decision."""

from enum import StrEnum


class Request(StrEnum):
    """An application that waits for somebody's decision; a case has one at a time."""

    VOID = "void"
    AUTHORITY = "authority"
    RETURN = "return"
    EXTENSION = "extension"
    SUSPENSION = "suspension"
    FORCED_CLOSE = "forced_close"
    APPEAL = "appeal"
    APPEAL_REVIEW = "appeal_review"  # the first review upheld it, the second is to decide


class Operation(StrEnum):
    """What may be done to a case; those under `OUTSIDE` stand outside the table."""

    REGISTER = "register"
    ACCEPT = "accept"
    REJECT = "reject"
    ANSWER = "answer"
    CONFIRM_SELF = "confirm_self"
    PRE_CHECK = "pre_check"
    PRE_CHECK_RESULT = "pre_check_result"
    FILE = "file"
    VOID = "void"
    ASK_VOID = "ask_void"
    ALLOW_VOID = "allow_void"
    REFUSE_VOID = "refuse_void"
    MERGE = "merge"
    UNMERGE = "unmerge"
    DISPATCH = "dispatch"
    SECOND_DISPATCH = "second_dispatch"
    REDISPATCH = "redispatch"
    SEND_BACK = "send_back"
    CONSULT = "consult"
    SPLIT = "split"
    ASK_AUTHORITY = "ask_authority"
    GIVE_AUTHORITY = "give_authority"
    REFUSE_AUTHORITY = "refuse_authority"
    RECEIVE = "receive"
    ASK_RETURN = "ask_return"
    ALLOW_RETURN = "allow_return"
    REFUSE_RETURN = "refuse_return"
    ASK_EXTENSION = "ask_extension"
    ALLOW_EXTENSION = "allow_extension"
    REFUSE_EXTENSION = "refuse_extension"
    ASK_SUSPENSION = "ask_suspension"
    ALLOW_SUSPENSION = "allow_suspension"
    REFUSE_SUSPENSION = "refuse_suspension"
    RESUME = "resume"
    FEED_BACK = "feed_back"
    CHECK = "check"
    PASS_CHECK = "pass_check"
    FAIL_CHECK = "fail_check"
    CLOSE = "close"
    REWORK = "rework"
    ASK_FORCED_CLOSE = "ask_forced_close"
    ALLOW_FORCED_CLOSE = "allow_forced_close"
    REFUSE_FORCED_CLOSE = "refuse_forced_close"
    SPOT_CHECK = "spot_check"
    REOPEN = "reopen"
    CALL_BACK = "call_back"
    APPEAL = "appeal"
    PASS_APPEAL = "pass_appeal"
    ALLOW_APPEAL = "allow_appeal"
    REFUSE_APPEAL = "refuse_appeal"
    WITHDRAW = "withdraw"
    SUPERVISE = "supervise"
    REPLY_SUPERVISION = "reply_supervision"
    END_SUPERVISION = "end_supervision"
    URGE = "urge"
    MARK = "mark"
    UNMARK = "unmark"
    ATTACH = "attach"
    HAND_OVER = "hand_over"
    RELOCATE = "relocate"
    UNDO = "undo"
    COUNTER = "counter"
    TAKE_IN = "take_in"
    LET_GO = "let_go"
    RECLOCK = "reclock"
    IMPORT = "import"


# What no row of the table leads to: taking back, what follows from acts on other cases, from an
# edited calendar, or from another system.
OUTSIDE: frozenset[Operation] = frozenset(
    {
        Operation.UNDO,
        Operation.COUNTER,
        Operation.TAKE_IN,
        Operation.LET_GO,
        Operation.RECLOCK,
        Operation.IMPORT,
    }
)
