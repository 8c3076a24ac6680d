"""The clock agrees with one that walks every minute, over random cities, limits, pauses and extensions.

CLOCK_TRIALS says how many cases are tried (2,000 where nobody says); CLOCK_SEED where the dice begin.
"""

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random

import numpy as np
import pytest

from console.domain.calendar import CalendarTable, WorkCalendar, WorkPeriods
from console.domain.catalogue import Limit, LimitUnit
from console.domain.clock import Visit, counted, due, soon, used
from console.storage.columns import ticks
from console.storage.deadlines import Deadlines, gathered
from tests.domain.oracle import DAY, City, Story, walked

DAYS = 45
ZONES = {"Asia/Shanghai": 480, "Asia/Kolkata": 330, "Asia/Kathmandu": 345, "UTC": 0}  # minutes ahead of UTC
MINUTE = timedelta(minutes=1)
WEEKS = (range(5), range(5), range(6), range(7), (0, 2, 4))
PACE = (1, 5, 30, 90, 300, 700, 1500, 4000)  # minutes between acts
TRIALS = int(os.environ.get("CLOCK_TRIALS", "2000"))
SEED = int(os.environ.get("CLOCK_SEED", "1"))


def some_hours(random: Random) -> tuple[tuple[int, int], ...]:
    """One to three work periods of a day, on any minute, an hour together at least."""
    while True:
        edges = sorted(random.sample(range(6 * 60, 22 * 60), 2 * random.randint(1, 3)))
        periods = tuple(zip(edges[::2], edges[1::2], strict=True))
        if sum(end - begin for begin, end in periods) >= 60:
            return periods


def some_city(random: Random) -> City:
    first = date(2026, 1, 1) + timedelta(days=random.randrange(300))
    days = [first + timedelta(days=number) for number in range(DAYS)]
    changes = [first, *sorted(random.sample(days[1:], random.randint(0, 2)))]
    hours = [(since, some_hours(random), frozenset(random.choice(WEEKS))) for since in changes]
    odd = {day: random.random() < 0.4 for day in random.sample(days, random.randint(0, 12))}
    return City(first, hours, odd)


def some_story(random: Random) -> Story:
    """A case that is dispatched and then paused, resumed, stopped, reworked or given to another."""
    minute, department = random.randrange(10 * DAY), random.choice("AB")
    acts = [(minute, "start", department)]
    turn = minute
    state = "start"
    for _ in range(random.choice((0, 0, 1, 2, 3, 4, 6))):
        minute += random.choice(PACE) + random.randrange(3)
        state = random.choice(NEXT[state])
        if state == "start":
            department, turn = random.choice("AB"), minute
        acts.append((minute, state, department))
    if state in {"pause", "stop"}:
        minute += random.choice(PACE)
        state = "resume" if state == "pause" else "start"
        turn = minute if state == "start" else turn
        acts.append((minute, state, department))
    asked = random.randrange(turn, max(turn, minute) + 5 * DAY)
    value = random.choice((0.5, 1, 1.5, 2, 4, 8))
    unit = random.choice(("urgent_hour", "work_hour", "work_hour", "work_day"))
    return Story(value, unit, random.choice((0, 0, 1, 2)), random.random() < 0.5, tuple(acts), asked)


NEXT = {
    "start": ("pause", "stop", "start"),
    "resume": ("pause", "stop", "start"),
    "pause": ("resume",),
    "stop": ("start",),
}


def calendar_of(city: City, zone: str) -> WorkCalendar:
    seasons = tuple(
        WorkPeriods(since, tuple((time(*divmod(a, 60)), time(*divmod(b, 60))) for a, b in periods), weekdays)
        for since, periods, weekdays in city.hours
    )
    last = city.first + timedelta(days=DAYS + 700)
    return WorkCalendar(CalendarTable(zone, seasons, city.odd), city.first - timedelta(days=1), last)


def visits_of(story: Story, midnight: datetime) -> list[Visit]:
    """The acts as the visits that the console keeps."""
    visits: list[Visit] = []
    for minute, kind, department in story.acts:
        at = midnight + minute * MINUTE
        if visits and visits[-1].stop is None:
            visits[-1] = Visit(visits[-1].department, visits[-1].start, at, visits[-1].joins)
        if kind in {"start", "resume"}:
            visits.append(Visit(department, at, None, kind == "resume"))
    return visits


def rounds(trials: int) -> Iterator[tuple[Random, int]]:
    each = max(100, min(5000, trials // 8))
    for number in range(-(-trials // each)):
        yield Random(SEED * 1_000_003 + number), min(each, trials - number * each)


@pytest.mark.timeout(0)
def test_that_the_clock_agrees_with_one_that_walks_every_minute() -> None:
    reached = 0
    for random, number in rounds(TRIALS):
        city, zone = some_city(random), random.choice(sorted(ZONES))
        stories = [some_story(random) for _ in range(number)]
        found = walked(city, stories, DAYS)
        calendar = calendar_of(city, zone)
        midnight = datetime.combine(city.first, time(), UTC) - ZONES[zone] * MINUTE
        end = midnight + DAYS * DAY * MINUTE
        clocks = [
            (
                Limit(story.value, LimitUnit(story.unit)),
                story.extensions,
                counted(visits_of(story, midnight), bundled=story.bundled),
            )
            for story in stories
        ]
        for place, clock in enumerate(clocks):
            told = f"{city} {stories[place]}"
            for minute, moment in (
                (int(found.due[place]), due(calendar, *clock)),
                (int(found.soon[place]), soon(calendar, *clock)),
            ):
                assert moment == midnight + minute * MINUTE if minute >= 0 else moment > end, told
            now = midnight + stories[place].asked * MINUTE
            limit, _, visits = clock
            assert used(calendar, limit, visits, now) == int(found.used[place]) * MINUTE, told
        at_once = Deadlines.of(calendar).over(gathered(clocks))
        for minutes, moments in zip((found.due, found.soon), at_once, strict=True):
            inside = minutes >= 0
            assert (moments[inside] == ticks(midnight) + minutes[inside] * 60_000_000).all()
            assert (moments[~inside] > ticks(end)).all()
        reached += int(np.count_nonzero(found.due >= 0))
    assert reached > 0.8 * TRIALS, "few deadlines lay within the days that were walked"
