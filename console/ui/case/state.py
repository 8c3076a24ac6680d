"""The running clock of a case: its lamp and words, and how much of its budget is used, as a thin bar."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.domain.flow import State
from console.domain.lamp import SOON_FIFTHS, Lamp, lamp
from console.i18n import N_, _
from console.ui.marks import ROLES, draw_mark
from console.ui.scale import px, pxs
from console.ui.theme import Theme
from console.ui.widgets import Painted
from console.words import LAMPS, STATES, clock_time, span

if TYPE_CHECKING:
    from console.queries.case import CaseCard

_STAGES = {
    State.REPORTED: N_("受理时限"),
    State.PRE_CHECK: N_("核实时限"),
    State.TO_FILE: N_("立案时限"),
    State.TO_DISPATCH: N_("派遣时限"),
    State.RETURNED: N_("审批时限"),
    State.FED_BACK: N_("核查时限"),
    State.POST_CHECK: N_("核查时限"),
    State.TO_CLOSE: N_("结案时限"),
}
_BAR, _MARK, _HEIGHT = 4, 12, 18
_GAP = 10
_WHOLE = 10  # from here on tenths say nothing


@dataclass(frozen=True, slots=True)
class ClockShown:
    """`head` is the line of state and lamp, `tail` the deadline and multiple; `share` None draws no bar."""

    lamp: Lamp
    head: str
    tail: str = ""
    share: float | None = None


def clock_shown(card: "CaseCard", now: datetime) -> ClockShown:
    """The clock that runs now, a stage's or the disposal clock; otherwise how the disposal clock ended."""
    case = card.case
    zone = ZoneInfo(card.timezone)
    state = _(STATES[case.state])
    running = case.current_due_at
    if running is not None:
        shown = lamp(now, running, case.soon_at)
        left = span(abs((running - now).total_seconds()))  # the lamp beside it says late
        of_stage = running != case.due_at
        name = _(_STAGES.get(case.state, N_("处置时限"))) if of_stage else _("处置时限")
        share = _stage_share(running, case.soon_at, now) if of_stage else card.share
        tail = f"{name} {clock_time(running, zone, now)}{_multiple(share)}"
        return ClockShown(shown, f"{state} · {_(LAMPS[shown])} {left}", tail, share)
    if case.fed_back_at is None or case.due_at is None:
        return ClockShown(Lamp.NONE, state)
    late = case.fed_back_at > case.due_at
    words = _("超期反馈") if late else _("按期反馈")
    tail = f"{_('处置时限')} {clock_time(case.due_at, zone, now)}{_multiple(card.share)}"
    return ClockShown(Lamp.LATE if late else Lamp.NONE, f"{state} · {words}", tail, card.share)


def _stage_share(due: datetime, soon: datetime | None, now: datetime) -> float | None:
    """A stage clock runs by the wall, so its last fifth tells how long the whole of it is."""
    if soon is None or soon >= due:
        return None
    whole = (due - soon) * 5 / (5 - SOON_FIFTHS)
    return max(0.0, 1 - (due - now) / whole)


def _multiple(share: float | None) -> str:
    if share is None or share <= 1:
        return ""
    return " · " + _("超期 {times} 倍").format(times=f"{share:.1f}" if share < _WHOLE else f"{share:.0f}")


class ShareBar(Painted):
    """Used time of the budget as a thin line with the lamp's mark at its end, and the deadline after it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("caseShare")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._theme = theme
        self._clock = ClockShown(Lamp.NONE, "")

    def show_clock(self, clock: ClockShown) -> None:
        self._clock = clock
        self.setVisible(bool(clock.tail))
        used = "" if clock.share is None else _("已用 {percent} %").format(percent=f"{clock.share * 100:.0f}")
        self.setAccessibleName(" · ".join(filter(None, (clock.tail, used))))
        self.setToolTip(self.accessibleName())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(*pxs(200, _HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        words = self._clock.tail
        text_width = painter.fontMetrics().horizontalAdvance(words)
        colour = self._theme.colour(ROLES[self._clock.lamp])
        painter.setPen(colour if self._clock.lamp is Lamp.LATE else self._theme.colour("muted"))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.rect(), int(right | Qt.TextFlag.TextSingleLine), words)
        if self._clock.share is None:
            return
        track = QRectF(
            0,
            (px(_HEIGHT) - px(_BAR)) / 2,
            max(px(40), self.width() - text_width - px(_GAP) - px(_MARK)),
            px(_BAR),
        )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("line"))
        painter.drawRoundedRect(track, 2, 2)
        used = QRectF(track)
        used.setWidth(max(px(_BAR), track.width() * min(1.0, self._clock.share)))
        painter.setBrush(colour)
        painter.drawRoundedRect(used, 2, 2)
        end = QRectF(used.right() - px(_MARK) / 2, (px(_HEIGHT) - px(_MARK)) / 2, px(_MARK), px(_MARK))
        painter.setBrush(self._theme.colour("surface"))
        painter.drawEllipse(end)
        draw_mark(painter, end, self._clock.lamp, colour)
