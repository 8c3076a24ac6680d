"""The player's buttons: play, steps, speed, and which period; and how far its reading is."""

from datetime import date, timedelta

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import (
    QDateEdit,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from console.domain.replay import SPEEDS, Playing
from console.i18n import N_, _
from console.ui.flow_layout import FlowRow
from console.ui.scale import px
from console.ui.widgets import plain_label

# Object name, sign, words, and the key that does the same on the page.
_STEPS: tuple[tuple[str, str, str, str], ...] = (
    ("replayStart", "|◂", N_("到开头"), "Home"),
    ("replayEventBack", "◂", N_("上一件事"), "←"),
    ("replayMinuteBack", "−1′", N_("后退一分钟"), "Shift+←"),
    ("replayPlay", "▶", N_("播放或暂停"), "Space"),
    ("replayMinuteOn", "+1′", N_("前进一分钟"), "Shift+→"),
    ("replayEventOn", "▸", N_("下一件事"), "→"),
    ("replaySlower", "−", N_("减速"), "-"),
    ("replayFaster", "+", N_("加速"), "+"),
)
_PERIODS: tuple[tuple[str, int, int, str], ...] = (
    ("replayToday", 0, 0, N_("今日")),
    ("replayYesterday", 1, 1, N_("昨日")),
    ("replayWeek", 6, 0, N_("近 7 日")),
    ("replayMonth", 29, 0, N_("近 30 日")),
    ("replayYear", 364, 0, N_("近一年")),
)


class ReplayBar(QFrame):
    """Signals: pressed(str): a step's button, by its object name; period_chosen(date, date): first and last
    day; cancelled: the reading is not wanted any more.
    """

    pressed = Signal(str)
    period_chosen = Signal(object, object)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("replayBar")
        self._today = date.min + timedelta(days=1000)  # until it is told
        self.buttons = {name: self._button(name, sign) for name, sign, _words, _key in _STEPS}
        self._speed = plain_label(name="replaySpeed")
        self._speed.setMinimumWidth(px(58))
        self._speed.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.since, self.until = self._date("replaySince"), self._date("replayUntil")
        self._read = QToolButton(self)
        self._read.setObjectName("replayRead")
        self._read.clicked.connect(self._choose)
        self._presets = [self._preset(*one) for one in _PERIODS]
        self.reading = QFrame(self)
        self._progress = QProgressBar(self.reading)
        self._progress.setObjectName("replayProgress")
        self._cancel = QPushButton(self.reading)
        self._cancel.setObjectName("replayCancel")
        self._cancel.clicked.connect(self.cancelled)
        self._lay_out()
        self.reading.hide()
        self.show_words()

    def show_today(self, today: date) -> None:
        self._today = today

    def show_period(self, first: date, last: date) -> None:
        """Put the days into the fields."""
        self.since.setDate(QDate(first.year, first.month, first.day))
        self.until.setDate(QDate(last.year, last.month, last.day))

    def show_playing(self, playing: Playing | None) -> None:
        for button in self.buttons.values():
            button.setEnabled(playing is not None)
        if playing is None:
            return
        self.buttons["replayPlay"].setText("⏸" if playing.running else "▶")
        self.buttons["replayPlay"].setAccessibleDescription(_("正在播放") if playing.running else _("已暂停"))
        self.buttons["replaySlower"].setEnabled(playing.speed > SPEEDS[0])
        self.buttons["replayFaster"].setEnabled(playing.speed < SPEEDS[-1])
        self._speed.setText(f"×{playing.speed:,}")
        self._speed.setAccessibleName(_("{speed} 倍速").format(speed=playing.speed))

    def show_progress(self, done: int, whole: int, words: str = "") -> None:
        """How far the reading is, or what `words` say; the bar is there as long as it goes on."""
        self.reading.show()
        self._progress.setRange(0, whole)
        self._progress.setValue(done)
        told = _("读取日志:{done} / {whole} 件").format(done=f"{done:,}", whole=f"{whole:,}")
        self._progress.setFormat(words or told)

    def end_progress(self) -> None:
        self.reading.hide()

    def show_words(self) -> None:
        for name, _sign, words, key in _STEPS:
            self.buttons[name].setToolTip(f"{_(words)} {key}")
            self.buttons[name].setAccessibleName(f"{_(words)} {key}")
        for button, (_name, _first, _last, words) in zip(self._presets, _PERIODS, strict=True):
            button.setText(_(words))
        self._read.setText(_("读取时段"))
        self._cancel.setText(_("取消"))
        self.since.setAccessibleName(_("回放首日"))
        self.until.setAccessibleName(_("回放末日"))
        self._progress.setAccessibleName(_("读取进度"))

    def _choose(self) -> None:
        self.period_chosen.emit(_day(self.since.date()), _day(self.until.date()))

    def _choose_preset(self, first: int, last: int) -> None:
        days = (self._today - timedelta(days=first), self._today - timedelta(days=last))
        self.show_period(*days)
        self.period_chosen.emit(*days)

    def _button(self, name: str, sign: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setText(sign)
        button.setMinimumWidth(px(40))
        button.clicked.connect(lambda: self.pressed.emit(name))
        return button

    def _preset(self, name: str, first: int, last: int, _words: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.clicked.connect(lambda: self._choose_preset(first, last))
        return button

    def _date(self, name: str) -> QDateEdit:
        field = QDateEdit(self)
        field.setObjectName(name)
        field.setDisplayFormat("yyyy-MM-dd")
        field.setCalendarPopup(True)
        return field

    def _lay_out(self) -> None:
        row = FlowRow(self)
        for name, _sign, _words, _key in _STEPS[:-1]:
            row.add(self.buttons[name])
        high = self.buttons["replayPlay"].sizeHint().height()
        dash = QLabel("—")
        dash.setObjectName("replayDash")
        for label in (self._speed, dash):
            label.setMinimumHeight(high)
        row.add(self._speed)
        row.add(self.buttons["replayFaster"])
        for part in (self.since, dash, self.until, self._read, *self._presets):
            row.add(part)
        line = QHBoxLayout(self.reading)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._progress, 1)
        line.addWidget(self._cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(6), px(12), px(8))
        column.setSpacing(px(6))
        column.addWidget(self.reading)
        column.addWidget(row)
        self._row = row

    def add_row(self, frame: QFrame, row: QWidget) -> None:
        """One more row, below; `row` is what fills its frame."""
        line = QHBoxLayout(frame)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(row)
        column = self.layout()
        assert column is not None
        column.addWidget(frame)

    def add(self, widget: QWidget) -> None:
        """One more button at the end."""
        self._row.add(widget)


def _day(of: QDate) -> date:
    return date(of.year(), of.month(), of.day())
