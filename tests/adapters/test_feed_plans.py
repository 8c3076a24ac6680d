"""The feed's plans: only what moved is planned again, and what is past is never given out."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from console.adapters.demo import planned
from console.adapters.demo.course import OUTSIDE, Turn
from console.adapters.demo.planned import Acting, Planned
from console.domain.case import Case
from console.domain.flow import State
from console.domain.operation import Operation
from console.queries.waiting import Waiting
from console.storage.unit import Store
from tests.adapters.demo_store import new_city_store
from tests.lives import MONDAY, WAY, registered, taken


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = new_city_store(tmp_path)
    yield made
    made.close()


class Plans:
    """Plans a turn an hour after each case's last fact, the later the greater its id."""

    def __init__(self) -> None:
        self.asked: list[int] = []
        self.planned = Planned(OUTSIDE, self.plan)

    def plan(self, case: Waiting) -> Acting:
        self.asked.append(case.id)
        return Acting(case.since + timedelta(hours=case.id), case, Turn(Operation.RECEIVE, MONDAY, 0.5, 0.5))

    def first(self, store: Store) -> list[tuple[int, int]]:
        with store.read() as view:
            self.planned.follow(view)
        return [(one.case.id, one.case.version) for one in self.planned.first(10)]


def waiting(store: Store) -> Case:
    return taken(store, registered(store), *WAY[State.TO_HANDLE])


def test_that_only_cases_that_moved_are_planned_again(store: Store) -> None:
    plans = Plans()
    one, other = waiting(store), waiting(store)
    assert plans.first(store) == [(one.id, one.version), (other.id, other.version)]
    plans.asked.clear()
    assert len(plans.first(store)) == 2
    assert plans.asked == []
    one = taken(store, one, Operation.RECEIVE)
    assert plans.first(store) == [(one.id, one.version), (other.id, other.version)]
    assert plans.asked == [one.id]


def test_that_a_case_that_went_to_another_place_has_no_turn(store: Store) -> None:
    plans = Plans()
    one = waiting(store)
    assert plans.first(store) == [(one.id, one.version)]
    taken(store, one, Operation.RECEIVE, Operation.FEED_BACK)
    assert plans.first(store) == []


def test_that_what_is_left_to_a_person_comes_again_only_when_it_has_moved(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    plans = Plans()
    one = waiting(store)
    plans.first(store)
    plans.planned.leave(plans.planned.first(1)[0])
    assert plans.first(store) == []
    waiting(store)
    monkeypatch.setattr(planned, "MOST_READ_AGAIN", 1)
    assert len(plans.first(store)) == 1  # all were read again
    one = taken(store, one, Operation.RECEIVE)
    assert (one.id, one.version) in plans.first(store)


def test_that_everything_is_read_where_too_much_moved(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    plans = Plans()
    waiting(store)
    plans.first(store)
    monkeypatch.setattr(planned, "MOST_READ_AGAIN", 2)
    waiting(store)
    waiting(store)
    plans.asked.clear()
    assert [case_id for case_id, _version in plans.first(store)] == [1, 2, 3]
    assert sorted(plans.asked) == [1, 2, 3]
