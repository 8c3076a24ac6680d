"""Presence is seen by others, locks nothing, goes by itself; and no two seats pull the same case."""

import json
import subprocess
import sys
from collections.abc import Mapping

from sqlalchemy import URL, update

from console.domain.operation import Operation
from console.domain.presence import GONE_S, Doing
from console.queries.presence import others
from console.services.presence import attend, claim
from console.services.steps import take_step
from console.storage.seat_tables import presence
from console.storage.tables import journal
from console.storage.unit import Store
from tests.lives import BY, CHIEF, MINUTE, MONDAY, registered
from tests.storage.seats import ROOT

TURNS = 40
MANY = list(range(1, 501))


def at(store: Store, seat: str, doing: Mapping[int, Doing], by: str = BY) -> None:
    with store.write() as unit:
        attend(unit, seat, doing, by=by)


def seen(store: Store, seat: str) -> list[tuple[str, int, str, Doing]]:
    with store.read() as view:
        return [(one.seat, one.case_id, one.by, one.doing) for one in others(view, seat)]


def age(store: Store, seat: str, seconds: int) -> None:
    """As if the seat had said nothing for so long."""
    with store.write() as unit:
        unit.connection.execute(
            update(presence)
            .where(presence.c.seat == seat)
            .values(beat=presence.c.beat - seconds, since=presence.c.since - seconds)
        )


def test_that_others_see_who_is_at_a_case_and_what_he_does(city_store: Store) -> None:
    at(city_store, "s1", {7: Doing.LOOKING})
    at(city_store, "s2", {7: Doing.EDITING, 9: Doing.TRIAGE}, CHIEF)
    assert seen(city_store, "s1") == [("s2", 7, CHIEF, Doing.EDITING), ("s2", 9, CHIEF, Doing.TRIAGE)]
    assert seen(city_store, "s2") == [("s1", 7, BY, Doing.LOOKING)]
    at(city_store, "s2", {9: Doing.LOOKING}, CHIEF)
    assert seen(city_store, "s1") == [("s2", 9, CHIEF, Doing.LOOKING)]
    at(city_store, "s2", {})
    assert seen(city_store, "s1") == []


def test_that_a_beat_keeps_since_when_somebody_is_there(city_store: Store) -> None:
    at(city_store, "s1", {7: Doing.LOOKING})
    age(city_store, "s1", GONE_S - 5)
    at(city_store, "s1", {7: Doing.EDITING})
    with city_store.read() as view:
        (one,) = others(view, "s2")
    assert GONE_S - 5 <= one.seconds < GONE_S + 60


def test_that_a_seat_of_before_the_clock_was_put_back_is_gone(city_store: Store) -> None:
    at(city_store, "s1", {7: Doing.TRIAGE})
    age(city_store, "s1", -7200)  # the server's clock was two hours ahead when it said so
    assert seen(city_store, "s2") == []
    with city_store.write() as unit:
        assert claim(unit, "s2", [7], {}, by=BY) == 7
    assert seen(city_store, "s3") == [("s2", 7, BY, Doing.TRIAGE)]


def test_that_a_seat_that_says_nothing_is_gone_and_its_rows_are_swept(city_store: Store) -> None:
    at(city_store, "s1", {7: Doing.EDITING})
    age(city_store, "s1", GONE_S + 5)
    assert seen(city_store, "s2") == []
    at(city_store, "s2", {8: Doing.LOOKING})
    with city_store.read() as view:
        assert view.connection.execute(presence.select()).all()[0].seat == "s2"
        assert len(view.connection.execute(presence.select()).all()) == 1


def test_that_presence_is_no_lock_and_no_fact(city_store: Store) -> None:
    case = registered(city_store)
    at(city_store, "s1", {case.id: Doing.EDITING})
    with city_store.write() as unit:
        before = unit.connection.execute(journal.select()).all()
        attend(unit, "s1", {case.id: Doing.EDITING}, by=BY)
        assert unit.connection.execute(journal.select()).all() == before
        assert unit.changes.cases == {}
        take_step(unit, case.code, Operation.ACCEPT, by=CHIEF, at=MONDAY + MINUTE, seen=case.version)


def test_that_what_another_works_on_is_passed_over_and_what_he_only_looks_at_comes_last(
    city_store: Store,
) -> None:
    at(city_store, "s1", {1: Doing.TRIAGE, 2: Doing.EDITING, 3: Doing.LOOKING})
    found = []
    kept: dict[int, Doing] = {}
    for _turn in range(4):
        with city_store.write() as unit:
            one = claim(unit, "s2", [1, 2, 3, 4], kept, by=CHIEF)
        found.append(one)
        if one is not None:
            kept[one] = Doing.TRIAGE
    assert found == [4, 3, None, None]
    assert [one[1] for one in seen(city_store, "s1")] == [3, 4]


def attender(url: URL, seat: str) -> "subprocess.Popen[str]":
    told = url.render_as_string(hide_password=False)
    made = subprocess.Popen(
        [sys.executable, "-m", "tests.services.attender", told, seat, json.dumps(MANY), str(TURNS)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert made.stdout is not None
    assert made.stdout.readline() == "ready\n"
    return made


def go(seats: "list[subprocess.Popen[str]]") -> list[list[int]]:
    for one in seats:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    return [json.loads(one.stdout.readline()) for one in seats if one.stdout is not None]


def test_that_two_processes_never_pull_the_same_case_and_a_killed_one_leaves_nothing(
    city_store: Store, city_url: URL
) -> None:
    seats = [attender(city_url, name) for name in ("s1", "s2")]
    first, second = go(seats)
    assert len(first) == len(second) == TURNS
    assert set(first).isdisjoint(second)
    assert sorted([*first, *second]) == MANY[: 2 * TURNS], "nothing was passed over either"
    seats[0].kill()
    assert len(seen(city_store, "me")) == 2 * TURNS
    age(city_store, "s1", GONE_S + 1)  # so much later
    assert {one[0] for one in seen(city_store, "me")} == {"s2"}
    with city_store.write() as unit:
        assert claim(unit, "me", first, {}, by=BY) == first[0]
    for one in seats:
        one.communicate()
