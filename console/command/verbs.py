"""The verbs of the command language: what each does, how it is said, and what may follow it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from console.command.spelling import may_be_pinyin, spellings
from console.command.tokens import folded
from console.domain.decision import Decision
from console.domain.flow import Need, row_of
from console.domain.operation import Operation


class Take(Enum):
    """What may follow a verb besides the cases it is done to; NOTE only in quotes, REASON freely."""

    DEPARTMENT = "department"
    UNIT = "unit"
    CONDITION = "condition"
    REASON = "reason"
    NOTE = "note"
    UNTIL = "until"
    LEVEL = "level"
    MARK = "flag"
    FOUND = "found"
    OUTCOME = "outcome"
    SATISFACTION = "satisfaction"
    PERSON = "person"
    OTHER_CASE = "other"


@dataclass(frozen=True, slots=True)
class Verb:
    """`words` are the ways to say it, the Chinese and the English one that we write ourselves first."""

    operation: Operation | Decision
    chinese: tuple[str, ...]
    english: tuple[str, ...]
    takes: tuple[Take, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        return (*self.chinese, *self.english)

    @property
    def needs(self) -> frozenset[Need]:
        """What must be told; what the city's lists advise need not be."""
        if isinstance(self.operation, Decision):
            return frozenset({Need.REASON}) if self.operation is Decision.REFUSE else frozenset()
        if self.operation is Operation.COUNTER:
            return frozenset({Need.REASON})
        row = row_of(self.operation)
        needs = row.needs if row is not None else frozenset()
        return needs - _ADVISED.get(self.operation, frozenset())


_ADVISED = {
    Operation.FILE: frozenset({Need.CONDITION}),
    Operation.DISPATCH: frozenset({Need.DEPARTMENT}),
}

O, T = Operation, Take  # noqa: E741  the table is read across: short words keep a row on a line

VERBS: tuple[Verb, ...] = (
    Verb(Decision.ALLOW, ("同意", "批准", "同意申请"), ("allow", "approve")),
    Verb(Decision.REFUSE, ("驳回", "不同意", "驳回申请"), ("refuse", "deny"), (T.REASON,)),
    Verb(O.ACCEPT, ("受理",), ("accept",)),
    Verb(O.REJECT, ("不予受理", "不受理", "不受"), ("reject",), (T.REASON,)),
    Verb(O.ANSWER, ("直接办理", "答复"), ("answer",), (T.REASON,)),
    Verb(O.CONFIRM_SELF, ("确认自处置",), ("confirm self-handled", "confirm")),
    Verb(O.FILE, ("立案",), ("file",), (T.CONDITION, T.NOTE)),
    Verb(O.PRE_CHECK, ("派核实", "核实"), ("pre-check", "precheck"), (T.PERSON, T.NOTE)),
    Verb(O.PRE_CHECK_RESULT, ("核实反馈", "核实结果"), ("pre-check result",), (T.FOUND, T.NOTE)),
    Verb(O.MERGE, ("并案", "并入"), ("merge into", "merge"), (T.OTHER_CASE,)),
    Verb(O.UNMERGE, ("拆并",), ("unmerge",), (T.REASON,)),
    Verb(O.VOID, ("作废",), ("void",), (T.REASON,)),
    Verb(O.ASK_VOID, ("申请作废",), ("ask void", "ask to void"), (T.REASON,)),
    Verb(
        O.DISPATCH,
        ("派遣", "派", "派给", "派往", "派遣至"),
        ("dispatch", "dispatch to"),
        (T.DEPARTMENT, T.NOTE),
    ),
    Verb(O.SEND_BACK, ("退回受理", "退回"), ("send back", "sendback"), (T.REASON,)),
    Verb(O.CONSULT, ("会商",), ("consult",), (T.REASON,)),
    Verb(O.SPLIT, ("拆分",), ("split",)),
    Verb(O.ASK_AUTHORITY, ("请示授权", "请示"), ("ask authority",), (T.REASON,)),
    Verb(O.RECEIVE, ("接收处置", "接收", "接单"), ("receive",)),
    Verb(O.FEED_BACK, ("处置反馈", "反馈"), ("feed back",), (T.NOTE,)),
    Verb(O.SECOND_DISPATCH, ("二次派遣", "二派"), ("second dispatch", "dispatch on"), (T.UNIT, T.NOTE)),
    Verb(O.REDISPATCH, ("改派", "改派给", "改派至"), ("redispatch", "redispatch to"), (T.DEPARTMENT, T.NOTE)),
    Verb(O.ASK_RETURN, ("申请回退", "回退"), ("ask return", "ask to return"), (T.REASON,)),
    Verb(O.ASK_EXTENSION, ("申请延期", "延期"), ("ask extension", "extend"), (T.REASON,)),
    Verb(O.ASK_SUSPENSION, ("申请挂账", "挂账"), ("ask suspension", "suspend"), (T.UNTIL, T.REASON)),
    Verb(O.RESUME, ("恢复", "恢复计时"), ("resume",)),
    Verb(O.CLOSE, ("结案", "核查通过并结案"), ("close",), (T.NOTE,)),
    Verb(O.CHECK, ("派核查", "核查"), ("post-check", "send check"), (T.PERSON, T.NOTE)),
    Verb(O.PASS_CHECK, ("核查通过",), ("pass check", "pass"), (T.NOTE,)),
    Verb(O.FAIL_CHECK, ("核查不通过",), ("fail check", "fail"), (T.REASON,)),
    Verb(O.REWORK, ("返工",), ("rework",), (T.REASON,)),
    Verb(O.ASK_FORCED_CLOSE, ("申请强制结案", "强制结案"), ("ask forced close",), (T.REASON,)),
    Verb(O.SPOT_CHECK, ("抽查",), ("spot check", "spot-check"), (T.OUTCOME, T.NOTE)),
    Verb(O.REOPEN, ("重开",), ("reopen",), (T.REASON,)),
    Verb(O.CALL_BACK, ("回访",), ("call back", "callback"), (T.SATISFACTION, T.NOTE)),
    Verb(O.APPEAL, ("申诉",), ("appeal",), (T.REASON,)),
    Verb(O.WITHDRAW, ("撤回申请", "撤回"), ("withdraw",)),
    Verb(O.URGE, ("催办", "催"), ("urge",)),
    Verb(O.SUPERVISE, ("督办",), ("supervise",), (T.LEVEL, T.REASON)),
    Verb(O.REPLY_SUPERVISION, ("督办回复", "回复督办"), ("reply supervision",), (T.REASON,)),
    Verb(O.END_SUPERVISION, ("解除督办",), ("end supervision",)),
    Verb(O.MARK, ("标记",), ("mark",), (T.MARK,)),
    Verb(O.UNMARK, ("取消标记",), ("unmark",), (T.MARK,)),
    Verb(O.ATTACH, ("补充材料",), ("attach",), (T.NOTE,)),
    Verb(O.HAND_OVER, ("交办", "转交"), ("hand over", "hand over to"), (T.PERSON, T.NOTE)),
    Verb(O.RELOCATE, ("改正位置", "改位置"), ("relocate", "correct place"), (T.REASON,)),
    Verb(O.COUNTER, ("冲正",), ("counter",), (T.REASON,)),
)

VERB_OF: Mapping[str, Verb] = {folded(word): verb for verb in VERBS for word in verb.words}


def spelt_verbs(word: str) -> tuple[Verb, ...]:
    """The verbs that are spelt so, by initials or whole."""
    if not may_be_pinyin(word):
        return ()
    return tuple(verb for verb in VERBS if any(word in spellings(one) for one in verb.chinese))
