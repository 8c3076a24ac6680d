"""What the timeline tells: late or not by every clock, answers under their questions, what was undone."""

from dataclasses import replace
from datetime import timedelta

from console.domain.case import Case, Fact
from console.domain.catalogue import CaseClass
from console.domain.operation import Operation
from console.queries.advice import Advice
from console.queries.case import CaseCard
from console.ui.case.told import ToldLine, told_lines
from tests.lives import MONDAY, opened, stepped

NOTHING_ADVISED = Advice(None, (), None)


def card(case: Case, facts: list[Fact], case_class: CaseClass | None = None) -> CaseCard:
    return CaseCard(
        case, case_class, None, None, tuple(facts), NOTHING_ADVISED, {"D105": ("金水区城管局", "")},
        "Asia/Shanghai",
    )  # fmt: skip


def told(*operations: Operation) -> list[ToldLine]:
    """The lines of a case after some operations, a minute apart."""
    case, facts = opened()
    for operation in operations:
        case, facts = stepped(case, facts, operation)
    return told_lines(card(case, facts), MONDAY + timedelta(hours=1))


UNTIL_HANDLING = (Operation.ACCEPT, Operation.FILE, Operation.DISPATCH, Operation.RECEIVE)


def test_that_a_decision_hangs_under_its_application() -> None:
    lines = told(*UNTIL_HANDLING, Operation.ASK_EXTENSION, Operation.URGE, Operation.REFUSE_EXTENSION)
    assert [line.answers for line in lines] == [-1, -1, -1, -1, -1, -1, -1, 5]
    assert "申请延期" in lines[5].head
    assert "驳回延期" in lines[7].head
    assert lines[7].under == "理由不足"


def test_that_what_was_taken_back_is_struck_through_beside_its_undoing() -> None:
    lines = told(*UNTIL_HANDLING[:3], Operation.UNDO)
    assert [line.undone for line in lines] == [False, False, False, True, False]
    assert lines[4].answers == 3
    assert "撤销 派遣" in lines[4].head


def test_that_a_dispatch_tells_whom_it_went_to_and_a_result_what_was_found() -> None:
    lines = told(Operation.ACCEPT, Operation.PRE_CHECK, Operation.PRE_CHECK_RESULT)
    assert lines[2].under == "采集员01"
    assert lines[3].under == "问题存在"
    assert lines[3].answers == 2
    assert told(*UNTIL_HANDLING)[3].under.startswith("→ 金水区城管局")


def test_that_an_act_after_its_stage_limit_is_late() -> None:
    case, facts = opened()
    due = MONDAY + timedelta(minutes=15)
    first = replace(facts[0], changes={**facts[0].changes, "current_due_at": due})
    in_time = Fact(2, Operation.ACCEPT, due, "王", {"state": "to_file", "current_due_at": None})
    late = replace(in_time, at=due + timedelta(minutes=1))
    beside = Fact(2, Operation.MARK, due + timedelta(minutes=1), "王", {"flags": ()})
    for fact, expected in ((in_time, False), (late, True), (beside, False)):
        line = told_lines(card(case, [first, fact]), MONDAY)[1]
        assert (line.late, "超期" in line.took) == (expected, expected)


def test_that_the_post_is_told_unless_the_name_says_it() -> None:
    case, facts = opened()
    for by, post, expected in (("王芳", "acceptor", "王芳(受理员)"), ("受理员01", "acceptor", "受理员01")):
        fact = replace(facts[0], by=by, post=post)
        assert told_lines(card(case, [fact]), MONDAY)[0].head.endswith(f"  {expected}")
    old = replace(facts[0], by="王芳", post="")
    assert told_lines(card(case, [old]), MONDAY)[0].head.endswith("  王芳")
