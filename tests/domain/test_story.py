"""The two halves of an act find each other, also when something between them was taken back."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from console.domain.case import Fact
from console.domain.operation import Operation, Request
from console.domain.story import story

O = Operation  # noqa: E741  the stories are read across
START = datetime(2026, 3, 9, 1, tzinfo=UTC)
Lines = tuple[tuple[Operation, Mapping[str, object]], ...]
CLEARED: Mapping[str, object] = {"request": None}


def told(*lines: tuple[Operation, Mapping[str, object]]) -> list[tuple[int, int]]:
    """What each fact answers, and by which it was undone."""
    facts = [
        Fact(number, operation, START + timedelta(minutes=number), "张", changes)
        for number, (operation, changes) in enumerate(lines, 1)
    ]
    return [(line.answers, line.undone_by) for line in story(facts)]


def test_that_a_decision_answers_its_application() -> None:
    asked = {"request": Request.EXTENSION}
    assert told((O.ASK_EXTENSION, asked), (O.URGE, {}), (O.REFUSE_EXTENSION, CLEARED)) == [
        (0, 0), (0, 0), (1, 0)
    ]  # fmt: skip


def test_that_a_second_application_does_not_answer_the_first() -> None:
    asked = {"request": Request.EXTENSION}
    lines: Lines = ((O.ASK_EXTENSION, asked), (O.REFUSE_EXTENSION, CLEARED)) * 2
    assert [answers for answers, _ in told(*lines)] == [0, 1, 0, 3]


def test_that_an_act_that_makes_an_application_pointless_ends_its_story() -> None:
    asked = {"request": Request.RETURN}
    assert told((O.ASK_RETURN, asked), (O.REDISPATCH, CLEARED)) == [(0, 0), (1, 0)]


def test_that_both_reviews_of_an_appeal_hang_together() -> None:
    first, second = {"request": Request.APPEAL}, {"request": Request.APPEAL_REVIEW}
    lines: Lines = ((O.APPEAL, first), (O.PASS_APPEAL, second), (O.ALLOW_APPEAL, CLEARED))
    assert [answers for answers, _ in told(*lines)] == [0, 1, 2]


def test_that_a_result_answers_the_last_check() -> None:
    lines: Lines = ((O.CHECK, {}), (O.FAIL_CHECK, {}), (O.CHECK, {}), (O.PASS_CHECK, {}))
    assert [answers for answers, _ in told(*lines)] == [0, 1, 0, 3]


def test_that_taking_back_pairs_with_what_it_took_back() -> None:
    asked = {"request": Request.RETURN}
    lines: Lines = (
        (O.ASK_RETURN, asked),
        (O.ALLOW_RETURN, CLEARED),
        (O.UNDO, asked),
        (O.REFUSE_RETURN, CLEARED),
    )
    assert told(*lines) == [(0, 0), (1, 3), (2, 0), (1, 0)]


def test_that_acts_are_taken_back_from_the_last_to_the_first() -> None:
    lines: Lines = ((O.ACCEPT, {}), (O.FILE, {}), (O.COUNTER, {}), (O.UNDO, {}))
    assert told(*lines) == [(0, 4), (0, 3), (2, 0), (1, 0)]


def test_that_an_act_is_late_against_the_clock_that_ran_before_it() -> None:
    def due(minute: int) -> datetime:
        return START + timedelta(minutes=minute)

    lines: Lines = (
        (O.REGISTER, {"state": "reported", "current_due_at": due(2)}),
        (O.ACCEPT, {"state": "to_file", "current_due_at": None}),  # at the second minute: just in time
        (O.DISPATCH, {"state": "to_handle", "current_due_at": due(4), "due_at": due(4)}),
        (O.RECEIVE, {"state": "handling"}),
        (O.URGE, {}),  # changes nothing, so nothing is late by it
        (O.FEED_BACK, {"state": "fed_back", "current_due_at": None}),
        (O.UNDO, {"state": "handling", "current_due_at": due(4)}),
    )
    facts = [
        Fact(number, operation, due(number), "张", changes)
        for number, (operation, changes) in enumerate(lines, 1)
    ]
    assert [line.late for line in story(facts)] == [False, False, False, False, False, True, False]
