"""What colours the map is what anybody would count case by case: from rows, from sets, on both databases."""

import random
import statistics
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice

import numpy as np
import pytest

from console.domain.case import Case, opening
from console.domain.city import UnitGrid
from console.domain.colouring import (
    COLOURINGS,
    CYCLE,
    FEW,
    FEWEST,
    Colouring,
    Ground,
    Wish,
    level_of,
    quantiles,
)
from console.domain.evaluation import COUNTS, RATIOS
from console.domain.flow import ENDED, State
from console.domain.operation import Operation
from console.queries.colouring import Colours
from console.queries.map import OpenPoints
from console.runtime.sealing import sealed
from console.storage.sets import seal as blocks
from console.storage.unit import Store
from tests.cities import small_city
from tests.lives import BY, MONDAY
from tests.queries.population import NOW, made
from tests.queries.test_board_counts import Flag, in_time

GRIDS = small_city().unit_grids
MIDNIGHT = NOW - timedelta(hours=10)
DAYS = 7


@pytest.fixture
def cases(city_store: Store, monkeypatch: pytest.MonkeyPatch) -> list[Case]:
    """Cases in a third of the grids, so that some areas have many and some have few."""
    monkeypatch.setattr(blocks, "BLOCK_BITS", 7)
    monkeypatch.setattr("console.storage.sets.columns._FEW", 3)  # so that both rows and columns are asked
    monkeypatch.setattr("console.runtime.sealing.BLOCK_BITS", 7)
    monkeypatch.setattr("console.storage.sets.reading.BLOCK_BITS", 7)
    dice = random.Random(20)
    told = []
    with city_store.write() as unit:
        for number in range(600):
            grid = dice.choice(GRIDS[: 6 if number < 150 else 36])
            case = put_in(made(number, dice), grid, dice)
            fact = opening(case, operation=Operation.IMPORT, at=MONDAY, by=BY)
            case = replace(case, version=1)
            told.append(replace(case, id=unit.add(case, fact)))
    return told


def put_in(case: Case, grid: UnitGrid, dice: random.Random) -> Case:
    return replace(
        case, lon=grid.lon, lat=grid.lat, cell=grid.code, responsibility_grid=grid.responsibility_grid,
        street=grid.street, district=grid.district, committee=grid.committee, external_id="",
        reported_at=NOW - timedelta(hours=dice.randrange(0, 300)),
        ended_at=NOW - timedelta(minutes=dice.randrange(0, 16_000)) if case.state in ENDED else None,
    )  # fmt: skip


def code_of(case: Case, ground: Ground) -> str:
    if ground is Ground.AREA:
        return case.committee or case.district
    return str(getattr(case, ground.value))


def by_hand(cases: list[Case], wish: Wish) -> dict[str, tuple[float | None, int]]:
    """The value of every area that has one, and of how many cases it is."""
    since = NOW - timedelta(days=wish.days)
    groups: defaultdict[str, list[Case]] = defaultdict(list)
    for case in cases:
        groups[code_of(case, wish.ground)].append(case)
    return {code: value_of(some, wish.colouring, since, wish, code) for code, some in groups.items()}


def value_of(
    cases: list[Case], colouring: Colouring, since: datetime, wish: Wish, code: str
) -> tuple[float | None, int]:
    if colouring.ratio is not None:
        part, whole = (
            sum(counts(case, name, since) for case in cases)
            for name in (colouring.ratio.part, colouring.ratio.whole)
        )
        return (part / whole if whole else None), whole
    if colouring.kind == "hours":
        hours = [
            (case.ended_at - case.reported_at) / timedelta(hours=1)
            for case in cases
            if case.state is State.CLOSED and case.ended_at is not None and since <= case.ended_at < NOW
        ]
        return (statistics.median(hours) if hours else None), len(hours)
    if colouring.count is not None:
        number = sum(counts(case, colouring.count, since) for case in cases)
    elif colouring.key == "today":
        number = sum(case.reported_at >= MIDNIGHT for case in cases)
    else:
        number = sum(
            case.state not in ENDED
            and (
                colouring.key != "overdue" or (case.current_due_at is not None and case.current_due_at < NOW)
            )
            for case in cases
        )
    if colouring.kind == "density":
        return number / sum(g.area_m2 / 1e6 for g in GRIDS if grid_code(g, wish.ground) == code), number
    return float(number), number


def grid_code(grid: UnitGrid, ground: Ground) -> str:
    if ground is Ground.AREA:
        return grid.committee or grid.district
    return grid.code if ground is Ground.CELL else str(getattr(grid, ground.value))


def counts(case: Case, count: str, since: datetime) -> bool:
    """The count of the board, once more and case by case, over the days up to NOW."""

    def within(moment: datetime | None) -> bool:
        return moment is not None and since <= moment < NOW

    if count in {"accepted", "filed", "dispatched"}:
        return within(getattr(case, f"{count}_at"))
    if count == "effective":
        return within(case.dispatched_at) and not case.redispatches
    if case.due_at is None or case.state in {State.VOIDED, State.FORCED_CLOSED} or Flag.EXEMPT in case.flags:
        return False
    if not within(min(case.due_at, case.fed_back_at or case.due_at)):
        return False
    return {
        "to_handle": True,
        "handled": case.fed_back_at is not None,
        "handled_in_time": in_time(case),
        "to_close": True,
        "closed": case.state is State.CLOSED,
        "closed_in_time": case.state is State.CLOSED and in_time(case),
        "reworked": case.reworks > 0,
        "extended": case.extensions > 0,
    }[count]


def seal(store: Store) -> Iterator[None]:
    yield
    list(islice(sealed(store, worth=1, loose=1), None))
    with store.read() as view, view.sets() as sets:
        assert sets is not None
    yield


def test_that_every_colouring_over_every_area_is_what_is_counted_by_hand(
    city_store: Store, cases: list[Case]
) -> None:
    told = 0
    for _sealed in seal(city_store):
        colours = Colours(OpenPoints().look)
        for colouring in COLOURINGS:
            for ground in Ground:
                wish = Wish(colouring.key, ground, DAYS)
                expected = by_hand(cases, wish)
                with city_store.read() as view:
                    found = colours.coloured(view, wish, NOW, MIDNIGHT)
                for at, code in enumerate(found.areas.codes):
                    value, whole = expected.get(code, (None if colouring.judged else 0.0, 0))
                    assert found.whole[at] == whole, (wish, code)
                    assert found.value[at] == pytest.approx(np.nan if value is None else value, nan_ok=True)
                    told += bool(whole)
    assert told > 2_000


def test_that_every_grid_has_the_class_of_its_area_and_too_few_cases_have_their_own(
    city_store: Store, cases: list[Case]
) -> None:
    colours = Colours(OpenPoints().look)
    seen: set[int] = set()
    for key in ("rework_rate", "in_time_rate", "time_to_close", "open", "overdue"):
        for ground in (Ground.CELL, Ground.RESPONSIBILITY, Ground.AREA):
            wish = Wish(key, ground, DAYS)
            with city_store.read() as view:
                found = colours.coloured(view, wish, NOW, MIDNIGHT)
            colouring = wish.colouring
            for cell, grid in enumerate(GRIDS):
                at = found.areas.place[grid_code(grid, ground)]
                level = found.levels[cell]
                seen.add(level)
                if colouring.judged and found.whole[at] < FEWEST:
                    assert level == FEW
                else:
                    assert level == level_of(found.value[at], found.breaks, colouring.better)
    assert seen == {0, 1, 2, 3, 4, 5, FEW}


def test_that_a_grid_that_the_city_has_no_more_is_nobodys(city_store: Store, cases: list[Case]) -> None:
    with city_store.write() as unit:
        case = replace(cases[0], code="20260309999", cell="410105001001999", state=State.CLOSED, ended_at=NOW)
        unit.add(replace(case, version=0), opening(case, operation=Operation.IMPORT, at=MONDAY, by=BY))
    with city_store.read() as view:
        found = Colours(OpenPoints().look).coloured(view, Wish("count_accepted", Ground.CELL), NOW, MIDNIGHT)
    assert "410105001001999" not in found.areas.codes


def test_that_quantiles_hold_about_equally_many_and_never_part_equal_values() -> None:
    assert quantiles([]) == quantiles([0, 0]) == ()
    assert quantiles([3, 3, 3]) == (3,)
    assert quantiles([1, 2, 3, 4, 5, 0, 0]) == (1, 2, 3, 4, 5)
    dice = random.Random(3)
    values = [dice.lognormvariate(3, 1) for _ in range(1000)]
    breaks = quantiles(values)
    sizes = [sum(level_of(value, breaks) == level for value in values) for level in range(1, 6)]
    assert sum(sizes) == 1000
    assert max(sizes) - min(sizes) <= 1


def test_that_where_high_is_better_the_worst_has_the_highest_class() -> None:
    breaks = (0.99, 0.95, 0.9, 0.8, 0.6)
    assert [level_of(share, breaks, "high") for share in (1, 0.99, 0.97, 0.93, 0.85, 0.7, 0.1)] == [
        0, 0, 1, 2, 3, 4, 5,
    ]  # fmt: skip


def test_that_every_indicator_of_the_seventh_step_can_be_chosen() -> None:
    assert {one.key for one in RATIOS} <= {one.key for one in COLOURINGS}
    assert {one.count for one in COLOURINGS if one.count} == set(COUNTS)
    assert set(CYCLE) <= {one.key for one in COLOURINGS}
