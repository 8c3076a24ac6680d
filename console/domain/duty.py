"""The duty roster (值班表): the shifts of a day, who sits in them in which post, and the leader on duty."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from console.domain.actor import Post

EDITS = frozenset({Post.SHIFT_LEADER, Post.LEADER})
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Shift:
    """A part of the day by the wall clock; one that ends no later than it begins ends the next day."""

    code: str
    name: str
    name_en: str
    begins: time
    ends: time

    def on(self, day: date, zone: ZoneInfo) -> "Turn":
        """The shift that begins on `day` in the city's time."""
        last = day if self.ends > self.begins else day + _DAY
        since = datetime.combine(day, self.begins, zone).astimezone(UTC)
        return Turn(self, day, since, datetime.combine(last, self.ends, zone).astimezone(UTC))


@dataclass(frozen=True, slots=True)
class Turn:
    """One shift of one day: from `since` until `until`, which is not part of it; instants are aware UTC."""

    shift: Shift
    day: date
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Duty:
    """One person in one shift. Without a `post` it is whatever the staff list says; `leads`: 带班."""

    day: date
    shift: str
    person: str
    post: Post | None = None
    seat: str = ""
    leads: bool = False


# Three eights, until a site says otherwise.
USUAL = (
    Shift("night", "夜班", "Night", time(0), time(8)),
    Shift("day", "白班", "Day", time(8), time(16)),
    Shift("evening", "中班", "Evening", time(16), time(0)),
)


@dataclass(frozen=True, slots=True)
class OnDuty:
    """Who is on duty in the turn that runs now, and who comes after them.

    `kept` says whether anybody is on the roster of this turn at all: an empty one tells nothing of who
    should be here. `turn` is None where the shifts leave a gap.
    """

    turn: Turn | None
    duties: tuple[Duty, ...]
    following: Turn | None
    next_duties: tuple[Duty, ...]

    @property
    def kept(self) -> bool:
        return bool(self.duties)

    @property
    def leader(self) -> str:
        """The leader on duty (带班领导), empty where none is named."""
        return leader_of(self.duties)

    @property
    def next_leader(self) -> str:
        return leader_of(self.next_duties)

    def duty_of(self, person: str) -> Duty | None:
        return next((one for one in self.duties if one.person == person), None)

    def is_outside(self, person: str) -> bool:
        """Whether somebody works although the roster of this turn does not name him."""
        return self.kept and self.duty_of(person) is None


def turns(shifts: Iterable[Shift], first: date, last: date, zone: ZoneInfo) -> list[Turn]:
    """Every turn that begins on the days from `first` to `last`, in the order of time."""
    found: list[Turn] = []
    day = first
    known = tuple(shifts)
    while day <= last:
        found += (shift.on(day, zone) for shift in known)
        day += _DAY
    return sorted(found, key=lambda turn: (turn.since, turn.until, turn.shift.code))


def running(shifts: Sequence[Shift], now: datetime, zone: ZoneInfo) -> tuple[Turn, ...]:
    """The turns that run at `now`, the one that began last first: shifts may overlap while they change."""
    today = now.astimezone(zone).date()
    found = [turn for turn in turns(shifts, today - _DAY, today, zone) if turn.since <= now < turn.until]
    return tuple(reversed(found))


def after(shifts: Sequence[Shift], moment: datetime, zone: ZoneInfo) -> Turn | None:
    """The first turn that begins after `moment`."""
    today = moment.astimezone(zone).date()
    return next((turn for turn in turns(shifts, today, today + _DAY, zone) if turn.since > moment), None)


def leader_of(duties: Iterable[Duty]) -> str:
    return next((one.person for one in duties if one.leads), "")
