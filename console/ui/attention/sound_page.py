"""What this user wants to be told of and how it sounds: volume, mute, and a line for every event."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from console.domain.attention import GRAVE, Event
from console.i18n import _
from console.settings import Settings
from console.ui.attention.tones import NAMES, USUAL
from console.ui.naming import name_box
from console.ui.scale import px
from console.ui.widgets import plain_label
from console.words.alarms import EVENTS

OFF = "off"


def sound_of(settings: Settings, event: Event) -> str:
    """The sound chosen for an event, `off` where none is wanted."""
    chosen = dict(pair.split("=", 1) for pair in settings.sounds if "=" in pair)
    name = chosen.get(event.value, USUAL[event])
    return name if name == OFF or name in NAMES else USUAL[event]


def unwanted(settings: Settings) -> frozenset[Event]:
    """The events that make no alarm."""
    return frozenset(event for event in Event if event.value in settings.quiet_events) - GRAVE


class SoundPage(QWidget):
    """`keep` changes settings by their names, `settings` gives them.

    Signals: play_wished(str): a sound is to be heard once.
    """

    play_wished = Signal(str)

    def __init__(self, settings: Callable[[], Settings], keep: Callable[..., None], device: bool) -> None:
        super().__init__()
        self.setObjectName("soundPage")
        self._settings = settings
        self._keep = keep
        now = settings()
        self.mute = self._check("soundMute", _("静音 Ctrl+F12"), now.muted, muted=True)
        self.insist = self._check("soundInsist", _("紧急警报未确认时每 20 秒再响"), now.insist, insist=True)
        self.volume = QSlider(Qt.Orientation.Horizontal, self)
        self.volume.setObjectName("soundVolume")
        self.volume.setAccessibleName(_("音量"))
        self.volume.setRange(0, 100)
        self.volume.setSingleStep(5)
        self.volume.setValue(now.volume)
        self.volume.valueChanged.connect(lambda value: self._keep(volume=value))
        line = QHBoxLayout()
        line.setSpacing(px(8))
        line.addWidget(plain_label(_("音量"), name="soundVolumeLabel"))
        line.addWidget(self.volume, 1)
        line.addWidget(self.mute)
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(10))
        grid.setVerticalSpacing(px(4))
        grid.setColumnStretch(0, 1)
        for row, event in enumerate(Event):
            self._add_event(grid, row, event)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(8))
        if not device:
            layout.addWidget(
                plain_label(
                    _("本机没有可用的声音设备:警报只以文字显示"),
                    name="soundMissing",
                    look="warning",
                    wraps=True,
                )
            )
        layout.addLayout(line)
        layout.addWidget(self.insist)
        layout.addLayout(grid)
        layout.addStretch(1)

    def _add_event(self, grid: QGridLayout, row: int, event: Event) -> None:
        words = _(EVENTS[event])
        on = QCheckBox(words, self)
        on.setObjectName(f"alarm_on_{event.value}")
        on.setAccessibleName(_("提醒:{event}").format(event=words))
        on.setChecked(event not in unwanted(self._settings()))
        on.setEnabled(event not in GRAVE)
        on.toggled.connect(lambda wanted: self._want(event, wanted))
        sound = QComboBox(self)
        sound.setObjectName(f"alarm_sound_{event.value}")
        name_box(sound, _("声音:{event}").format(event=words))
        sound.addItem(_("无声"), OFF)
        for name, said in NAMES.items():
            sound.addItem(_(said), name)
        sound.setCurrentIndex(sound.findData(sound_of(self._settings(), event)))
        sound.activated.connect(lambda _at: self._choose(event, sound.currentData()))
        play = QToolButton(self)
        play.setObjectName(f"alarm_play_{event.value}")
        play.setText(_("试听"))
        play.setAccessibleName(_("试听:{event}").format(event=words))
        play.clicked.connect(lambda: self.play_wished.emit(sound.currentData()))
        for column, widget in enumerate((on, sound, play)):
            grid.addWidget(widget, row, column)

    def _want(self, event: Event, wanted: bool) -> None:
        quiet = {one.value for one in unwanted(self._settings())}
        (quiet.discard if wanted else quiet.add)(event.value)
        self._keep(quiet_events=tuple(sorted(quiet)))

    def _choose(self, event: Event, name: str) -> None:
        others = [pair for pair in self._settings().sounds if not pair.startswith(f"{event.value}=")]
        own = [] if name == USUAL[event] else [f"{event.value}={name}"]
        self._keep(sounds=tuple(sorted(others + own)))
        self.play_wished.emit(name)

    def _check(self, name: str, words: str, on: bool, **named: Any) -> QCheckBox:
        box = QCheckBox(words, self)
        box.setObjectName(name)
        box.setAccessibleName(words)
        box.setChecked(on)
        (setting,) = named
        box.toggled.connect(lambda wanted: self._keep(**{setting: wanted}))
        return box
