"""A day of ten thousand cases over forty seats, and a storm: rare rings, nothing grave late, nothing lost."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from console.domain.actor import Post
from console.domain.alarms import Alarms, Ring
from console.domain.attention import Event, News, Watcher, clock_event, is_critical, over_by, told_by
from tests.domain.flood import MIDNIGHT, Day, Due, seats

TICK = timedelta(seconds=1)
LATER = datetime.max.replace(tzinfo=UTC)
EVERY = timedelta(seconds=20)  # a seat looks once a second; where nothing came, often enough here
ACKNOWLEDGES = timedelta(minutes=2)  # after a ring


@dataclass
class Log:
    """What one seat was told in a day."""

    rings: list[datetime] = field(default_factory=list)
    grave: dict[int, timedelta] = field(default_factory=dict)  # how long after its fact a case was told
    wanted: set[int] = field(default_factory=set)
    lost: set[tuple[Event, int]] = field(default_factory=set)


def lived(day: Day) -> dict[str, Log]:
    """Every seat through the day; each acknowledges two minutes after a ring."""
    watchers = seats()
    kind = {name: kind_of(seat) for name, seat in watchers.items()}
    kinds = {kind[name]: seat for name, seat in watchers.items()}
    alarms = {name: Alarms() for name in watchers}
    logs: dict[str, Log] = defaultdict(Log)
    acknowledge: dict[str, datetime] = {}
    looked = dict.fromkeys(watchers, MIDNIGHT)
    for due in day:
        told = {of: heard(due, seat) for of, seat in kinds.items()}
        now = due.at + TICK  # the watch looks four times a second
        for name, seat in watchers.items():
            mine, log = alarms[name], logs[name]
            if acknowledge.get(name, LATER) <= due.at:
                mine.acknowledge_all(acknowledge.pop(name))
            news, over = told[kind[name]]
            if over:
                mine.settle(due.happened.case.id if due.happened else 0, over)
            if due.happened is not None and due.happened.by == name:
                news = told_by(due.happened, seat)
            if not news and now - looked[name] < EVERY:
                continue
            looked[name] = now
            ring = mine.hear(news, now) if news else mine.tick(now)
            if ring is not None and ring.lines:
                log.rings.append(now)
                acknowledge.setdefault(name, now + ACKNOWLEDGES)
            note_grave(log, due, news, ring, now)
            log.lost |= lost(mine, news)
    return logs


def kind_of(seat: Watcher) -> tuple[frozenset[Post], str, str]:
    """Seats of one kind are told the same, but for what they did themselves."""
    return seat.actor.posts, seat.actor.department, seat.actor.division


def heard(due: Due, seat: Watcher) -> tuple[list[News], frozenset[Event]]:
    if due.happened is not None:
        nobody = replace(seat, actor=replace(seat.actor, name="-"))
        return told_by(due.happened, nobody), over_by(due.happened, seat)
    assert due.clock is not None
    found = clock_event(*due.clock, seat)
    return ([found] if found is not None else []), frozenset()


def lost(mine: Alarms, news: list[News]) -> set[tuple[Event, int]]:
    """News that are neither in a line nor held."""
    assert all(sum(count for _place, count in line.places) == len(line.cases) for line in mine.lines)
    return {
        (one.event, one.case_id)
        for one in news
        if one.case_id not in mine._held.get(one.event, {})
        and not any(one.event is line.event and one.case_id in line.cases for line in mine.lines)
    }


def note_grave(log: Log, due: Due, news: list[News], ring: Ring | None, now: datetime) -> None:
    for one in news:
        if one.event is Event.CRITICAL and (one.raised or one.case_id not in log.wanted):
            log.wanted.add(one.case_id)
            told = ring is not None and any(one.case_id in line.cases for line in (*ring.lines, *ring.joined))
            if told:
                log.grave[one.case_id] = now - due.at


@pytest.fixture(scope="module")
def normal() -> dict[str, Log]:
    return lived(Day(10_000))


@pytest.fixture(scope="module")
def storm() -> dict[str, Log]:
    return lived(Day(2_000, storm=2_000))


def a_ten_minutes(log: Log, first: int, last: int) -> float:
    """Rings per ten minutes between two hours of the day."""
    since, until = (MIDNIGHT + timedelta(hours=hour) for hour in (first, last))
    return sum(since <= at < until for at in log.rings) / (6 * (last - first))


def test_that_in_normal_load_no_seat_hears_more_than_one_ring_in_ten_minutes(normal: dict[str, Log]) -> None:
    rates = {name: a_ten_minutes(log, 7, 21) for name, log in normal.items()}
    assert len(rates) == 40
    assert max(rates.values()) <= 1, rates
    assert max(rates.values()) > 0.1, "a centre where nothing ever rings tells nobody anything"
    for name, log in normal.items():
        hours = Counter((at - MIDNIGHT) // timedelta(hours=1) for at in log.rings)
        assert max(hours.values(), default=0) <= 7, (name, hours)


@pytest.mark.parametrize("load", ["normal", "storm"])
def test_that_everything_critical_is_told_within_a_second(load: str, request: pytest.FixtureRequest) -> None:
    logs: dict[str, Log] = request.getfixturevalue(load)
    for name, log in logs.items():
        assert log.wanted == set(log.grave), name
        assert all(late <= TICK for late in log.grave.values()), name
    assert sum(len(log.wanted) for log in logs.values()) > 1_000


@pytest.mark.parametrize("load", ["normal", "storm"])
def test_that_no_news_are_lost(load: str, request: pytest.FixtureRequest) -> None:
    logs: dict[str, Log] = request.getfixturevalue(load)
    assert {name: log.lost for name, log in logs.items() if log.lost} == {}


def test_that_in_the_storm_every_acceptor_is_told_of_every_one_and_still_hears_few_rings(
    storm: dict[str, Log],
) -> None:
    for number in range(12):
        log = storm[f"受理{number}"]
        assert len(log.wanted) >= 2_000
        assert a_ten_minutes(log, 15, 16) <= 1


def test_that_a_district_hears_its_own_district_only(storm: dict[str, Log]) -> None:
    total = sum(len(storm[f"区派遣{number}"].wanted) for number in range(12))
    assert 2_000 <= total < 2_300
    assert max(len(storm[f"区派遣{number}"].wanted) for number in range(12)) < 300


def test_that_the_made_up_day_has_what_it_should_be_hard_by() -> None:
    lines = [due.happened for due in Day(1_000, seed=3) if due.happened is not None]
    critical = {one.case.id for one in lines if is_critical(one.case, frozenset({"event:05"}))}
    assert 20 <= len(critical) <= 60
