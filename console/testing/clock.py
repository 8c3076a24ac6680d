"""The clock of a driven window: it stands still unless it is moved."""

from datetime import UTC, datetime, timedelta


class Clock:
    """Tells `at` for as long as nobody moves it; an instant with a time zone."""

    def __init__(self, at: datetime) -> None:
        if at.tzinfo is None:
            raise ValueError("an instant needs its time zone")
        self.at = at.astimezone(UTC)

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **span: float) -> None:
        """Move on, by the words of timedelta: forward(minutes=3)."""
        self.at += timedelta(**span)
