"""What keeps a seat attentive: it listens, rings, shows line, lamps and shift, and does what it is told."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAction

from console.domain.alarms import Alarm, Alarms, Ring
from console.domain.attention import OF_CASES, Event
from console.domain.city_act import CityAct
from console.domain.wanted import CaseFilter
from console.i18n import _, named
from console.ui.attention.bar import AlarmBar
from console.ui.attention.handing import Handing
from console.ui.attention.lamps import Lamps
from console.ui.attention.listening import Listening
from console.ui.attention.player import Player, load
from console.ui.attention.sound_page import OFF, sound_of, unwanted
from console.ui.attention.tones import JOINED
from console.ui.duty_door import DutyDoor
from console.ui.header import Header
from console.ui.layers import Layers
from console.ui.messages import MessageLine
from console.ui.preferences import Preferences
from console.ui.selection import Selection
from console.ui.theme import Theme
from console.words.alarms import EVENTS, alarm_words

if TYPE_CHECKING:
    from console.queries.attention import SeatWatch
    from console.queries.city import CityLists
    from console.runtime.desk import Changes
    from console.ui.attention.panel import AlarmPanel

_TICK_MS = 1000
_INSISTS_EVERY, _LOOKS_EVERY, _SITS_EVERY, _HEARS_EVERY = 20, 15, 30, 2  # ticks
_WIDTH = 520
_OF_DUTY = frozenset(
    {
        CityAct.ROSTER_CHANGED,
        CityAct.SHIFTS_CHANGED,
        CityAct.HANDOVER_GIVEN,
        CityAct.HANDOVER_TAKEN,
    }
)


class Attending(QObject):
    """`show_queue` turns to the workspace with the queue in it."""

    def __init__(
        self,
        header: Header,
        layers: Layers,
        messages: MessageLine,
        selection: Selection,
        preferences: Preferences,
        actions: Mapping[str, QAction],
        theme: Theme,
        show_queue: Callable[[], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        super().__init__(layers)
        self._header = header
        self._layers = layers
        self._messages = messages
        self._selection = selection
        self._preferences = preferences
        self._theme = theme
        self._show_queue = show_queue
        self._door: DutyDoor | None = None
        self._places: Mapping[str, tuple[str, str]] = {}
        self._panel: AlarmPanel | None = None
        self._ticks = 0
        self.alarms = Alarms(unwanted(preferences.settings))
        self.bar = AlarmBar(theme, actions)
        messages.add(self.bar)
        self.lamps = Lamps(header)
        self.player = Player(self._volume, self)
        self.player.device_changed.connect(lambda _there: self._show_sound())
        self.listening = Listening(self.alarms, failed, self)
        self.listening.rung.connect(self._ring)
        self.listening.changed.connect(self._show)
        self.listening.seated.connect(self._on_seated)
        self.bar.case_wished.connect(self.go_to_alarm)
        self.handing = Handing(layers, messages, selection, theme, show_queue, failed, self)
        self.handing.waiting.connect(self._on_handovers)
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self.tick)

    def open(self, door: DutyDoor, lists: "CityLists") -> None:
        self._door = door
        self._places = {one.code: (one.name, one.name_en) for one in lists.divisions}
        self.lamps.open(door)
        self.listening.open(door)
        self.handing.open(door)
        self._timer.start()
        self._show_sound()

    async def warm(self) -> None:
        """Make the sounds and load what plays them, beside the painted window."""
        import asyncio

        try:
            folder = await asyncio.get_running_loop().run_in_executor(None, load)
            self.player.open(folder)
        except (ImportError, OSError) as problem:  # a library or a folder is missing: there is no sound
            self._header.show_sound(_("无声"), _("不能播放声音:{problem}").format(problem=problem))
            return
        self._show_sound()

    def stop(self) -> None:
        self._timer.stop()

    def sit_down(self) -> None:
        """Another seat sits here now."""
        self.listening.sit_down()
        self.handing.reload.wish(now=True)

    def on_changed(self, changes: "Changes") -> None:
        """Something was committed, here or elsewhere."""
        if changes.everything or changes.acts & _OF_DUTY:
            self.listening.seat.wish()
            self.handing.reload.wish()
        self.listening.facts.wish(now=True)

    # What the window's actions do.

    def show_alarms(self) -> None:
        """Lay the panel over the workspace, or take it away."""
        if self._layers.holds(self._panel):
            self._layers.leave()
            return
        if self._door is None:
            return
        from console.ui.attention.panel import AlarmPanel
        from console.ui.attention.sound_page import SoundPage

        page = SoundPage(lambda: self._preferences.settings, self._keep, self.player.device)
        page.play_wished.connect(self.player.play)
        panel = self._panel = AlarmPanel(self._theme, self._place, self._door.zone, page)
        panel.go_wished.connect(self._go)
        panel.acknowledged.connect(lambda line: self._done(self.alarms.acknowledge, line.number))
        panel.shelved.connect(self._shelve)
        panel.left.connect(self._layers.leave)
        panel.destroyed.connect(self._forget_panel)
        self._show_queue()
        self._layers.show(panel, _WIDTH, beside_case=False)
        self._show()
        panel.take_keyboard()

    def acknowledge_alarms(self) -> None:
        if self._door is not None:
            count = len(self.alarms.waiting)
            self._done(self.alarms.acknowledge_all)
            self._messages.say(_("已确认 {count} 条警报").format(count=count))

    def go_to_alarm(self) -> None:
        """The cases of the gravest line in the queue."""
        line = next((line for line in self.alarms.waiting if line.event in OF_CASES), None)
        if line is not None:
            self._go(line)
        else:
            self._messages.say(_("没有待看的警报案件"))

    def mute(self) -> None:
        self._keep(muted=not self._preferences.settings.muted)
        self._messages.say(_("已静音") if self._preferences.settings.muted else _("声音已打开"))

    def show_handover(self) -> None:
        self.handing.toggle()

    def tell(self, event: Event, note: str) -> None:
        """An event that is about no case."""
        if self._door is not None:
            ring = self.alarms.tell(event, note, self._door.now())
            if ring is not None:
                self._ring(ring)
            self._show()

    def over(self, event: Event) -> None:
        """Such an event is over."""
        self.alarms.settle(0, frozenset({event}))
        self._show()

    def tick(self) -> None:
        """A second has passed."""
        assert self._door is not None
        self._ticks += 1
        turned = self.lamps.tick()
        if turned is not None:
            event, note = turned
            self.over(Event.DATABASE_BACK if event is Event.DATABASE_LOST else Event.DATABASE_LOST)
            self.tell(event, note)
        for every, reload in (
            (_HEARS_EVERY, self.listening.facts),
            (_LOOKS_EVERY, self.listening.clocks),
            (_SITS_EVERY, self.listening.seat),
        ):
            if self._ticks % every == 0:
                reload.wish(now=True)
        before = len(self.alarms.waiting)
        ring = self.alarms.tick(self._door.now())
        if ring is not None:
            self._ring(ring)
        if self._ticks % _INSISTS_EVERY == 0 and self.alarms.insists and self._preferences.settings.insist:
            self._play(self.alarms.waiting[0].event)
        if ring is not None or len(self.alarms.waiting) != before:
            self._show()

    def show_words(self) -> None:
        self.bar.show_words()
        self.lamps.show_words()
        self._show_sound()
        self._show()

    def _ring(self, ring: Ring) -> None:
        lines = ring.lines or ring.joined
        if ring.lines:
            self._play(ring.lines[0].event)
        else:
            self.player.play(JOINED)
        told = _(";").join(self._words(line) for line in lines)
        self.bar.announce(told, grave=ring.grave)

    def _play(self, event: Event) -> None:
        name = sound_of(self._preferences.settings, event)
        if name != OFF:
            self.player.play(name)

    def _go(self, line: Alarm) -> None:
        """Its cases alone in the queue, and nothing else narrows it."""
        assert self._door is not None
        self.alarms.acknowledge(line.number, self._door.now())
        self._layers.clear()
        self._show_queue()
        self._selection.want(replace(CaseFilter(), ids=tuple(sorted(line.cases)), everything=True))
        self._messages.say(_("{alarm} 的案件").format(alarm=self._words(line)))
        if len(line.cases) == 1:
            self._selection.choose_case(next(iter(line.cases)))
        self._show()

    def _shelve(self, line: Alarm, span: timedelta) -> None:
        self._done(self.alarms.shelve, line.number, span)

    def _done(self, act: Callable[..., None], *told: object) -> None:
        assert self._door is not None
        act(*told, self._door.now())
        self._show()

    def follow_settings(self) -> None:
        """What is wanted to be told and heard may be something else now."""
        self.alarms.unwanted = unwanted(self._preferences.settings)
        self._show_sound()

    def _keep(self, **changes: object) -> None:
        self._preferences.keep(**changes)
        self.follow_settings()

    def _volume(self) -> float:
        settings = self._preferences.settings
        return 0.0 if settings.muted else settings.volume / 100

    def _show(self) -> None:
        waiting = self.alarms.waiting
        grave = bool(waiting) and waiting[0].grave
        self._header.count_alarms(len(waiting), grave=grave)
        self.bar.show_alarm(self._words(waiting[0]) if waiting else "", len(waiting), grave=grave)
        if self._panel is not None and self._door is not None:
            seen = [line for line in self.alarms.lines if not line.waiting]
            self._panel.show_lines([*waiting, *reversed(seen)], self._door.now())

    def _show_sound(self) -> None:
        if self._door is None:
            return
        if self._preferences.settings.muted:
            self._header.show_sound(_("静音"), _("声音已关:Ctrl+F12 打开"))
        elif not self.player.device:
            self._header.show_sound(_("无声"), _("本机没有可用的声音设备:警报只以文字显示"))
        else:
            self._header.show_sound("", "")

    def _on_handovers(self, count: int) -> None:
        """A handover waits for this seat, or none does any more."""
        self.lamps.show_handovers(count)
        if count:
            self.tell(Event.HANDOVER, _("{count} 份交班待接 Shift+F6").format(count=count))
        else:
            self.over(Event.HANDOVER)

    def _on_seated(self, watch: "SeatWatch") -> None:
        self.lamps.show_watch(watch)

    def _words(self, line: Alarm) -> str:
        return alarm_words(line, self._place) or _(EVENTS[line.event])

    def _place(self, code: str) -> str:
        return named(*self._places.get(code, (code, "")))

    def _forget_panel(self) -> None:
        self._panel = None
