"""The duty roster in the store: days replaced, one person put on or off, each an act of the journal."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from console.domain.actor import Post
from console.domain.city_act import CityAct
from console.domain.duty import USUAL, Duty, OnDuty, Shift
from console.domain.errors import Refused
from console.domain.staff import Member
from console.queries.duty import on_duty, roster
from console.services.practice import load_staff
from console.services.roster import load_roster, put_duty, remove_duty, set_shifts
from console.storage.journal import city_facts
from console.storage.unit import Changes, Store
from tests.lives import MONDAY

DAY = date(2026, 3, 9)
BOSS = "领导01"
PEOPLE = (
    Member(BOSS, frozenset({Post.LEADER})),
    Member("值班长01", frozenset({Post.SHIFT_LEADER, Post.DISPATCHER})),
    Member("受理01", frozenset({Post.ACCEPTOR})),
    Member("受理02", frozenset({Post.ACCEPTOR})),
)
TODAY = (
    Duty(DAY, "day", BOSS, leads=True),
    Duty(DAY, "day", "受理01", Post.ACCEPTOR, "3 号席"),
    Duty(DAY, "evening", "受理02", Post.ACCEPTOR, "3 号席"),
)


@pytest.fixture
def centre(city_store: Store) -> Store:
    """The small city with a few people."""
    with city_store.write() as unit:
        load_staff(unit, PEOPLE, by=BOSS, at=MONDAY)
    return city_store


def loaded(store: Store, *duties: Duty, by: str = BOSS) -> Changes:
    with store.write() as unit:
        load_roster(unit, duties, by=by, at=MONDAY)
    return unit.changes


def duty_at(store: Store, now: datetime, person: str = "") -> OnDuty:
    with store.read() as view:
        return on_duty(view, now, person)


def test_that_the_present_turn_is_told_with_leader_and_followers(centre: Store) -> None:
    loaded(centre, *TODAY)
    found = duty_at(centre, MONDAY)  # nine in the morning
    assert found.turn is not None
    assert found.turn.until == datetime(2026, 3, 9, 8, tzinfo=UTC)
    assert (found.turn.shift.code, found.leader) == ("day", BOSS)
    assert found.duties == TODAY[:2]
    assert [one.person for one in found.next_duties] == ["受理02"]
    assert found.is_outside("受理02")


def test_that_the_usual_shifts_hold_until_a_site_sets_its_own(centre: Store) -> None:
    found = duty_at(centre, MONDAY)
    assert found.turn is not None
    assert found.turn.shift == USUAL[1]
    assert not found.kept
    assert not found.is_outside("受理01")


def test_that_a_list_replaces_its_own_days_only(centre: Store) -> None:
    loaded(centre, *TODAY, Duty(DAY + timedelta(days=1), "day", BOSS))
    loaded(centre, Duty(DAY, "night", BOSS))
    with centre.read() as view:
        left = roster(view, DAY, DAY + timedelta(days=1)).duties
    assert [(one.day.day, one.shift) for one in left] == [(9, "night"), (10, "day")]


def test_that_who_comes_to_lead_takes_the_lead_over(centre: Store) -> None:
    loaded(centre, *TODAY)
    with centre.write() as unit:
        put_duty(unit, Duty(DAY, "day", "值班长01", Post.SHIFT_LEADER, leads=True), by=BOSS, at=MONDAY)
    found = duty_at(centre, MONDAY)
    assert found.leader == "值班长01"
    assert len(found.duties) == 3
    with centre.write() as unit:
        remove_duty(unit, DAY, "day", "值班长01", by="值班长01", at=MONDAY)
    assert duty_at(centre, MONDAY).leader == ""


def test_that_every_edit_is_a_line_of_the_journal_and_is_told(centre: Store) -> None:
    assert loaded(centre, *TODAY).acts == {CityAct.ROSTER_CHANGED}
    with centre.read() as view:
        fact = city_facts(view.connection)[-1]
    assert (fact.act, fact.by, fact.post) == (CityAct.ROSTER_CHANGED, BOSS, "leader")
    assert fact.details["days"] == ["2026-03-09"]
    assert fact.details["duties"][1] == ["2026-03-09", "day", "受理01", "acceptor", "3 号席", False]


@pytest.mark.parametrize(
    ("duty", "code"),
    [
        (Duty(DAY, "late", BOSS), "no_such_shift"),
        (Duty(DAY, "day", "路人"), "unknown_person"),
        (Duty(DAY, "day", "受理01", Post.LEADER), "not_of_post"),
        (Duty(DAY, "day", "受理01", seat="长" * 33), "bad_seat"),
    ],
)
def test_that_a_bad_duty_is_refused_and_changes_nothing(centre: Store, duty: Duty, code: str) -> None:
    loaded(centre, *TODAY)
    with pytest.raises(Refused) as refused, centre.write() as unit:
        put_duty(unit, duty, by=BOSS, at=MONDAY)
    assert refused.value.code == code
    assert duty_at(centre, MONDAY).duties == TODAY[:2]


def test_that_an_operator_may_not_edit_the_roster(centre: Store) -> None:
    with pytest.raises(Refused, match="needs_post"):
        loaded(centre, *TODAY, by="受理01")


def test_that_a_shift_lead_twice_is_refused(centre: Store) -> None:
    with pytest.raises(Refused, match="second_leader"):
        loaded(centre, *TODAY, Duty(DAY, "day", "值班长01", leads=True))


def test_that_a_site_sets_its_own_shifts_and_keeps_those_in_use(centre: Store) -> None:
    long = (Shift("day", "白班", "Day", time(8), time(20)), Shift("dark", "夜班", "", time(20), time(8)))
    with centre.write() as unit:
        set_shifts(unit, long, by=BOSS, at=MONDAY)
    found = duty_at(centre, MONDAY + timedelta(hours=10))  # seven in the evening
    assert found.turn is not None
    assert found.turn.shift.code == "day"
    loaded(centre, Duty(DAY, "dark", BOSS))
    night = duty_at(centre, MONDAY + timedelta(hours=17), BOSS)  # two in the morning of the next day
    assert night.turn is not None
    assert (night.turn.day, [one.person for one in night.duties]) == (DAY, [BOSS])
    for shifts, code in (((), "no_shifts"), (long[:1], "shift_in_use"), (long + long[:1], "shift_repeated")):
        with pytest.raises(Refused, match=code), centre.write() as unit:
            set_shifts(unit, shifts, by=BOSS, at=MONDAY)


def test_that_of_overlapping_turns_a_person_is_in_his_own(centre: Store) -> None:
    shifts = (Shift("a", "甲班", "", time(8), time(17)), Shift("b", "乙班", "", time(16), time(0)))
    with centre.write() as unit:
        set_shifts(unit, shifts, by=BOSS, at=MONDAY)
    loaded(centre, Duty(DAY, "a", "受理01"), Duty(DAY, "b", "受理02"))
    now = MONDAY + timedelta(hours=7, minutes=30)
    for person, shift in (("受理01", "a"), ("受理02", "b"), (BOSS, "b")):
        turn = duty_at(centre, now, person).turn
        assert turn is not None
        assert turn.shift.code == shift
