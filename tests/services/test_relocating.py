"""A wrong point put right: what follows it, what stays, and that it can be taken back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from console.domain.acts import act
from console.domain.boundary import Border
from console.domain.case import Case
from console.domain.catalogue import Limit, LimitUnit
from console.domain.clock import due
from console.domain.errors import Refused
from console.domain.flow import State
from console.domain.operation import Operation
from console.domain.practice import OPEN
from console.geography.distance import metres_from
from console.queries.boundaries import boundaries
from console.queries.case import case_card
from console.queries.verify import mismatches
from console.services.relocating import foreseen_place
from console.services.steps import Told, take_step, undo_step
from console.storage.unit import Store
from tests.cities import ERQI, JINSHUI, SOUTH, STEP_LAT, STEP_LON, WEST, ZHENGDONG, small_catalogue
from tests.lives import (
    BY,
    ELSEWHERE,
    INSIDE,
    MINUTE,
    MONDAY,
    WAY,
    anybody,
    calendar,
    inputs,
    registered,
    taken,
    walked,
)

MOVE = Told(place=ELSEWHERE, note="坐标采集有误")


def moved(store: Store, case: Case, told: Told = MOVE) -> Case:
    with store.write() as unit:
        return take_step(unit, case.code, Operation.RELOCATE, told, by=BY, at=MONDAY + 30 * MINUTE)


def test_that_grids_and_divisions_follow_and_the_journal_tells_both_places(city_store: Store) -> None:
    case = registered(city_store)
    after = moved(city_store, case)
    assert (case.district, after.district, after.committee) == (JINSHUI, ERQI, ZHENGDONG)
    assert (after.lon, after.lat) == ELSEWHERE
    assert after.cell != case.cell
    with city_store.read() as view:
        fact = case_card(view, case.code, MONDAY, BY).facts[-1]
        assert list(mismatches(view)) == [1]
    assert fact.note == "坐标采集有误"
    assert fact.details["place"] == {"from": [*INSIDE, case.cell], "to": [*ELSEWHERE, after.cell]}


def test_that_it_can_be_taken_back_within_the_grace(city_store: Store) -> None:
    case = taken(city_store, registered(city_store), *WAY[State.HANDLING])
    moved(city_store, case)
    with city_store.write() as unit:
        back = undo_step(unit, case.code, by=BY, at=MONDAY + 30 * MINUTE + timedelta(seconds=5))
    assert replace(back, version=case.version) == case


@pytest.mark.parametrize(
    ("told", "code"),
    [(Told(note="有误"), "needs_place"), (Told(place=ELSEWHERE), "needs_reason"),
     (Told(place=(0.0, 0.0), note="有误"), "place_outside"), (Told(place=INSIDE, note="有误"), "same_place")],
)  # fmt: skip
def test_that_a_move_to_nowhere_or_without_a_reason_is_refused(
    city_store: Store, told: Told, code: str
) -> None:
    case = registered(city_store)
    with pytest.raises(Refused) as problem:
        moved(city_store, case, told)
    assert problem.value.code == code


def tiered(case: Case, tier: str) -> tuple[Case, dict[str, object]]:
    """The act in a city whose other district has another tier, with another limit there."""
    found = small_catalogue().by_key[case.class_key]
    twice = Limit(found.conditions[0].limit.value * 2, LimitUnit.WORK_HOUR)
    condition = replace(found.conditions[0], variants={"III": twice})
    told = replace(inputs(Operation.RELOCATE, case), case_class=replace(found, conditions=(condition,)))
    after, fact = act(
        case, Operation.RELOCATE, told, actor=anybody(), at=MONDAY + 60 * MINUTE,
        calendar=calendar(), practice=replace(OPEN, tiers={ERQI: tier}),
    )  # fmt: skip
    return after, fact.changes


def test_that_the_deadline_follows_the_limit_of_the_new_tier_by_the_one_formula() -> None:
    case, _facts = walked(*WAY[State.HANDLING])
    after, _changes = tiered(case, "III")
    assert (after.limit_value, after.visits) == (2 * case.limit_value, case.visits)
    assert after.due_at == due(calendar(), Limit(after.limit_value, LimitUnit.WORK_HOUR), 0, case.visits)
    assert after.due_at > case.due_at
    assert after.current_due_at == after.due_at


def test_that_an_area_of_the_same_tier_leaves_the_clock_alone() -> None:
    case, _facts = walked(*WAY[State.HANDLING])
    after, changes = tiered(case, "II")
    assert (after.due_at, after.limit_value) == (case.due_at, case.limit_value)
    assert not {"due_at", "limit_value", "current_due_at"} & changes.keys()


def test_that_a_case_that_was_answered_keeps_the_deadline_it_is_judged_by() -> None:
    case, _facts = walked(*WAY[State.FED_BACK])
    after, _changes = tiered(case, "III")
    assert (after.due_at, after.limit_value) == (case.due_at, case.limit_value)


def test_that_the_preview_is_what_the_act_then_does(city_store: Store) -> None:
    case = taken(city_store, registered(city_store), *WAY[State.TO_DISPATCH])
    with city_store.read() as view:
        found = foreseen_place(view, case.code, ELSEWHERE, by=BY, at=MONDAY + 30 * MINUTE)
    assert found.before == case
    assert found.advised_before != found.advised_after
    assert moved(city_store, case) == found.after


def test_that_the_nearest_borders_are_told_with_both_sides(city_store: Store) -> None:
    lon, lat = WEST + 5.9 * STEP_LON, SOUTH + 1.5 * STEP_LAT  # a tenth of a cell west of the other district
    with city_store.read() as view:
        found = {one.border: one for one in boundaries(view, lon, lat)}
        here, there = (view.places.at(lon + step * STEP_LON, lat) for step in (0, 0.2))
    away = metres_from(lon, lat, [WEST + 6 * STEP_LON], [lat])[0]
    assert here is not None
    assert there is not None
    for border, name in (
        (Border.CELL, "cell"),
        (Border.GRID, "responsibility_grid"),
        (Border.AREA, "district"),
    ):
        assert found[border].metres == pytest.approx(away, abs=0.05)
        assert (found[border].here, found[border].there) == (getattr(here, name), getattr(there, name))
        assert found[border].is_doubtful
    with city_store.read() as view:
        assert boundaries(view, 0, 0) == ()
        middle = {one.border: one for one in boundaries(view, *INSIDE)}
    assert middle[Border.CELL].metres > 50
    assert not middle[Border.CELL].is_doubtful
