"""One quarter of the demo city: the cases of 2015's first quarter, told up to an instant.

Published (city-systems.md A): 51,135 cases, of them 51,046 dispatched effectively, that is not sent on
to another department. The printed 100 % of dispatch is not copied: a few reports are turned down, and
the last ones still wait, so that every state has its cases.
"""

from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count, islice
from math import ceil
from random import Random

import numpy as np

from console.adapters.demo.course import SEED
from console.adapters.demo.life import Birth, lived
from console.adapters.demo.reports import coming, put_right, question, repeated
from console.adapters.demo.scenes import PARTS, act_out
from console.adapters.demo.town import Town, read_town
from console.domain.case import Case, Fact, Source
from console.domain.flow import State
from console.services.collection import day_counter
from console.storage.places import Place
from console.storage.unit import Unit

QUARTER = 51_135
QUARTER_DAYS = 91  # 13 whole weeks, 562 cases a day
ASTRAY = 51_135 - 51_046
LEFT_WAITING = 12  # newest reports in each of the first three steps: the operator finds work at any hour
_HELD = (State.REPORTED, State.TO_FILE, State.TO_DISPATCH)
# What else waits among the newest, by its place from the end: duplicates of cases that are being handled,
# something put right on the spot, a question.
TWINS = frozenset({5, 9, 14, 20})
SELF_HANDLED = 3
QUESTION = 7
_RECENT = 40
_DENSE = 200  # cases a day
_SETTLED = timedelta(days=14)  # a report this old has reached a department, whatever the calendar
_SLOT = timedelta(minutes=30)
_BATCH = 1000

Life = tuple[Case, list[Fact]]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Span:
    """`count` cases reported in the `days` before `until`, ids from `first_id` on."""

    until: datetime
    count: int = QUARTER
    days: int = QUARTER_DAYS
    first_id: int = 1

    @property
    def dense(self) -> bool:
        """Whether as much is reported as in a city: a thin one is left without the scenes of its end."""
        return self.count / self.days >= _DENSE


def write_history(unit: Unit, span: Span, progress: Progress | None = None) -> int:
    """Write a span's cases into the loaded city, in the unit's one transaction; their number.

    Those that are parts of others are among them.

    The same city and span write the same rows. `span.first_id` must lie above every id in the store.
    Calls `progress(done, all)` after every batch. Raises Refused: `no_city`, `no_grids`.
    """
    town = read_town(unit)
    parts = PARTS if span.dense else 0
    instants = report_instants(town, replace(span, count=span.count - parts))
    lives = demo_history(town, span, instants, _numbers(unit, town, instants))
    done = 0
    while batch := list(islice(lives, _BATCH)):
        done += unit.cases.add_many(batch)
        if progress is not None:
            progress(done, span.count)
    if span.dense:
        act_out(unit, town, span.until)
    if progress is not None and parts:
        progress(span.count, span.count)
    unit.touch_everything()
    return done + parts


def _numbers(unit: Unit, town: Town, instants: Sequence[datetime]) -> list[int]:
    """Each report's number in its day, drawn from the counters that number real reports."""
    days = [day_counter(at, town.reference.profile.timezone) for at in instants]
    following = {day: count(unit.cases.reserve(day, number)) for day, number in Counter(days).items()}
    return [next(following[day]) for day in days]


def report_instants(town: Town, span: Span) -> list[datetime]:
    """When the cases of a span are reported, in order: whole seconds, UTC, before `until`."""
    chances = _generator(span, "instants")
    slots = span.days * (timedelta(days=1) // _SLOT)
    start = span.until - slots * _SLOT
    rates = np.array([town.rhythm.rate(start + (slot + 0.5) * _SLOT) for slot in range(slots)])
    sums = np.cumsum(rates)
    drawn = chances.random((2, span.count))
    slot = np.minimum(np.searchsorted(sums, drawn[0] * sums[-1], side="right"), slots - 1)
    seconds = np.sort(np.floor((slot + drawn[1]) * _SLOT.total_seconds()))
    first = start.astimezone(UTC).replace(microsecond=0)
    return [first + timedelta(seconds=float(second)) for second in seconds]


def demo_history(
    town: Town, span: Span, instants: Sequence[datetime], numbers: Sequence[int]
) -> Iterator[Life]:
    """The lives of a span's reports in their order; `numbers` are those of the reports in their days."""
    cells, lon, lat = town.terrain.draw(_generator(span, "places").random((len(instants), 3)))
    addresses = town.addresses.addresses(lon, lat)
    chance = Random(f"{SEED} texts {span.until.timestamp()}").random
    astray = _astray(span, instants)
    owed = 0
    recent: deque[tuple[Place, Case]] = deque(maxlen=_RECENT)
    for order, at in enumerate(instants):
        place = town.places.rows[cells[order]]
        report = coming(town, at, place, float(lon[order]), float(lat[order]), addresses[order], chance)
        from_end = len(instants) - order
        if span.dense and from_end in TWINS and recent:
            place, other = recent.popleft()
            report = repeated(town, other, chance())
        elif span.dense and from_end == SELF_HANDLED:
            report = put_right(report)
        elif span.dense and from_end == QUESTION:
            report = question(town, chance)
        birth = Birth(span.first_id + order, numbers[order], at, place, report)
        owed += order in astray
        held = _held(span, from_end)
        case, facts = lived(town, birth, span.until, held=held, astray=owed > 0)
        owed -= case.redispatches  # one that was turned down leaves its turn to the next
        if case.state is State.HANDLING and case.source is Source.PATROL:
            recent.append((place, case))
        yield case, facts


def _astray(span: Span, instants: Sequence[datetime]) -> frozenset[int]:
    """Which reports, by order, are to be sent to a wrong department first: the published share."""
    settled = sum(at < span.until - _SETTLED for at in instants)
    wanted = min(round(span.count * ASTRAY / QUARTER), settled)
    return frozenset(_generator(span, "astray").choice(settled, wanted, replace=False).tolist())


def _held(span: Span, from_end: int) -> State | None:
    """The state in which one of the newest reports waits, by its place counted from the last, 1."""
    density = span.count / span.days / (QUARTER / QUARTER_DAYS)
    step = (from_end - 1) // ceil(LEFT_WAITING * min(density, 1.0))
    return _HELD[step] if step < len(_HELD) else None


def _generator(span: Span, purpose: str) -> np.random.Generator:
    return np.random.Generator(np.random.PCG64([SEED, int(span.until.timestamp()), *purpose.encode()]))
