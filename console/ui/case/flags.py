"""What is said of a case beside its state, as a row of small labelled shapes."""

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from console.domain.case import Flag
from console.domain.flow import ENDED, State
from console.i18n import _
from console.ui.flag_marks import FLAG_MARKS, Shape, draw_shape
from console.ui.flow_layout import FlowRow
from console.ui.scale import px
from console.ui.theme import Theme
from console.ui.widgets import Painted
from console.words import FLAGS
from console.words.dates import day_words, short_day

if TYPE_CHECKING:
    from console.queries.case import CaseCard

Chip = tuple[Shape, str, str]  # the shape, its role of colour, its words

_HEIGHT, _SHAPE, _PADDING = 22, 12, 7


class FlagRow(FlowRow):
    """The chips of a case; read out as one text."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("caseFlags")
        self._theme = theme
        self._chips: list[_ChipLabel] = []

    def show_chips(self, chips: list[Chip]) -> None:
        for label in self._chips:
            self.take(label)
        self._chips = [_ChipLabel(self._theme, chip) for chip in chips]
        for at, label in enumerate(self._chips, 1):
            label.setObjectName(f"caseFlag_{at}")
            self.add(label)
        self.setAccessibleName(" · ".join(words for _shape, _role, words in chips))
        self.setVisible(bool(chips))


def flag_chips(card: "CaseCard", now: datetime) -> list[Chip]:
    """The chips of a case: the suspension and its end, then its flags with their numbers."""
    case = card.case
    chips: list[Chip] = []
    if case.state is State.SUSPENDED and case.suspended_until is not None:
        words = _("挂账至 {day}").format(day=_day(case.suspended_until, ZoneInfo(card.timezone), now))
        chips.append((Shape.BARS, "suspended", words))
    for flag in sorted(case.flags, key=list(FLAG_MARKS).index):
        shape, role = FLAG_MARKS[flag]
        chips.append((shape, role, _words(flag, card)))
    return chips


def _words(flag: Flag, card: "CaseCard") -> str:
    if flag is Flag.SUPERVISED and card.case.supervision:
        return _("督办 {level} 级").format(level=card.case.supervision)
    if flag is Flag.SIMILAR:
        return _("并案 {count}").format(count=sum(one.relation == "duplicate" for one in card.kin))
    if flag is Flag.SPLIT:
        parts = [one for one in card.kin if one.relation == "part"]
        ended = sum(State(one.state) in ENDED for one in parts)
        return _("拆分 {ended}/{count}").format(ended=ended, count=len(parts))
    return _(FLAGS[flag])


def _day(moment: datetime, zone: ZoneInfo, now: datetime) -> str:
    local = moment.astimezone(zone)
    return short_day(local) if local.year == now.astimezone(zone).year else day_words(local)


class _ChipLabel(Painted):
    """One shape with its words in a thin frame."""

    def __init__(self, theme: Theme, chip: Chip) -> None:
        super().__init__()
        self._theme = theme
        self._shape, self._role, self._words = chip
        self.setAccessibleName(self._words)

    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance(self._words)
        return QSize(width + px(_SHAPE) + 3 * px(_PADDING), px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._theme.colour("line"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), px(4), px(4))
        box = QRectF(px(_PADDING), (px(_HEIGHT) - px(_SHAPE)) / 2, px(_SHAPE), px(_SHAPE))
        draw_shape(painter, box, self._shape, self._theme.colour(self._role))
        painter.setPen(self._theme.colour("text" if self._role == "muted" else self._role))
        room = self.rect().adjusted(2 * px(_PADDING) + px(_SHAPE) - 2, 0, 0, 0)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), self._words)
