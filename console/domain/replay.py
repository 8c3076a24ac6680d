"""A stretch of the past as it is played: its clock with speed and pause, its steps, and its limits."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

SPEEDS: Sequence[int] = (1, 10, 60, 300, 900, 3600)
"""How many seconds of the past go by in one of the present."""

EXACT = timedelta(days=31)
"""Up to this length every second is as the journal tells it; longer periods are kept by the full hour."""

HOUR = timedelta(hours=1)
LONGEST = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Period:
    """From `since` to `until`, both included; raises ValueError where it is empty or too long.

    Aware instants of any zone, kept as UTC: within one zone Python counts by the wall clock.
    """

    since: datetime
    until: datetime

    def __post_init__(self) -> None:
        for name in ("since", "until"):
            object.__setattr__(self, name, getattr(self, name).astimezone(UTC))
        if not timedelta() < self.until - self.since <= LONGEST:
            raise ValueError(f"{self.since} to {self.until} cannot be played")

    @property
    def exact(self) -> bool:
        """Whether every second of it is kept."""
        return self.until - self.since <= EXACT

    def within(self, at: datetime) -> datetime:
        """The instant of the period that is nearest to `at`."""
        return min(max(at, self.since), self.until)

    def share(self, at: datetime) -> float:
        """How far `at` lies on the way from the beginning (0) to the end (1)."""
        return (self.within(at) - self.since) / (self.until - self.since)

    def at_share(self, share: float) -> datetime:
        """The full second so far on the way."""
        seconds = round((self.until - self.since).total_seconds() * min(1.0, max(0.0, share)))
        return self.within(self.since + timedelta(seconds=seconds))


@dataclass(frozen=True, slots=True)
class Playing:
    """Where the clock of a replay stands and how it goes on; every change is another one."""

    period: Period
    at: datetime
    speed: int = 60
    running: bool = False

    @property
    def over(self) -> bool:
        return self.at >= self.period.until

    def passed(self, real: timedelta) -> "Playing":
        """After `real` time of the present has gone by; it stops at the end of the period."""
        if not self.running:
            return self
        at = self.period.within(self.at + real * self.speed)
        return replace(self, at=at, running=at < self.period.until)

    def to(self, at: datetime) -> "Playing":
        """At another instant; whether it runs stays as it was."""
        return replace(self, at=self.period.within(at))

    def toggled(self) -> "Playing":
        """Running or stopped; from the end it begins anew."""
        if self.running:
            return replace(self, running=False)
        return replace(self, at=self.period.since if self.over else self.at, running=True)

    def stepped(self, span: timedelta) -> "Playing":
        """Stopped, and on by a span, which may lead back."""
        return replace(self.to(self.at + span), running=False)

    def faster(self) -> "Playing":
        return replace(self, speed=SPEEDS[min(len(SPEEDS) - 1, bisect_right(SPEEDS, self.speed))])

    def slower(self) -> "Playing":
        return replace(self, speed=SPEEDS[max(0, bisect_left(SPEEDS, self.speed) - 1)])
