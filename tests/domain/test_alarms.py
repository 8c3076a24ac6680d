"""The alarms of one seat, whatever comes in: what is grave at once, the rest at its pace, all of it kept."""

from datetime import UTC, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from console.domain.alarms import GAP, HOUR, KEPT, MOST_AN_HOUR, SHELVES, Alarms, Ring
from console.domain.attention import GRAVE, Event, News

NOW = datetime(2026, 3, 9, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
CASES = st.integers(1, 12)
PLACES = st.sampled_from(["410105", "410103", ""])
EVENTS = st.sampled_from([Event.CRITICAL, Event.LATE, Event.DUE_SOON, Event.APPLICATION])


def news(event: Event, *cases: int, raised: bool = False) -> list[News]:
    return [News(event, case, "410105" if case % 2 else "410103", raised) for case in cases]


def test_that_a_grave_case_rings_at_once_and_the_next_join_its_line() -> None:
    alarms = Alarms()
    first = alarms.hear(news(Event.CRITICAL, 1), NOW)
    assert first is not None
    assert [line.event for line in first.lines] == [Event.CRITICAL]
    second = alarms.hear(news(Event.CRITICAL, 2, 3), NOW + MINUTE)
    assert second is not None
    assert (second.lines, second.grave) == ((), True)
    (line,) = second.joined
    assert line.places == [("410105", 2), ("410103", 1)]


def test_that_a_grave_case_that_joins_wakes_an_acknowledged_line() -> None:
    alarms = Alarms()
    alarms.hear(news(Event.CRITICAL, 1), NOW)
    alarms.acknowledge_all(NOW + MINUTE)
    assert not alarms.insists
    alarms.hear(news(Event.CRITICAL, 2), NOW + 2 * MINUTE)
    assert alarms.insists
    alarms.acknowledge_all(NOW + 3 * MINUTE)
    later = alarms.hear(news(Event.CRITICAL, 3), NOW + GAP)
    assert later is not None
    assert len(later.lines) == 1
    assert list(later.lines[0].cases) == [3]


def test_that_a_known_critical_case_is_told_again_only_when_somebody_raises_it() -> None:
    alarms = Alarms()
    alarms.hear(news(Event.CRITICAL, 1), NOW)
    alarms.acknowledge_all(NOW)
    assert alarms.hear(news(Event.CRITICAL, 1), NOW + MINUTE) is None
    assert alarms.hear(news(Event.CRITICAL, 1, raised=True), NOW + MINUTE) is not None
    alarms.settle(1, frozenset({Event.CRITICAL}))
    assert alarms.waiting == []
    assert alarms.hear(news(Event.CRITICAL, 1), NOW + MINUTE) is not None


def test_that_what_is_not_grave_waits_for_its_turn_and_comes_as_one() -> None:
    alarms = Alarms()
    assert alarms.hear(news(Event.LATE, 1), NOW) is not None
    alarms.acknowledge_all(NOW)
    for minute in range(1, 10):
        assert alarms.hear(news(Event.LATE, 10 + minute), NOW + minute * MINUTE) is None
    assert alarms.hear(news(Event.DUE_SOON, 50), NOW + 9 * MINUTE) is None
    ring = alarms.tick(NOW + GAP)
    assert ring is not None
    assert {line.event: len(line.cases) for line in ring.lines} == {Event.LATE: 9, Event.DUE_SOON: 1}
    assert [line.event for line in ring.lines] == [Event.LATE, Event.DUE_SOON]


def test_that_a_line_that_waits_grows_quietly() -> None:
    alarms = Alarms()
    alarms.hear(news(Event.LATE, 1), NOW)
    assert alarms.hear(news(Event.LATE, 2), NOW + MINUTE) is None
    assert [len(line.cases) for line in alarms.waiting] == [2]


def test_that_a_shelved_line_comes_back_and_hides_nothing_grave() -> None:
    alarms = Alarms()
    ring = alarms.hear(news(Event.CRITICAL, 1), NOW)
    assert ring is not None
    alarms.shelve(ring.lines[0].number, SHELVES[0], NOW)
    assert alarms.waiting == []
    assert alarms.hear(news(Event.CRITICAL, 2), NOW + MINUTE) is not None
    assert [list(line.cases) for line in alarms.waiting] == [[2]]
    alarms.tick(NOW + SHELVES[0])
    assert sorted(case for line in alarms.waiting for case in line.cases) == [1, 2]


def test_that_a_shelved_line_that_is_not_grave_rings_again_with_what_came_meanwhile() -> None:
    alarms = Alarms()
    ring = alarms.hear(news(Event.LATE, 1), NOW)
    assert ring is not None
    alarms.shelve(ring.lines[0].number, SHELVES[0], NOW)
    assert alarms.hear(news(Event.LATE, 2), NOW + 11 * MINUTE) is None
    back = alarms.tick(NOW + SHELVES[0])
    assert back is not None
    assert sorted(back.lines[0].cases) == [1, 2]


def test_that_after_a_loud_hour_what_is_not_grave_comes_without_a_ring() -> None:
    alarms = Alarms()
    now = NOW
    for case in range(MOST_AN_HOUR):
        assert alarms.hear(news(Event.LATE, case), now) is not None
        alarms.acknowledge_all(now)
        now += GAP
    assert alarms.hear(news(Event.LATE, 20), now) is None
    assert alarms.held == 1
    assert alarms.tick(now + GAP) is None
    assert [list(line.cases) for line in alarms.waiting] == [[20]]
    grave = alarms.hear(news(Event.CRITICAL, 30), now + GAP)
    assert grave is not None
    assert len(grave.lines) == 1


def test_that_an_unwanted_event_makes_no_line_unless_it_is_grave() -> None:
    alarms = Alarms(frozenset({Event.LATE, Event.CRITICAL}))
    assert alarms.hear(news(Event.LATE, 1), NOW) is None
    assert alarms.held == 0
    assert alarms.hear(news(Event.CRITICAL, 1), NOW) is not None


def test_that_a_lost_database_rings_and_is_over_when_it_is_back() -> None:
    alarms = Alarms()
    assert alarms.tell(Event.DATABASE_LOST, "数据库不可用", NOW) is not None
    assert alarms.insists
    alarms.settle(0, frozenset({Event.DATABASE_LOST}))
    assert not alarms.insists


def test_that_an_acknowledged_line_can_be_looked_at_for_a_while() -> None:
    alarms = Alarms()
    alarms.hear(news(Event.LATE, 1), NOW)
    alarms.acknowledge(1, NOW)
    alarms.tick(NOW + KEPT - MINUTE)
    assert len(alarms.lines) == 1
    alarms.tick(NOW + KEPT)
    assert alarms.lines == []


class Seat(RuleBasedStateMachine):
    """Anything in any order; what must stay true is asked after every step."""

    def __init__(self) -> None:
        super().__init__()
        self.alarms = Alarms()
        self.now, self.step = NOW, GAP
        self.quiet: list[datetime] = []
        self.rings: list[datetime] = []
        self.told: set[int] = set()
        self.open: set[tuple[Event, int]] = set()

    @rule(event=EVENTS, cases=st.sets(CASES, min_size=1), place=PLACES, raised=st.booleans())
    def hear(self, event: Event, cases: set[int], place: str, raised: bool) -> None:
        ring = self.alarms.hear([News(event, case, place, raised) for case in cases], self.now)
        self.note(ring)
        self.open |= {(event, case) for case in cases if event not in GRAVE}
        if event is not Event.CRITICAL:
            return
        fresh = cases if raised else cases - self.told
        self.told |= cases
        self.open |= {(event, case) for case in fresh}
        shown = {case for line in ((*ring.lines, *ring.joined) if ring else ()) for case in line.cases}
        assert fresh <= shown, "something grave was not told at once"
        assert not fresh or self.alarms.insists

    @rule(seconds=st.integers(1, 2400))
    def wait(self, seconds: int) -> None:
        self.now, self.step = self.now + timedelta(seconds=seconds), timedelta(seconds=seconds)
        seen = {line.number for line in self.alarms.lines if line.seen_at and self.now - line.seen_at >= KEPT}
        gone = {
            (line.event, case) for line in self.alarms.lines if line.number in seen for case in line.cases
        }
        self.open -= gone
        self.note(self.alarms.tick(self.now))

    @rule()
    def acknowledge(self) -> None:
        self.alarms.acknowledge_all(self.now)

    @rule(span=st.sampled_from(SHELVES))
    def shelve(self, span: timedelta) -> None:
        for line in self.alarms.waiting[:1]:
            self.alarms.shelve(line.number, span, self.now)

    @rule(event=EVENTS, case=CASES)
    def settle(self, event: Event, case: int) -> None:
        self.alarms.settle(case, frozenset({event}))
        self.open.discard((event, case))
        if event is Event.CRITICAL:
            self.told.discard(case)

    def note(self, ring: Ring | None) -> None:
        if ring is None or not ring.lines:
            return
        if not any(line.grave for line in ring.lines):
            assert not self.rings or self.now - self.rings[-1] >= GAP, "it rang too soon"
            lately = [at for at in self.rings if self.now - at < HOUR]
            assert len(lately) < MOST_AN_HOUR, "it rang too often"
        self.rings.append(self.now)

    @invariant()
    def nothing_is_lost(self) -> None:
        kept = {(line.event, case) for line in self.alarms.lines for case in line.cases}
        kept |= {(event, case) for event, cases in self.alarms._held.items() for case in cases}
        assert self.open <= kept

    @invariant()
    def nothing_is_held_for_long(self) -> None:
        since = [self.alarms._held_since[event] for event, cases in self.alarms._held.items() if cases]
        assert not since or self.now - min(since) < max(GAP, self.step)

    @invariant()
    def the_sums_are_exact(self) -> None:
        for line in self.alarms.lines:
            assert sum(count for _place, count in line.places) == len(line.cases) > 0


Seat.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
test_that_a_seat_loses_nothing_whatever_happens = Seat.TestCase
