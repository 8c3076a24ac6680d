"""The timeline of a case: who did what when, how long it took, in time or late."""

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.domain.operation import Operation
from console.i18n import _
from console.ui.theme import Theme
from console.words import OPERATIONS, clock_time, span

if TYPE_CHECKING:
    from console.queries.case import CaseCard

_ROW = 22
_LEFT = 20
_LONGEST_NOTE = 2000  # of a note that may hold 100 kB: the rest is in `cases show`


class Timeline(QWidget):
    """Painted, so that a case with a hundred facts costs no widgets; read out as one text."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("caseTimeline")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._theme = theme
        self._lines: list[tuple[str, str, bool, str]] = []
        theme.changed.connect(self.update)

    def show_card(self, card: "CaseCard", now: datetime) -> None:
        zone = ZoneInfo(card.timezone)
        self._lines = []
        last: datetime | None = None
        due: datetime | None = None
        for fact in card.facts:
            due = fact.changes.get("due_at", due)
            took = "" if last is None else f"+{span((fact.at - last).total_seconds())}"
            late = fact.operation is Operation.FEED_BACK and due is not None and fact.at > due
            word = _(OPERATIONS[fact.operation])
            head = f"{clock_time(fact.at, zone, now)}  {word}  {fact.by}"
            note = self._note(fact.operation, fact.note)
            self._lines.append((head, took, late, note))
            last = fact.at
        self.setAccessibleName(_("办理经过"))
        self.setAccessibleDescription("\n".join(f"{head} {note}" for head, _took, _late, note in self._lines))
        self.updateGeometry()
        self.update()

    def _note(self, operation: Operation, note: str) -> str:
        if operation is Operation.UNDO and note in set(Operation):
            return _(OPERATIONS[Operation(note)])
        return note[:_LONGEST_NOTE]

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return sum(_ROW + self._note_box(note, width).height() for *_head, note in self._lines) + 4

    def sizeHint(self) -> QSize:
        return QSize(240, self.heightForWidth(max(240, self.width())))

    def _note_box(self, note: str, width: int) -> QRect:
        if not note:
            return QRect()
        room = QRect(0, 0, max(60, width - _LEFT), 100_000)
        flags = int(Qt.TextFlag.TextWrapAnywhere | Qt.TextFlag.TextWordWrap)
        return self.fontMetrics().boundingRect(room, flags, note)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = 0
        for at, (head, took, late, note) in enumerate(self._lines):
            self._paint_dot(painter, top, late, last=at == len(self._lines) - 1, note=note)
            painter.setPen(self._theme.colour("late" if late else "text"))
            room = QRect(_LEFT, top, self.width() - _LEFT, _ROW)
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), head)
            painter.setPen(self._theme.colour("muted"))
            right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(room, int(right | Qt.TextFlag.TextSingleLine), took)
            top += _ROW
            if note:
                box = self._note_box(note, self.width())
                flags = int(Qt.TextFlag.TextWrapAnywhere | Qt.TextFlag.TextWordWrap)
                painter.drawText(QRect(_LEFT, top, self.width() - _LEFT, box.height() + 2), flags, note)
                top += box.height()

    def _paint_dot(self, painter: QPainter, top: int, late: bool, *, last: bool, note: str) -> None:
        middle = QPoint(6, top + _ROW // 2)
        if not last:
            below = top + _ROW + self._note_box(note, self.width()).height() + _ROW // 2
            painter.setPen(QPen(self._theme.colour("line"), 1.5))
            painter.drawLine(middle, QPoint(6, below))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("late" if late else "accent" if last else "muted"))
        painter.drawEllipse(middle, 4, 4)
