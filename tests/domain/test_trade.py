"""Each row of domain.md 3.3 is an operation of the machine, from and to the states that it names."""

import pytest

from console.domain.case import CheckResult, Flag
from console.domain.flow import State, operations
from console.domain.operation import OUTSIDE, Operation, Request
from tests.domain.ready import late_case
from tests.lives import SEVEN_STEPS, WAY, opened, stepped, walked

O, S = Operation, State  # noqa: E741  the table is read across: short words keep a row on a line

# The row in Chinese, where the case stands, what is done one after the other, where it then stands.
TRADE: tuple[tuple[str, State, tuple[Operation, ...], State], ...] = (
    ("受理/登记", S.REPORTED, (O.ACCEPT,), S.TO_FILE),
    ("不予受理", S.REPORTED, (O.REJECT,), S.NOT_ACCEPTED),
    ("核实", S.TO_FILE, (O.PRE_CHECK,), S.PRE_CHECK),
    ("核实回复", S.PRE_CHECK, (O.PRE_CHECK_RESULT,), S.TO_FILE),
    ("立案", S.TO_FILE, (O.FILE,), S.TO_DISPATCH),
    ("作废", S.TO_FILE, (O.VOID,), S.VOIDED),
    ("申请作废", S.TO_DISPATCH, (O.ASK_VOID, O.ALLOW_VOID), S.VOIDED),
    ("不准作废", S.TO_DISPATCH, (O.ASK_VOID, O.REFUSE_VOID), S.TO_DISPATCH),
    ("派遣", S.TO_DISPATCH, (O.DISPATCH,), S.TO_HANDLE),
    ("二次派遣", S.TO_HANDLE, (O.SECOND_DISPATCH,), S.TO_HANDLE),
    ("接收处置", S.TO_HANDLE, (O.RECEIVE,), S.HANDLING),
    ("改派", S.TO_HANDLE, (O.REDISPATCH,), S.TO_HANDLE),
    ("回退后改派", S.RETURNED, (O.REDISPATCH,), S.TO_HANDLE),
    ("回退", S.TO_HANDLE, (O.ASK_RETURN, O.ALLOW_RETURN), S.TO_DISPATCH),
    ("推诿", S.HANDLING, (O.ASK_RETURN, O.REFUSE_RETURN), S.HANDLING),
    ("退回", S.TO_DISPATCH, (O.SEND_BACK,), S.TO_FILE),
    ("会商", S.TO_DISPATCH, (O.CONSULT,), S.TO_DISPATCH),
    ("拆分", S.TO_DISPATCH, (O.SPLIT,), S.TO_DISPATCH),
    ("授权", S.HANDLING, (O.ASK_AUTHORITY, O.GIVE_AUTHORITY), S.HANDLING),
    ("不予授权", S.HANDLING, (O.ASK_AUTHORITY, O.REFUSE_AUTHORITY), S.HANDLING),
    ("延期", S.HANDLING, (O.ASK_EXTENSION, O.ALLOW_EXTENSION), S.HANDLING),
    ("不准延期", S.TO_HANDLE, (O.ASK_EXTENSION, O.REFUSE_EXTENSION), S.TO_HANDLE),
    ("挂账", S.HANDLING, (O.ASK_SUSPENSION, O.ALLOW_SUSPENSION), S.SUSPENDED),
    ("不准挂账", S.HANDLING, (O.ASK_SUSPENSION, O.REFUSE_SUSPENSION), S.HANDLING),
    ("挂账恢复", S.SUSPENDED, (O.RESUME,), S.HANDLING),
    ("撤回申请", S.RETURNED, (O.WITHDRAW,), S.HANDLING),
    ("督办", S.HANDLING, (O.SUPERVISE, O.REPLY_SUPERVISION, O.END_SUPERVISION), S.HANDLING),
    ("催办", S.HANDLING, (O.URGE,), S.HANDLING),
    ("处置反馈", S.HANDLING, (O.FEED_BACK,), S.FED_BACK),
    ("核查", S.FED_BACK, (O.CHECK,), S.POST_CHECK),
    ("核查通过", S.POST_CHECK, (O.PASS_CHECK,), S.TO_CLOSE),
    ("核查不通过", S.POST_CHECK, (O.FAIL_CHECK,), S.FED_BACK),
    ("返工", S.POST_CHECK, (O.REWORK,), S.TO_HANDLE),
    ("结案", S.TO_CLOSE, (O.CLOSE,), S.CLOSED),
    ("强制结案", S.SUSPENDED, (O.ASK_FORCED_CLOSE, O.ALLOW_FORCED_CLOSE), S.FORCED_CLOSED),
    ("不准强制结案", S.HANDLING, (O.ASK_FORCED_CLOSE, O.REFUSE_FORCED_CLOSE), S.HANDLING),
    ("直接办理", S.REPORTED, (O.ANSWER,), S.CLOSED),
    ("重复案件并案", S.REPORTED, (O.MERGE,), S.MERGED),
    ("并案撤销", S.MERGED, (O.UNMERGE,), S.REPORTED),
    ("抽查", S.CLOSED, (O.SPOT_CHECK,), S.CLOSED),
    ("复开", S.CLOSED, (O.SPOT_CHECK, O.REOPEN), S.TO_DISPATCH),
    ("回访", S.CLOSED, (O.CALL_BACK,), S.CLOSED),
    ("标记", S.HANDLING, (O.MARK, O.UNMARK), S.HANDLING),
    ("附件", S.HANDLING, (O.ATTACH,), S.HANDLING),
    ("改正位置", S.HANDLING, (O.RELOCATE,), S.HANDLING),
    ("转交", S.HANDLING, (O.HAND_OVER,), S.HANDLING),
)
LATER: tuple[tuple[str, tuple[Operation, ...]], ...] = (
    ("申诉成立", (O.APPEAL, O.PASS_APPEAL, O.ALLOW_APPEAL)),
    ("初审不成立", (O.APPEAL, O.REFUSE_APPEAL)),
    ("复审不成立", (O.APPEAL, O.PASS_APPEAL, O.REFUSE_APPEAL)),
)


@pytest.mark.parametrize(("name", "state", "steps", "target"), TRADE)
def test_that_a_row_of_the_trade_leads_where_it_says(
    name: str, state: State, steps: tuple[Operation, ...], target: State
) -> None:
    case, _ = walked(*steps, start=walked(*WAY[state]))
    assert case.state is target, name
    assert case.request is None


@pytest.mark.parametrize(("name", "steps"), LATER)
def test_that_an_appeal_is_reviewed_twice(name: str, steps: tuple[Operation, ...]) -> None:
    case, _ = walked(*steps, start=late_case())
    assert case.state is State.CLOSED
    assert (case.request, case.appeals) == (None, 1)
    assert Flag.APPEALED in case.flags
    assert (Flag.EXEMPT in case.flags) == (steps[-1] is O.ALLOW_APPEAL), name
    assert case.fed_back_at is not None
    assert case.due_at is not None
    assert case.fed_back_at > case.due_at, "that it was late stays told"


def test_that_what_a_patroller_put_right_is_closed_after_a_look() -> None:
    case, _ = walked(O.CONFIRM_SELF, start=opened(self_handled=True))
    assert (case.state, case.filed_at) == (State.CLOSED, None)


def test_that_every_operation_of_the_machine_is_met_here() -> None:
    met = {one for _, _, steps, _ in TRADE for one in steps} | {one for _, steps in LATER for one in steps}
    assert met | {O.CONFIRM_SELF, O.REGISTER} == set(Operation) - OUTSIDE


def test_that_a_rework_keeps_the_department_and_the_material_and_is_counted() -> None:
    before, facts = walked(*SEVEN_STEPS[:5], O.CHECK)
    case, facts = stepped(before, facts, O.REWORK)
    assert (case.department, case.reworks) == (before.department, 1)
    assert any(fact.evidence for fact in facts), "the photos of the first answer"


def test_that_a_failed_check_stands_in_the_way_of_closing_until_it_was_done_again() -> None:
    case, _ = walked(*SEVEN_STEPS[:5], O.CHECK, O.FAIL_CHECK)
    assert case.checked is CheckResult.FAILED
    again, _ = walked(*SEVEN_STEPS[:5], O.CHECK, O.FAIL_CHECK, O.REWORK, O.RECEIVE, O.FEED_BACK, O.CLOSE)
    assert again.state is State.CLOSED


def test_that_while_an_application_waits_no_other_can_be_handed_in() -> None:
    case, _ = walked(*SEVEN_STEPS[:4], O.ASK_EXTENSION)
    open_rows = {row.operation for row in operations(case.state, case.request)}
    assert not open_rows & {O.ASK_RETURN, O.ASK_SUSPENSION, O.ASK_FORCED_CLOSE, O.ASK_AUTHORITY}
    assert open_rows >= {O.ALLOW_EXTENSION, O.REFUSE_EXTENSION, O.WITHDRAW, O.FEED_BACK}


def test_that_an_answer_makes_a_waiting_application_pointless() -> None:
    case, _ = walked(*SEVEN_STEPS[:4], O.ASK_EXTENSION, O.FEED_BACK)
    assert (case.request, case.asked_by, case.asked_at) == (None, "", None)
    assert Request.EXTENSION not in (case.request,)
