"""The table of acts: every operation of the machine can be done on screen, and asks what it needs."""

from console.domain.decision import DECIDES, Decision
from console.domain.flow import TRANSITIONS, Need, row_of
from console.domain.operation import OUTSIDE, Operation
from console.ui.actions import ACTS, WINDOW, Ask
from console.ui.forms.table import FIELDS

ASKED = {
    Need.CONDITION: Ask.CONDITION,
    Need.DEPARTMENT: Ask.DEPARTMENT,
    Need.UNIT: Ask.UNIT,
    Need.REASON: Ask.REASON,
    Need.UNTIL: Ask.UNTIL,
    Need.LEVEL: Ask.LEVEL,
    Need.FLAG: Ask.MARK,
    Need.PERSON: Ask.HOLDER,
    Need.OTHER_CASE: Ask.OTHER_CASE,
    Need.PARTS: Ask.PARTS,
    Need.SATISFACTION: Ask.SATISFACTION,
    Need.EVIDENCE: Ask.EVIDENCE,
    Need.PLACE: Ask.PLACE,
}
BY_ADVICE = {"act_file", "act_dispatch"}  # the city's lists tell the condition and the department


def test_that_every_operation_of_the_table_is_an_act() -> None:
    decided = {operation for pair in DECIDES.values() for operation in pair}
    acts = {act.operation for act in ACTS}
    wanted = {row.operation for row in TRANSITIONS} - {Operation.REGISTER}
    assert wanted - decided - acts == set()
    assert {Decision.ALLOW, Decision.REFUSE} <= acts
    assert acts & OUTSIDE == {Operation.COUNTER}


def test_that_every_act_asks_what_its_operation_cannot_do_without() -> None:
    for act in ACTS:
        row = None if isinstance(act.operation, Decision) else row_of(act.operation)
        if row is None or act.name in BY_ADVICE:
            continue
        for need in row.needs:
            wanted = {Ask.FOUND, Ask.OUTCOME} if need is Need.RESULT else {ASKED[need]}
            assert wanted & set(act.asks), (act.name, need)


def test_that_every_question_has_a_field() -> None:
    assert set(FIELDS) == set(Ask)
    assert {ask for act in ACTS for ask in act.asks} == set(Ask)


def test_that_no_two_actions_share_a_key_or_a_name() -> None:
    keys = [*(item.key for item in (*ACTS, *WINDOW)), *(item.also for item in WINDOW if item.also)]
    for values in (keys, [item.name for item in (*ACTS, *WINDOW)]):
        assert len(set(values)) == len(values)
