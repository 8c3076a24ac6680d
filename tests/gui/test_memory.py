"""What a seat remembers to take back: the last act first, the one before from where that left the case."""

from dataclasses import replace

from console.domain.case import Case
from console.ui.done import MOST, Memory
from tests.lives import opened


def case(code: str, version: int) -> Case:
    return replace(opened(code)[0], version=version)


def test_that_the_act_before_goes_on_from_what_the_taking_back_left() -> None:
    memory = Memory()
    memory.add("受理", [case("a", 2)])
    filed = memory.add("立案", [case("a", 3)])
    memory.took_back(filed, [case("a", 4)])
    assert memory.last is not None
    assert (memory.last.words, memory.last.versions) == ("受理", {"a": 4})


def test_that_an_act_stays_stale_where_another_came_between() -> None:
    memory = Memory()
    memory.add("受理", [case("a", 2)])
    dispatched = memory.add("派遣", [case("a", 4)])  # version 3 was somebody else's
    memory.took_back(dispatched, [case("a", 5)])
    assert memory.last is not None
    assert memory.last.versions == {"a": 2}


def test_that_of_many_each_case_is_followed_by_itself() -> None:
    memory = Memory()
    memory.add("受理", [case("a", 2), case("b", 2)])
    filed = memory.add("立案", [case("a", 3), case("c", 3)])
    memory.took_back(filed, [case("a", 4)])
    assert memory.last is not None
    assert memory.last.versions == {"a": 4, "b": 2}


def test_that_two_steps_at_once_are_followed_as_two() -> None:
    memory = Memory()
    memory.add("受理", [case("a", 2)])
    sent = memory.add("立案并派遣", [case("a", 4)], steps=2)
    memory.took_back(sent, [case("a", 6)])
    assert memory.last is not None
    assert memory.last.versions == {"a": 6}


def test_that_only_the_last_acts_are_kept() -> None:
    memory = Memory()
    for number in range(MOST + 5):
        memory.add("催办", [case(str(number), 2)])
    for _act in range(MOST):
        assert memory.last is not None
        memory.forget_last()
    assert memory.last is None
