"""What comes next in triage, passing over, and several steps in one go: all of them or none."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import URL

from console.adapters.practice import standard
from console.domain.actor import Post
from console.domain.errors import Refused
from console.domain.flow import State
from console.domain.operation import Operation
from console.domain.presence import Doing
from console.domain.skip import AWAY, SkipReason
from console.domain.wanted import CaseFilter
from console.queries.case import case_card
from console.queries.triage import next_cases
from console.runtime.triage import ROUTINE, triage_case
from console.services.city import load_city
from console.services.collection import register_report
from console.services.presence import claim
from console.services.skip import skip_case
from console.services.steps import Told, take_step, take_way, undo_way
from console.storage.unit import Store
from tests.lives import BY, CHIEF, MINUTE, MONDAY, REPORT, registered
from tests.services.crowd import crowded_city
from tests.storage.seats import whole

NOW = MONDAY + 5 * MINUTE
OPEN = CaseFilter()


@pytest.fixture
def staffed(city_url: URL, tmp_path: Path) -> Iterator[Store]:
    """A store under the usual practice, with people of single posts."""
    store = Store(city_url, tmp_path / "evidence", standard())
    with store.write() as unit:
        load_city(unit, crowded_city(), by=BY, at=MONDAY)
    yield store
    store.close()


def ids(store: Store, by: str = BY, wanted: CaseFilter = OPEN, at: datetime = NOW) -> list[int]:
    with store.read() as view:
        return list(next_cases(view, wanted, at, by, 50).ids)


def test_that_the_case_with_the_least_time_left_comes_first(staffed: Store) -> None:
    with staffed.write() as unit:
        later, first, middle = (
            register_report(unit, REPORT, by="acceptor1", at=MONDAY + minutes * MINUTE)
            for minutes in (2, 0, 1)
        )
    assert ids(staffed, "acceptor1") == [first.id, middle.id, later.id]


def test_that_what_was_passed_over_comes_to_others_at_once_and_back_after_a_while(city_store: Store) -> None:
    first, second = registered(city_store), registered(city_store)
    with city_store.write() as unit:
        skip_case(unit, first.code, SkipReason.PLACE, by=BY, at=NOW, seen=first.version)
    with city_store.read() as view:
        waiting = next_cases(view, CaseFilter(), NOW, BY, 50)
    assert (waiting.ids, waiting.left) == ((second.id,), 1)
    assert ids(city_store, CHIEF) == [first.id, second.id]
    assert ids(city_store, at=NOW + AWAY) == [first.id, second.id]


def test_that_what_moved_on_comes_back_at_once(city_store: Store) -> None:
    case = registered(city_store)
    with city_store.write() as unit:
        skip_case(unit, case.code, SkipReason.CHECK, by=BY, at=NOW, seen=case.version)
    assert ids(city_store) == []
    with city_store.write() as unit:
        take_step(unit, case.code, Operation.ACCEPT, by=CHIEF, at=NOW)
    assert ids(city_store) == [case.id]


def test_that_the_passing_over_is_on_the_card_and_in_no_journal(city_store: Store) -> None:
    case = registered(city_store)
    with city_store.write() as unit:
        skip_case(unit, case.code, SkipReason.OTHER, " 等照片 ", by=BY, at=NOW, seen=1)
        skip_case(unit, case.code, SkipReason.ADVICE, by=CHIEF, at=NOW + MINUTE, seen=1)
    with city_store.read() as view:
        card = case_card(view, case.id, NOW)
    assert [(one.by, one.reason, one.note) for one in card.skips] == [
        (BY, SkipReason.OTHER, "等照片"),
        (CHIEF, SkipReason.ADVICE, ""),
    ]
    assert len(card.facts) == 1
    assert whole(city_store) == 1


@pytest.mark.parametrize(("note", "seen", "code"), [(" ", 1, "needs_reason"), ("等照片", 7, "stale")])
def test_that_a_passing_over_without_reason_or_of_another_version_is_refused(
    city_store: Store, note: str, seen: int, code: str
) -> None:
    case = registered(city_store)
    with pytest.raises(Refused, match=code), city_store.write() as unit:
        skip_case(unit, case.code, SkipReason.OTHER, note, by=BY, at=NOW, seen=seen)


def test_that_only_what_a_seat_may_do_next_comes_to_it(staffed: Store) -> None:
    with staffed.write() as unit:
        reported = register_report(unit, REPORT, by="acceptor1", at=MONDAY)
        to_file = register_report(unit, REPORT, by="acceptor1", at=MONDAY)
        take_step(unit, to_file.code, Operation.ACCEPT, by="acceptor1", at=NOW)
    assert ids(staffed, "acceptor1") == [reported.id]
    assert ids(staffed, "acceptor1", CaseFilter(posts=(Post.ACCEPTOR,))) == [reported.id]
    assert ids(staffed, "dispatcher1") == []
    assert set(ids(staffed, "shift_leader1")) == {reported.id, to_file.id}


def test_that_the_way_goes_as_far_as_the_post_reaches(staffed: Store) -> None:
    with staffed.write() as unit:
        case = register_report(unit, REPORT, by="acceptor1", at=MONDAY)
    steps = {}
    for name in ("acceptor1", "shift_leader1", "both", "dispatcher1"):
        with staffed.read() as view:
            steps[name] = tuple(one[0] for one in triage_case(view, case.id, NOW, name).way)
    assert steps == {
        "acceptor1": ROUTINE[:1],
        "shift_leader1": ROUTINE[:2],
        "both": ROUTINE,
        "dispatcher1": (),
    }


def test_that_a_way_is_gone_whole_and_taken_back_whole(staffed: Store) -> None:
    with staffed.write() as unit:
        case = register_report(unit, REPORT, by="both", at=MONDAY)
    with staffed.read() as view:
        seen_ahead = triage_case(view, case.id, NOW, "both").way[-1][2]
    with staffed.write() as unit:
        after = take_way(unit, case.code, ROUTINE, by="both", at=NOW, seen=1)
    assert after == seen_ahead
    assert (after.state, after.department, after.version) == (State.TO_HANDLE, "D105", 4)
    with pytest.raises(Refused, match="needs_reason"), staffed.write() as unit:
        undo_way(unit, case.code, 3, by="both", at=NOW + timedelta(seconds=20), seen=4)
    with staffed.write() as unit:
        assert unit.cases.by_code(case.code) == after, "the first undo of the three is gone as well"
        back = undo_way(unit, case.code, 3, by="both", at=NOW + timedelta(seconds=5), seen=4)
    assert (back.state, back.version) == (State.REPORTED, 7)
    assert whole(staffed) == 1


def test_that_a_way_that_is_refused_in_the_middle_leaves_nothing(city_store: Store) -> None:
    case = registered(city_store)
    with pytest.raises(Refused, match="wrong_step"), city_store.write() as unit:
        take_way(unit, case.code, (Operation.ACCEPT, Operation.DISPATCH), by=BY, at=NOW, seen=1)
    with city_store.write() as unit:
        assert unit.cases.by_code(case.code).state is State.REPORTED


def test_that_of_two_seats_in_triage_each_has_its_own_case(city_store: Store) -> None:
    found = [registered(city_store, at=MONDAY + at * MINUTE).id for at in range(4)]
    taken_by = {}
    for seat in ("s1", "s2"):
        kept: dict[int, Doing] = {}
        for _turn in range(2):
            with city_store.write() as unit:
                one = claim(unit, seat, ids(city_store), kept, by=seat)
            assert one is not None
            kept[one] = Doing.TRIAGE
        taken_by[seat] = list(kept)
    assert taken_by == {"s1": found[:2], "s2": found[2:]}


def test_that_it_looks_past_many_that_are_for_others(staffed: Store) -> None:
    with staffed.write() as unit:
        for _case in range(60):
            register_report(unit, REPORT, by="acceptor1", at=MONDAY)
        mine = register_report(unit, REPORT, by="acceptor1", at=MONDAY + MINUTE)
        mine = take_step(unit, mine.code, Operation.ACCEPT, by="acceptor1", at=NOW)
        take_step(unit, mine.code, Operation.FILE, Told(condition=1), by="shift_leader1", at=NOW)
    assert ids(staffed, "dispatcher1") == [mine.id]
