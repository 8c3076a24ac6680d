"""The alarms of one seat: news grouped into lines, rung at a bearable pace; what is grave rings at once.

An alarm is a ring with the lines it is for. What is not grave is held until ten minutes after the last
ring, and then rings once for all of it; where an hour has rung often enough it comes without a ring.
Grave news ring when they are heard; within ten minutes of such a ring, or as long as nobody acknowledged
it, further ones join its line: they are told at once by its count and a short tick. Nothing is ever
dropped: every piece of news is in a line or held for at most ten minutes.
"""

from collections import Counter, OrderedDict, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from console.domain.attention import GRAVE, Event, News

GAP = timedelta(minutes=10)  # EEMUA 191: less than one alarm per ten minutes and operator
HOUR, MOST_AN_HOUR = timedelta(hours=1), 4  # of six: what is grave has to find room
SHELVES = (timedelta(minutes=15), timedelta(minutes=60))
KEPT = timedelta(hours=2)  # so long an acknowledged line can still be looked at
_REMEMBERED = 50_000

_WEIGHT = {event: weight for weight, event in enumerate(Event)}


@dataclass(slots=True)
class Alarm:
    """One line: the cases of one event, each with the code of its place."""

    number: int
    event: Event
    first_at: datetime
    last_at: datetime
    cases: dict[int, str] = field(default_factory=dict)
    seen_at: datetime | None = None
    shelved_until: datetime | None = None
    note: str = ""

    @property
    def grave(self) -> bool:
        return self.event in GRAVE

    @property
    def waiting(self) -> bool:
        """Whether somebody still has to look at it."""
        return self.seen_at is None and self.shelved_until is None

    @property
    def places(self) -> list[tuple[str, int]]:
        """How many cases lie where, most first; their sum is the number of cases."""
        counted = Counter(self.cases.values())
        return sorted(counted.items(), key=lambda one: (-one[1], one[0]))


@dataclass(frozen=True, slots=True)
class Ring:
    """What rings now, the gravest line first; `joined` are grave lines that only grew."""

    lines: tuple[Alarm, ...]
    joined: tuple[Alarm, ...] = ()

    @property
    def grave(self) -> bool:
        return any(line.grave for line in (*self.lines, *self.joined))


class Alarms:
    """Hears news, is asked once a second, and says what rings. `unwanted` events make no line."""

    def __init__(self, unwanted: frozenset[Event] = frozenset()) -> None:
        self.unwanted = unwanted - GRAVE
        self.lines: list[Alarm] = []
        self._held: dict[Event, dict[int, str]] = {}
        self._held_since: dict[Event, datetime] = {}
        self._rang: deque[datetime] = deque(maxlen=MOST_AN_HOUR)
        self._number = 0
        self._told: OrderedDict[int, None] = OrderedDict()  # critical cases that this seat knows

    @property
    def waiting(self) -> list[Alarm]:
        """The lines that somebody still has to look at, the gravest first."""
        found = [line for line in self.lines if line.waiting]
        return sorted(found, key=lambda line: (_WEIGHT[line.event], -line.last_at.timestamp()))

    @property
    def held(self) -> int:
        """How many cases wait for the next ring."""
        return sum(map(len, self._held.values()))

    @property
    def insists(self) -> bool:
        """Whether something grave is unacknowledged: it may ring again and again."""
        return any(line.grave and line.waiting for line in self.lines)

    def hear(self, news: Iterable[News], now: datetime) -> Ring | None:
        """What rings because of these news, None where nothing does."""
        grave: dict[int, Alarm] = {}
        joined: dict[int, Alarm] = {}
        for one in news:
            if one.event not in GRAVE:
                self._hold(one, now)
                continue
            if one.event is Event.CRITICAL and not one.raised and one.case_id in self._told:
                continue
            self._remember(one.case_id)
            line = self._open(one.event, now)
            if line is None:
                line = self._line(one.event, now)
                grave[line.number] = line
            elif line.number not in grave:
                joined[line.number] = line
            line.cases[one.case_id] = one.place
            line.last_at, line.seen_at = now, None
        if grave:
            self._rang.append(now)
        rings = [*grave.values(), *self._release(now)]
        return _ring(rings, joined.values())

    def tick(self, now: datetime) -> Ring | None:
        """Let time pass: what was held may ring, what was shelved comes back, what is old is let go."""
        back = [line for line in self.lines if line.shelved_until is not None and line.shelved_until <= now]
        for line in back:
            self._take_off_the_shelf(line)
        self.lines = [
            line for line in self.lines if line.cases and (line.seen_at is None or now - line.seen_at < KEPT)
        ]
        return _ring(self._release(now), (line for line in back if line.grave))

    def tell(self, event: Event, note: str, now: datetime) -> Ring | None:
        """An event that is about no case, such as a lost database; `note` are its words."""
        if event in self.unwanted:
            return None
        line = self._open(event, now) or self._line(event, now)
        line.cases[0] = ""
        line.note, line.last_at, line.seen_at = note, now, None
        if event in GRAVE or self._may_ring(now):
            self._rang.append(now)
            return _ring([line], ())
        return None

    def forget(self) -> None:
        """Somebody else sits here: the cases of the one before are none of his."""
        self.lines = [line for line in self.lines if 0 in line.cases]
        self._held.clear()
        self._told.clear()

    def settle(self, case_id: int, events: frozenset[Event]) -> bool:
        """Some events are over for a case: it leaves their lines, and a line without cases goes.

        Whether a line changed by it.
        """
        changed = False
        for line in self.lines:
            if line.event in events and line.cases.pop(case_id, None) is not None:
                changed = True
        if changed:
            self.lines = [line for line in self.lines if line.cases]
        for event in events:
            self._held.get(event, {}).pop(case_id, None)
        if Event.CRITICAL in events:
            self._told.pop(case_id, None)
        return changed

    def acknowledge(self, number: int, now: datetime) -> None:
        for line in self.lines:
            if line.number == number:
                line.seen_at, line.shelved_until = now, None

    def acknowledge_all(self, now: datetime) -> None:
        for line in self.waiting:
            line.seen_at = now

    def shelve(self, number: int, span: timedelta, now: datetime) -> None:
        """Put a line aside for a while; new grave cases make a line of their own meanwhile."""
        for line in self.lines:
            if line.number == number:
                line.shelved_until, line.seen_at = now + span, None

    def _hold(self, one: News, now: datetime) -> None:
        if one.event in self.unwanted:
            return
        if any(line.event is one.event and one.case_id in line.cases and line.waiting for line in self.lines):
            return
        shelved = next((line for line in self.lines if line.event is one.event and line.shelved_until), None)
        if shelved is not None:
            shelved.cases[one.case_id] = one.place
            return
        if not self._held.get(one.event):
            self._held_since[one.event] = now
        self._held.setdefault(one.event, {})[one.case_id] = one.place

    def _release(self, now: datetime) -> list[Alarm]:
        """The lines that ring because it may; others grow or come quietly, because they wait or waited."""
        may_ring = self._may_ring(now)
        rings: list[Alarm] = []
        for event in [event for event, cases in self._held.items() if cases]:
            line = self._open(event, now)
            if line is None or not line.waiting:
                if not may_ring and now - self._held_since[event] < GAP:
                    continue
                line = self._line(event, now)
                if may_ring:
                    rings.append(line)
            line.cases |= self._held.pop(event)
            line.last_at = now
        if rings:
            self._rang.append(now)
        return rings

    def _may_ring(self, now: datetime) -> bool:
        if not self._rang:
            return True
        full = len(self._rang) == MOST_AN_HOUR and now - self._rang[0] < HOUR
        return now - self._rang[-1] >= GAP and not full

    def _open(self, event: Event, now: datetime) -> Alarm | None:
        """The line that news of an event join: one that waits, for grave ones also the last ten minutes'."""
        for line in reversed(self.lines):
            if line.event is event and line.shelved_until is None:
                fresh = event in GRAVE and now - line.first_at < GAP
                return line if line.seen_at is None or fresh else None
        return None

    def _line(self, event: Event, now: datetime) -> Alarm:
        self._number += 1
        line = Alarm(self._number, event, now, now)
        self.lines.append(line)
        return line

    def _take_off_the_shelf(self, line: Alarm) -> None:
        """Its cases are news once more; a grave line just stands there again."""
        line.shelved_until = None
        if not line.grave:
            self._held.setdefault(line.event, {}).update(line.cases)
            self._held_since[line.event] = line.last_at
            line.cases = {}

    def _remember(self, case_id: int) -> None:
        self._told[case_id] = None
        self._told.move_to_end(case_id)
        while len(self._told) > _REMEMBERED:
            self._told.popitem(last=False)


def _ring(lines: Iterable[Alarm], joined: Iterable[Alarm]) -> Ring | None:
    found = tuple(sorted(lines, key=lambda line: _WEIGHT[line.event]))
    more = tuple(joined)
    return Ring(found, more) if found or more else None
