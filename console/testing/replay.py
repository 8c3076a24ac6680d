"""The page of the past: which moment it shows, what stood then, and how it is played."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from console.testing.waiting import NotInTimeError
from console.ui.replay.page import ReplayPage as Shown

if TYPE_CHECKING:
    from console.testing.console import Console


class ReplayPage:
    """The replay; every method returns when the moment it leads to is drawn."""

    def __init__(self, console: "Console") -> None:
        self._console = console

    @property
    def is_open(self) -> bool:
        """Whether the window shows the past."""
        return self._console.shows("replayPage")

    @property
    def moment(self) -> datetime:
        """The moment shown, aware UTC."""
        playing = self._page.playing
        assert playing is not None, "no period is read"
        return playing.at

    @property
    def period(self) -> tuple[datetime, datetime]:
        """First and last moment that can be shown, aware UTC."""
        past = self._page.past
        assert past is not None, "no period is read"
        return past.period.since, past.period.until

    @property
    def is_playing(self) -> bool:
        """Whether time goes on by itself."""
        playing = self._page.playing
        return playing is not None and playing.running

    @property
    def speed(self) -> int:
        """Seconds of the past in one of the present."""
        playing = self._page.playing
        assert playing is not None, "no period is read"
        return playing.speed

    @property
    def open_cases(self) -> set[str]:
        """The codes of the cases that stood open at the moment shown."""
        past = self._page.past
        assert past is not None, "no period is read"
        return {one.code for one in past.at(self.moment).cases()}

    @property
    def events(self) -> list[str]:
        """What happened around the moment, line by line."""
        return [row[0] for row in self._console.rows("replayEvents")]

    def open(self) -> None:
        """Turn to the past; the last day that has anything is read, and its first moment shown."""
        if not self.is_open:
            self._console.act("show_replay")
        self._rest()

    def read(self, first: date, last: date) -> None:
        """Read other days, the last one included."""
        before = self._page.past
        self._console.fill("replaySince", first.isoformat())
        self._console.fill("replayUntil", last.isoformat())
        self._console.click("replayRead")
        self._console.until(lambda: self._page.past is not before, "the days are read")
        self._rest()

    def seek(self, moment: datetime) -> None:
        """Show a moment, aware; the nearest of the period where it lies outside."""
        self._page.seek(moment)
        self._rest()

    def step(self, to: str) -> None:
        """One step: "start", "event_back", "event_on", "minute_back", "minute_on", "slower", "faster"."""
        words = "".join(part.capitalize() for part in to.split("_"))
        self._console.click(f"replay{words}")
        self._rest()

    def play(self, until: datetime) -> None:
        """Let time go on until a moment is reached, aware, then stop it."""
        if not self.is_playing:
            self._console.click("replayPlay")
        self._console.until(lambda: self.moment >= until or not self.is_playing, f"it is {until}")
        if self.is_playing:
            self._console.click("replayPlay")
        self._rest()

    def leave(self) -> None:
        """Back to now."""
        self._console.click("replayBack")

    @property
    def _page(self) -> Shown:
        page = self._console.window.charting.replaying.page
        if page is None:
            raise NotInTimeError("the past is not open")
        return page

    def _rest(self) -> None:
        page = self._page
        self._console.until(
            lambda: page.shown is not None and page.drawing.idle and not page.clicks.busy, "the past is drawn"
        )
        self._console.settle()
