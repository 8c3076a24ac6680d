"""Deadlines counted for many clocks at once are those of the single clock."""

from datetime import datetime, timedelta
from random import Random

import numpy as np
import pytest

from console.domain.catalogue import Limit, LimitUnit
from console.domain.clock import Visit, counted, due, soon
from console.domain.errors import Refused
from console.storage.columns import instant, ticks
from console.storage.deadlines import Deadlines, gathered
from tests.domain.times import at, plain_calendar

BEGIN = at("2025-01-01 00:00")
VALUES = (0, 0.5, 1, 2, 3.7, 5)


def some_visits(random: Random) -> list[Visit]:
    """One to five visits of two departments, some joined; the last one open in two of three."""
    now = BEGIN + timedelta(microseconds=random.randrange(400 * 86_400_000_000))
    visits = []
    for _ in range(random.randint(1, 5)):
        stop = now + timedelta(
            minutes=random.choice((0, 1, 60, 240, 600, 3000)), microseconds=random.randrange(9)
        )
        visits.append(Visit(random.choice("AB"), now, stop, random.random() < 0.4))
        now = stop + timedelta(minutes=random.choice((0, 1, 90, 900, 9000)))
    if random.random() < 0.66:
        visits[-1] = Visit(visits[-1].department, visits[-1].start, None, visits[-1].joins)
    return visits


@pytest.mark.parametrize("bundled", [True, False])
def test_that_many_clocks_have_the_deadlines_of_each_alone(bundled: bool) -> None:
    random, calendar = Random(3), plain_calendar()
    clocks = [
        (
            Limit(random.choice(VALUES), random.choice(list(LimitUnit))),
            random.randint(0, 2),
            counted(some_visits(random), bundled=bundled),
        )
        for _ in range(2000)
    ]
    found = Deadlines.of(calendar).over(gathered(clocks))
    assert [list(map(instant, times.tolist())) for times in found] == [
        [due(calendar, *clock) for clock in clocks],
        [soon(calendar, *clock) for clock in clocks],
    ]


def test_that_many_amounts_are_reached_when_each_alone_is() -> None:
    random, calendar = Random(4), plain_calendar()
    starts = [BEGIN + timedelta(microseconds=random.randrange(500 * 86_400_000_000)) for _ in range(2000)]
    amounts = [timedelta(minutes=random.choice((0, 1, 60, 240, 480, 2400))) for _ in starts]
    found = Deadlines.of(calendar).reached(
        np.array([ticks(start) for start in starts]),
        np.array([amount // timedelta(microseconds=1) for amount in amounts]),
    )
    alone = [calendar.after(start, amount) for start, amount in zip(starts, amounts, strict=True)]
    assert list(map(instant, found.tolist())) == alone


@pytest.mark.parametrize("start", [at("2003-12-31 23:59"), at("2029-12-31 17:00"), at("2030-01-01 00:00")])
def test_that_what_lies_beyond_the_calendar_is_refused_as_for_one_clock(start: datetime) -> None:
    visits = (Visit("A", start),)
    with pytest.raises(Refused, match="calendar_out_of_range"):
        due(plain_calendar(), Limit(2, LimitUnit.WORK_HOUR), 0, visits)
    with pytest.raises(Refused, match="calendar_out_of_range"):
        Deadlines.of(plain_calendar()).over(gathered([(Limit(2, LimitUnit.WORK_HOUR), 0, visits)]))


def test_that_no_clocks_have_no_deadlines() -> None:
    due_at, soon_at = Deadlines.of(plain_calendar()).over(gathered([]))
    assert (len(due_at), len(soon_at)) == (0, 0)
