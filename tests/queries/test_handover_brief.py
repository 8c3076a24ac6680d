"""A brief mentions every planted case that must be mentioned, each for its reason, and no other."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from console.adapters.practice import standard
from console.domain.actor import Post
from console.domain.case import opening
from console.domain.duty import Duty
from console.domain.flow import Step
from console.domain.handover import LISTED, LONGEST_TEXT, Brief, Why
from console.domain.operation import Operation
from console.domain.staff import Member
from console.queries.handover import handover_brief
from console.services.practice import load_practice, load_staff
from console.services.roster import load_roster
from console.storage.unit import Store
from console.words.handover import short_text
from tests.cities import ERQI, JINSHUI
from tests.lives import BY
from tests.queries.planted import MUST, NEED_NOT, NEXT_UNTIL, NOW, SINCE, base, due, plant

CITY = ZoneInfo("Asia/Shanghai")
PEOPLE = (
    Member("领导01", frozenset({Post.LEADER})),
    Member("派遣01", frozenset({Post.DISPATCHER})),
    Member("金水01", frozenset({Post.DISTRICT_DISPATCHER}), division=JINSHUI),
    Member("二七01", frozenset({Post.DISTRICT_DISPATCHER}), division=ERQI),
    Member("二七局01", frozenset({Post.DEPARTMENT_DESK}), department="D103"),
)


def brief(store: Store, by: str = BY) -> Brief:
    with store.read() as view:
        return handover_brief(view, NOW, by)


def test_that_every_must_mention_item_is_in_the_brief_and_nothing_else(city_store: Store) -> None:
    codes = plant(city_store)
    found = {item.code: {reason.why for reason in item.reasons} for item in brief(city_store).items}
    missing = {name for name, (why, *_rest) in MUST.items() if why not in found.get(codes[name], set())}
    assert not missing
    assert not {name for name in NEED_NOT if codes[name] in found}
    assert len(found) == len(MUST)


def test_that_the_brief_is_of_the_shift_that_runs_and_of_the_one_that_follows(city_store: Store) -> None:
    told = brief(city_store)
    assert (told.since, told.next_until) == (SINCE, NEXT_UNTIL)
    assert (told.shift[0], told.next_shift[0]) == ("白班", "中班")


def test_that_the_weightiest_comes_first_and_a_case_is_told_once(city_store: Store) -> None:
    plant(city_store)
    items = brief(city_store).items
    weights = [list(Why).index(item.why) for item in items]
    assert weights == sorted(weights)
    assert len({item.code for item in items}) == len(items)
    asked = next(item for item in items if {r.why for r in item.reasons} == {Why.PROMISE, Why.APPLICATION})
    assert [reason.why for reason in asked.reasons] == [Why.PROMISE, Why.APPLICATION]


def test_that_the_figures_are_those_of_the_shift(city_store: Store) -> None:
    plant(city_store)
    totals = brief(city_store).totals
    assert (totals.reported, totals.ended) == (0, 2)  # urgent but closed, closed today
    left = {one.step: (one.number, one.late, one.soon) for one in totals.left}
    assert left[Step.HANDLING][1:] == (3, 1)
    assert totals.open == len(MUST) + len(NEED_NOT) - 9


@pytest.mark.parametrize(
    ("by", "sees"),
    [("派遣01", len(MUST)), ("金水01", len(MUST)), ("二七01", 0), ("二七局01", 0)],
)
def test_that_a_seat_is_told_what_lies_in_its_reach(city_store: Store, by: str, sees: int) -> None:
    with city_store.write() as unit:
        load_staff(unit, PEOPLE, by="领导01", at=NOW)
    plant(city_store)
    assert len(brief(city_store, by).items) == sees


def test_that_who_hands_over_late_tells_of_the_shift_he_was_on(city_store: Store) -> None:
    day = NOW.date()
    with city_store.write() as unit:
        load_roster(unit, [Duty(day, "day", BY), Duty(day, "evening", "接班01")], by=BY, at=NOW)
    with city_store.read() as view:
        late = handover_brief(view, NOW + timedelta(hours=1), BY)
        other = handover_brief(view, NOW + timedelta(hours=1), "接班01")
    assert (late.shift[0], other.shift[0]) == ("白班", "中班")


def test_that_the_short_text_fits_and_begins_with_what_weighs_most(city_store: Store) -> None:
    plant(city_store)
    told = brief(city_store)
    text = short_text(told, CITY)
    assert len(text) <= LONGEST_TEXT
    assert text.index("紧急 2") < text.index("督办未复 2")
    urgent = told.items[0].code
    assert "紧急 1" in short_text(told, CITY, struck=[urgent])
    assert "先看这件" in short_text(told, CITY, remarks={urgent: "先看这件"})


def test_that_what_is_urgent_by_its_class_is_told(city_store: Store) -> None:
    with city_store.write() as unit:
        load_practice(unit, standard(), by=BY, at=NOW)
        case = replace(base("2026030800001"), class_key="event:0506", version=1)
        unit.add(case, opening(case, operation=Operation.IMPORT, at=NOW, by=BY))
    assert [item.why for item in brief(city_store).items] == [Why.URGENT]


def test_that_many_are_counted_where_they_are_not_listed_and_the_earliest_are(city_store: Store) -> None:
    with city_store.write() as unit:
        lives = []
        first = unit.cases.reserve("case", LISTED + 50)
        for number in range(LISTED + 50):
            case = due(base(f"20260307{number:05d}"), NOW + timedelta(minutes=1 + number), NOW)
            case = replace(case, id=first + number, version=1)
            lives.append((case, [opening(case, operation=Operation.IMPORT, at=NOW, by=BY)]))
        unit.cases.add_many(lives)
    told = brief(city_store)
    assert told.counts[Why.SOON] == LISTED + 50
    assert told.left_off == {Why.SOON: 50}
    assert [item.code for item in told.items] == [f"20260307{number:05d}" for number in range(LISTED)]
    assert len(short_text(told, CITY)) <= LONGEST_TEXT
