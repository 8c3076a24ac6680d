"""The page of the past: its banner and frame, the map as it was, the line of time, the player."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QElapsedTimer, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout

from console.domain.errors import Refused
from console.domain.replay import HOUR, LONGEST, Period, Playing
from console.i18n import _, language
from console.ui.edge import Clicks, Reload, Work
from console.ui.map.city import MapCity
from console.ui.map.panel import MapPanel
from console.ui.map.words import map_words
from console.ui.replay.bar import ReplayBar
from console.ui.replay.drilling import Drilling
from console.ui.replay.exporting import Exporting
from console.ui.replay.facts import PastFacts
from console.ui.replay.timeline import Timeline
from console.ui.replay_door import ReplayDoor
from console.ui.scale import factor, px, pxs
from console.ui.theme import Theme
from console.ui.widgets import plain_label
from console.words.dates import on_weekday
from console.words.generated import generated_mark

if TYPE_CHECKING:
    from console.queries.past import Past
    from console.runtime.desk import Changes
    from console.ui.door import Door
    from console.ui.replay.frame import Frame

_TICK_MS = 100
_POINTS = 600
_MINUTE = timedelta(minutes=1)


class ReplayPage(QFrame):
    """Nothing here acts on a case: it shows what was, from a reading of the journal, on a map of its own.

    Signals: left: back to now is wished; ended: its map is taken down, after `rest`;
    progressed(int, int): so many cases of so many are read, from a reading thread.
    """

    left = Signal()
    ended = Signal()
    progressed = Signal(int, int)

    def __init__(self, theme: Theme, failed: Callable[[BaseException], None], folder: Path) -> None:
        super().__init__()
        self.setObjectName("replayPage")
        self._theme = theme
        self._failed = failed
        self._door: ReplayDoor | None = None
        self._zone = ZoneInfo("Asia/Shanghai")
        self._pool: ThreadPoolExecutor | None = None
        self.past: Past | None = None
        self.playing: Playing | None = None
        self.shown: Frame | None = None
        self._on_map: Frame | None = None  # what the cells of the map show
        self.map: MapPanel | None = None
        self.city: MapCity | None = None
        self.city_name = ""
        self._pointed = ("", 0)
        self._wished: object | None = object()  # the reading that is waited for; another one is broken off
        self._banner = plain_label(name="replayBanner")
        self._back = QPushButton(self)
        self._back.setObjectName("replayBack")
        self._back.clicked.connect(self.left)
        self._room = QFrame(self)
        self._room.setObjectName("replayMapRoom")
        self._room.setMinimumHeight(px(160))
        self.facts = PastFacts(theme, self._zone, self)
        self.timeline = Timeline(theme, self._zone, self)
        self.bar = ReplayBar(self)
        self.drilling = Drilling(self.bar, folder, failed, self)
        self.drilling.start.clicked.connect(self._drill)
        self.exporting = Exporting(self.bar, lambda: theme.name, failed, self)
        self.clicks = Clicks(failed)
        self.drawing = Reload(self._draw, failed)
        self._since_tick = QElapsedTimer()
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._on_tick)
        self.timeline.sought.connect(self.seek)
        self.bar.pressed.connect(lambda name: self._deeds()[name]())
        self.bar.period_chosen.connect(self.choose_days)
        self.bar.cancelled.connect(self._cancel)
        self.progressed.connect(self._on_progress)
        theme.changed.connect(self._on_theme)
        self._lay_out()
        self.show_words()
        self.bar.show_playing(None)

    def open(self, door: "Door", zone: ZoneInfo) -> None:
        self._door = ReplayDoor(door, zone)
        self.drilling.open(self._door)
        self.exporting.open(self._door)
        self._zone = self.facts.zone = self.timeline.zone = zone
        if self.isVisible():
            self.begin()

    def on_changed(self, _changes: "Changes") -> None:
        """The past stays as it was read; what comes meanwhile is for the return."""

    def show_words(self) -> None:
        self.setAccessibleName(_("回放"))
        self._back.setText(_("回到现在 Esc"))
        self._back.setAccessibleName(self._back.text())
        self.bar.show_words()
        self.drilling.show_words()
        self.exporting.show_words()
        self.facts.show_words()
        if self.map is not None:
            self.map.show_words(map_words())
        self._tell()

    def take_keyboard(self) -> None:
        self.timeline.setFocus()

    def begin(self) -> None:
        """The page is turned to: put up its map, and read today if nothing is read yet."""
        if self._door is None or self.map is not None:
            return
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="replay")
        self.map = MapPanel(self._theme.roles, self._room)
        self.map.setObjectName("replayMap")
        self.map.declare("moment", "")
        self.map.declare("past", True)
        self._on_map = None
        self.map.set_zoom(factor())
        self.map.case_chosen.connect(self._point)
        self._layout.addWidget(self.map)
        self._run_anew(self._begin)

    def rest(self) -> None:
        """Turned away from: stop, and take the map down; `ended` follows, at once where there is none."""
        self._cancel()
        self._run(running=False)
        if self.playing is not None:
            self.playing = self.playing.stepped(timedelta())
            self.bar.show_playing(self.playing)
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None
        gone, self.map = self.map, None
        if gone is None:
            self.ended.emit()
            return
        self._layout.removeWidget(gone)
        gone.hide()
        gone.page_closed.connect(gone.deleteLater)
        gone.page_closed.connect(self.ended)
        gone.close_page()

    def choose_days(self, first: date, last: date) -> None:
        """Read the days from `first` to `last`, both with all their hours; today up to now."""
        if self._door is None:
            return
        since = datetime.combine(first, time(), self._zone)
        until = datetime.combine(last, time(), self._zone) + timedelta(days=1)
        try:
            period = Period(since, min(until, self._door.now()))
        except ValueError:
            self._failed(Refused("replay_period", days=LONGEST.days))
            return
        wished = self._wished = object()  # whatever is being read now is not wished any more
        self._run_anew(lambda: self._read(period, wished))

    def _run_anew(self, work: Callable[[], Work]) -> None:
        """Whatever is still being broken off does not hold up what is wished now."""
        self.clicks = Clicks(self._failed) if self.clicks.busy else self.clicks
        self.clicks.run(work)

    def seek(self, at: datetime) -> None:
        """Go to an instant; a running replay goes on from there."""
        self._go(None if self.playing is None else self.playing.to(at))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        names = {
            Qt.Key.Key_Space: "replayPlay",
            Qt.Key.Key_Left: "replayMinuteBack" if shift else "replayEventBack",
            Qt.Key.Key_Right: "replayMinuteOn" if shift else "replayEventOn",
            Qt.Key.Key_Home: "replayStart",
            Qt.Key.Key_Plus: "replayFaster",
            Qt.Key.Key_Equal: "replayFaster",
            Qt.Key.Key_Minus: "replaySlower",
        }
        name = names.get(Qt.Key(event.key()))
        if name is None:
            super().keyPressEvent(event)
        elif self.bar.buttons[name].isEnabled():
            self._deeds()[name]()

    def _deeds(self) -> dict[str, Callable[[], None]]:
        return {
            "replayStart": lambda: self._step(lambda playing: playing.to(playing.period.since)),
            "replayEventBack": lambda: self._to_event(forward=False),
            "replayMinuteBack": lambda: self._step(lambda playing: playing.stepped(-_MINUTE)),
            "replayPlay": lambda: self._step(Playing.toggled),
            "replayMinuteOn": lambda: self._step(lambda playing: playing.stepped(_MINUTE)),
            "replayEventOn": lambda: self._to_event(forward=True),
            "replaySlower": lambda: self._step(Playing.slower),
            "replayFaster": lambda: self._step(Playing.faster),
        }

    def _step(self, step: Callable[[Playing], Playing]) -> None:
        self._go(None if self.playing is None else step(self.playing))

    def _to_event(self, *, forward: bool) -> None:
        """Stop at the next or the last thing that happened; a long period is stepped by the hour."""
        if self.past is None or self.playing is None:
            return
        at = self.playing.at
        if self.past.period.exact:
            found = self.past.after(at) if forward else self.past.before(at)
        else:
            found = at + HOUR if forward else at - HOUR
        if found is not None:
            self._go(self.playing.stepped(found - at))

    def _go(self, playing: Playing | None) -> None:
        if playing is None:
            return
        self.playing = playing
        self.bar.show_playing(playing)
        self.timeline.show_at(playing.at)
        self._tell()
        self._run(running=playing.running)
        self.drawing.wish(now=True)

    def _run(self, *, running: bool) -> None:
        if running and not self._tick.isActive():
            self._since_tick.start()
            self._tick.start()
        elif not running:
            self._tick.stop()

    def _on_tick(self) -> None:
        real = timedelta(milliseconds=self._since_tick.restart())
        # A frame that is not drawn yet is waited for: the picture is never behind the clock.
        if self.playing is not None and self.drawing.idle:
            self._go(self.playing.passed(real))

    async def _begin(self) -> None:
        assert self._door is not None
        wished = self._wished = object()
        found = await self._door.city()
        if self.map is None or not found.cells:
            return
        badge = " · ".join(filter(None, (_("回放 · 不是现在"), generated_mark(found.profile))))
        self.city = MapCity(found.cells, found.cell_codes, found.roads, found.divisions, badge)
        self.city_name = found.profile.name
        self.map.set_part("names", found.english if language() == "en" else {})
        self.map.show_city(self.city)
        if self.past is not None:
            self._go(self.playing)
            return
        span = await self._door.span()
        now = self._door.now()
        self.bar.show_today(now.astimezone(self._zone).date())
        last = (min(span[1], now) if span else now).astimezone(self._zone)
        self.bar.show_period(last.date(), last.date())
        since = datetime.combine(last.date(), time(), self._zone)
        until = min(now, since + timedelta(days=1))
        await self._read(Period(since, max(until, since + _MINUTE)), wished)

    async def _read(self, period: Period, wished: object) -> None:
        assert self._door is not None
        self._run(running=False)
        self.bar.show_progress(0, 0)

        try:
            past = await self._door.read(period, self.progressed.emit, lambda: self._wished is not wished)
        except Refused as problem:
            if problem.code != "interrupted":
                raise
            return
        finally:
            if self._wished in (wished, None):
                self.bar.end_progress()
        if self._wished is not wished:
            return
        self.past = past
        self.exporting.show_past(past)
        curve = past.curve(_POINTS)
        self.timeline.show_curve(period, curve[0].tolist(), curve[1].tolist())
        speed = self.playing.speed if self.playing is not None else 60
        self._go(Playing(period, period.since, speed))

    async def _draw(self) -> None:
        import asyncio

        from console.ui.replay.frame import frame

        if self.past is None or self.playing is None or self._pool is None:
            return
        loop = asyncio.get_running_loop()
        panel = self.map
        make = partial(frame, self.past, self.playing.at, self._zone, self._on_map)
        self.shown = shown = await loop.run_in_executor(self._pool, make)
        self.facts.show_frame(shown, exact=self.past.period.exact)
        self._show_pointed()
        if self.map is not panel:  # the page was left and turned to again: this map knows nothing of before
            self.drawing.wish(now=True)
        elif self.map is not None and self.city is not None and len(shown.levels) == self.city.cell_count:
            if shown.changed is None:
                self.map.show_cells(shown.levels, shown.counts)
            else:
                self.map.update_cells(shown.changed)
            self.map.show_marks(shown.marks)
            self.map.set_part("moment", shown.at.isoformat())  # at once: a hand is on the slider
            self._on_map = shown

    def _drill(self) -> None:
        if self.shown is not None:
            self._step(lambda playing: playing.stepped(timedelta()))
            self.drilling.make(self.shown.at)

    def _point(self, case_id: int) -> None:
        if self.past is not None:
            found = self.past.code_of(case_id)
            self._pointed = (found, case_id)
            self._show_pointed()

    def _show_pointed(self) -> None:
        if self.shown is None or self.past is None:
            return
        code, case_id = self._pointed
        found = self.past.at(self.shown.at).case(case_id) if code else None
        self.facts.show_case(code, found, self.shown)
        if self.map is not None:
            if found is None or found.lon is None or found.lat is None:
                self.map.select_case(None)
            else:
                self.map.select_case(case_id, found.lon, found.lat)

    def _on_progress(self, done: int, whole: int) -> None:
        if self.clicks.busy:  # else it is the last word of a reading that has ended
            self.bar.show_progress(done, whole)

    def _cancel(self) -> None:
        self._wished = None

    def _tell(self) -> None:
        """The banner: that this is the past, and which instant of it."""
        told = _("回放:这里是过去,不是现在;在此不能办理案件")
        if self.playing is not None:
            local = self.playing.at.astimezone(self._zone)
            when = f"{on_weekday(local, year=True)} {local:%H:%M:%S}"
            told = f"{when}    {told}"
        self._banner.setText(told)

    def _on_theme(self) -> None:
        if self.map is not None:
            self.map.show_theme(self._theme.roles)
            self.map.set_zoom(factor())

    def _lay_out(self) -> None:
        head = QFrame(self)
        head.setObjectName("replayHead")
        line = QHBoxLayout(head)
        line.setContentsMargins(*pxs(12, 4, 8, 4))
        line.addWidget(self._banner, 1)
        line.addWidget(self._back)
        for part in (self._room, self.facts):  # as high as is left: a web view asks for 600
            part.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self._layout = QHBoxLayout(self._room)
        self._layout.setContentsMargins(0, 0, 0, 0)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._room, 1)
        middle.addWidget(self.facts)
        column = QVBoxLayout(self)
        column.setContentsMargins(*pxs(4, 4, 4, 4))  # the frame, which nothing else has
        column.setSpacing(0)
        column.addWidget(head)
        column.addLayout(middle, 1)
        column.addWidget(self.timeline)
        column.addWidget(self.bar)
