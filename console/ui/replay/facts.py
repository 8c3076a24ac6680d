"""Beside the map of the past: the steps, the day, the case that was pointed at, and what happened around."""

from collections.abc import Sequence
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from console.domain.flow import Step
from console.domain.lamp import Lamp
from console.i18n import _
from console.ui.marks import draw_mark
from console.ui.scale import px, pxs
from console.ui.theme import Theme
from console.ui.widgets import Painted, plain_label, plain_tip
from console.words import LAMPS, OPERATIONS, SHORT_STEPS, STATES, clock_time

if TYPE_CHECKING:
    from console.queries.past import Event, Standing
    from console.ui.replay.frame import Frame

_WIDTH = 288


class StepFigures(Painted):
    """The open cases of each step in a table of two columns, the late ones with their triangle."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("replaySteps")
        self._theme = theme
        self._rows: list[tuple[str, int, int]] = []
        theme.changed.connect(self.update)

    def show_frame(self, shown: "Frame") -> None:
        rows = [(_(SHORT_STEPS[step]), *shown.steps[step]) for step in Step if step is not Step.EVALUATION]
        self._rows = [(_("未结合计"), shown.open, shown.late), *rows]
        self.setAccessibleName(_("当时各环节"))
        self.setAccessibleDescription(
            _(";").join(
                _("{step} {number} 件,超期 {late} 件").format(step=step, number=number, late=late)
                for step, number, late in self._rows
            )
        )
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(_WIDTH), px(24) * 7)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        row = px(24)
        middle, late = round(self.width() * 0.58), self.width()
        align = Qt.AlignmentFlag.AlignVCenter
        for k, (step, number, overdue) in enumerate(self._rows):
            top = k * row
            painter.setPen(self._theme.colour("text" if k == 0 else "muted"))
            painter.drawText(0, top, middle, row, int(align | Qt.AlignmentFlag.AlignLeft), step)
            painter.setPen(self._theme.colour("text"))
            right = int(align | Qt.AlignmentFlag.AlignRight)
            painter.drawText(0, top, middle, row, right, f"{number:,}")
            if overdue:
                colour = self._theme.colour("late")
                box = QRectF(middle + px(16), top + px(5), px(14), px(14))
                draw_mark(painter, box, Lamp.LATE, colour)
                painter.setPen(colour)
                painter.drawText(middle, top, late - middle, row, right, f"{overdue:,}")
            painter.setPen(self._theme.colour("line"))
            painter.drawLine(0, top + row - 1, self.width(), top + row - 1)


class PastFacts(QFrame):
    """Read only: there is nothing to act on in the past."""

    def __init__(self, theme: Theme, zone: ZoneInfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("replayFacts")
        self.setFixedWidth(px(_WIDTH) + px(24))
        self._theme = theme
        self.zone = zone
        self._events: tuple[Event, ...] = ()
        self.steps = StepFigures(theme, self)
        self._day = plain_label(name="replayDay", wraps=True)
        self._case_title = plain_label(name="replayCaseTitle", look="section")
        self.case = plain_label(name="replayCase", wraps=True)
        self._events_title = plain_label(name="replayEventsTitle", look="section")
        self.events = QListWidget(self)
        self.events.setObjectName("replayEvents")
        self.events.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.events.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.events.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.events.setUniformItemSizes(True)
        self.events.setMinimumHeight(px(44))
        self.events.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        column = QVBoxLayout(self)
        column.setContentsMargins(*pxs(12, 10, 12, 8))
        column.setSpacing(px(6))
        for part in (self.steps, self._day, self._case_title, self.case, self._events_title):
            column.addWidget(part)
        column.addWidget(self.events, 1)
        self.show_words()

    def show_words(self) -> None:
        self._case_title.setText(_("所指案件(当时)"))
        self._events_title.setText(_("前后发生的事"))
        self.events.setAccessibleName(_("前后发生的事"))

    def show_frame(self, shown: "Frame", *, exact: bool) -> None:
        self.steps.show_frame(shown)
        told = _("当日已收 {reported} 件,已结 {ended} 件")
        self._day.setText(told.format(reported=f"{shown.reported:,}", ended=f"{shown.ended:,}"))
        self._show_events(shown.events, shown, exact=exact)

    def show_case(self, code: str, found: "Standing | None", shown: "Frame") -> None:
        """The case as it stood, in words; nothing can be done to it here."""
        if not code:
            self.case.setText(_("点选地图上的案件,看它当时的状态"))
            return
        if found is None:
            self.case.setText(f"{code}\n" + _("此刻不在未结案件之列"))
            return
        lines = [found.code, f"{_(STATES[found.state])} · {_(LAMPS[found.lamp])}"]
        if found.due_at is not None:
            lines.append(_("时限至 {when}").format(when=clock_time(found.due_at, self.zone, shown.at)))
        if found.reworks:
            lines.append(_("返工 {count} 次").format(count=found.reworks))
        if found.supervision:
            lines.append(_("督办 {level} 级").format(level=found.supervision))
        self.case.setText("\n".join(lines))

    def _show_events(self, events: "Sequence[Event]", shown: "Frame", *, exact: bool) -> None:
        told = tuple(events)
        if told != self._events or self.events.count() == 0:
            self._events = told
            self.events.clear()
            for one in told:
                item = QListWidgetItem(self.events)
                item.setToolTip(plain_tip(one.by))
            if not told:
                silent = _("此时段没有发生任何事")
                self.events.addItem(silent if exact else _("超过 31 天的时段按整点回放,不列单件操作"))
        for k, one in enumerate(told):
            sign = "▸" if self._newest(k, shown) else "\u2002"
            when = f"{one.at.astimezone(self.zone):%H:%M:%S}"
            item = self.events.item(k)
            item.setText(f"{sign} {when}  {one.code}  {_(OPERATIONS[one.operation])}")
            item.setForeground(self._theme.colour("muted" if one.at > shown.at else "text"))

    def _newest(self, k: int, shown: "Frame") -> bool:
        following = self._events[k + 1].at if k + 1 < len(self._events) else None
        return self._events[k].at <= shown.at and (following is None or following > shown.at)
