"""The past is what the journal tells: every second of it equals a plain fold that shares no code with it."""

import random
from collections import Counter
from datetime import datetime, timedelta
from itertools import islice

import pytest

from console.domain.errors import Refused
from console.domain.flow import Step
from console.domain.replay import LONGEST, Period
from console.queries import past as engine
from console.queries.past import Past
from console.queries.replay import Reading, journal_span, read_past
from console.runtime.sealing import sealed
from console.storage.sets import seal as blocks
from console.storage.unit import Store
from tests.cities import small_city
from tests.queries.pasts import HOUR, SINCE, UNTIL, PlainFold, Told, micros, populate

SECOND = timedelta(seconds=1)
DAY = Period(SINCE, UNTIL)
CELLS = [grid.code for grid in small_city().unit_grids]


def read(store: Store, period: Period = DAY) -> Past:
    with store.read() as view:
        return read_past(view, period)


def told(past: Past, at: datetime) -> dict[int, Told]:
    return {
        one.id: Told(
            one.code,
            one.state.value,
            one.lamp.value,
            None if one.due_at is None else micros(one.due_at),
            None if one.position is None else CELLS[one.position],
            one.lon,
            one.reworks,
            one.supervision,
        )
        for one in past.at(at).cases()
    }


@pytest.fixture
def lived(city_store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setattr(engine, "_KEY_FRAME", 16)  # a few hundred stretches lie in many key frames
    populate(city_store)
    return city_store


def test_that_a_thousand_seconds_equal_an_independent_fold(lived: Store) -> None:
    past, plain = read(lived), PlainFold(lived)
    dice = random.Random(11)
    edges = [SINCE, UNTIL, SINCE + HOUR, SINCE + HOUR + timedelta(microseconds=1)]
    seconds = [SINCE + dice.randrange(0, 86_401) * SECOND for _ in range(1000)]
    open_ones = set()
    for at in [*edges, *seconds]:
        expected = plain.at(at)
        assert told(past, at) == expected
        open_ones |= expected.keys()
    assert len(open_ones) > 40  # else nothing was compared


def test_that_cells_and_steps_are_counted_as_the_fold_counts_them(lived: Store) -> None:
    past, plain = read(lived), PlainFold(lived)
    for hour in range(25):
        at = SINCE + hour * HOUR
        moment, expected = past.at(at), plain.at(at)
        cells = Counter(one.cell for one in expected.values() if one.cell and one.lon is not None)
        counts = moment.counts()
        assert {CELLS[k]: int(n) for k, n in enumerate(counts) if n} == dict(cells)
        assert {step.value: n for step, (n, _late) in moment.steps().items() if n} == dict(plain.steps(at))
        assert moment.late == sum(one.lamp == "late" for one in expected.values())
        assert sum(late for _n, late in moment.steps().values()) == moment.late
        assert moment.day(SINCE)[1] == plain.ended(SINCE, at)
    assert moment.steps()[Step.EVALUATION] == (0, 0)


def test_that_the_curve_is_what_the_moments_say(lived: Store) -> None:
    past = read(lived)
    open_cases, late = past.curve(49)
    for k in range(49):
        moment = past.at(SINCE + k * HOUR / 2)
        assert (open_cases[k], late[k]) == (moment.open, moment.late)


def test_that_what_happened_is_told_in_its_order_and_stepped_through(lived: Store) -> None:
    past, plain = read(lived), PlainFold(lived)
    lines = sorted(
        at
        for told_lines in plain.journals.values()
        for _number, at, _changes in told_lines
        if micros(SINCE) <= at <= micros(UNTIL)
    )
    at, walked = past.period.since - SECOND, []
    while (following := past.after(at)) is not None:
        walked.append(micros(following))
        assert past.before(following + timedelta(microseconds=1)) == following
        at = following
    assert walked == sorted(set(lines))
    middle = past.period.since + 12 * HOUR
    events = past.around(middle, 5, 5)
    assert [one.at for one in events] == sorted(one.at for one in events)
    assert len(events) == 10
    assert sum(one.at <= middle for one in events) == 5


def test_that_a_sealed_store_tells_the_same_past(lived: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for place in (blocks, "console.runtime.sealing", "console.storage.sets.reading"):
        name = place if isinstance(place, str) else place.__name__
        monkeypatch.setattr(f"{name}.BLOCK_BITS", 7)
    before = told(read(lived), SINCE + 9 * HOUR)
    list(islice(sealed(lived, worth=1, loose=1), None))
    with lived.read() as view, view.sets() as sets:
        assert sets is not None
    assert told(read(lived), SINCE + 9 * HOUR) == before


def test_that_a_long_period_is_told_by_the_full_hour(lived: Store) -> None:
    period = Period(SINCE - timedelta(days=20) + 17 * SECOND, UNTIL + timedelta(days=20))
    past, plain = read(lived, period), PlainFold(lived)
    dice = random.Random(3)
    for _ in range(100):
        at = SINCE + dice.randrange(-100, 100) * HOUR
        assert told(past, at) == plain.at(at)
        assert told(past, at + 40 * SECOND) == plain.at(at)
    assert past.around(SINCE, 5, 5) == []
    assert len(past.columns.case) < len(read(lived, Period(SINCE - timedelta(days=15), UNTIL)).columns.case)


def test_that_an_instant_outside_the_period_is_that_of_its_edge(lived: Store) -> None:
    past = read(lived)
    assert told(past, SINCE - HOUR) == told(past, SINCE)
    assert told(past, UNTIL + HOUR) == told(past, UNTIL)


def test_that_a_reading_tells_how_far_it_is_and_can_be_broken_off(lived: Store) -> None:
    seen: list[tuple[int, int]] = []
    with lived.read() as view:
        read_past(view, DAY, Reading(lambda done, whole: seen.append((done, whole))))
        assert seen[-1][0] == seen[-1][1] > 0
        with pytest.raises(Refused, match="interrupted"):
            read_past(view, DAY, Reading(cancelled=lambda: True))


def test_that_an_empty_city_has_a_past_in_which_nothing_happened(city_store: Store) -> None:
    past = read(city_store)
    assert past.at(SINCE).cases() == []
    assert past.at(SINCE).counts().sum() == 0
    assert past.around(SINCE, 3, 3) == []
    assert past.after(SINCE) is past.before(UNTIL) is None
    assert [list(one) for one in past.curve(3)] == [[0, 0, 0], [0, 0, 0]]
    with city_store.read() as view:
        assert journal_span(view) is None


def test_that_a_period_is_neither_empty_nor_endless() -> None:
    for until in (SINCE, SINCE - SECOND, SINCE + LONGEST + SECOND):
        with pytest.raises(ValueError, match="cannot be played"):
            Period(SINCE, until)
