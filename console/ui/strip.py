"""The step strip: the seven steps in order with how many wait and how many are late; a click filters."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from console.domain.flow import Step
from console.domain.lamp import Lamp
from console.i18n import _
from console.ui.marks import draw_mark
from console.ui.scale import px, pxs
from console.ui.theme import Theme
from console.ui.turning import on_turn, show_turned
from console.words import SHORT_STEPS, STEPS

if TYPE_CHECKING:
    from console.queries.queue import StepCount


_FLAGS = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class StepStrip(QWidget):
    """Signals: step_chosen(Step or None): None when the chosen step was clicked again."""

    step_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("stepStrip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(px(52))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._chosen: Step | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(*pxs(8, 4, 8, 4))
        layout.setSpacing(0)
        self._buttons: dict[Step, StepButton] = {}
        for step in Step:
            button = StepButton(step, theme, self)
            on_turn(button, partial(self._on_turned, step))
            layout.addWidget(button, 1)
            self._buttons[step] = button
        theme.changed.connect(self.update)

    def show_counts(self, counts: "Mapping[Step, StepCount]") -> None:
        for step, count in counts.items():
            self._buttons[step].show_count(count.number, count.late)

    def show_step(self, step: Step | None) -> None:
        self._chosen = step
        for own, button in self._buttons.items():
            show_turned(button, down=own is step)

    def show_words(self) -> None:
        for button in self._buttons.values():
            button.show_words()

    def _on_turned(self, step: Step) -> None:
        self.step_chosen.emit(None if step is self._chosen else step)


class StepButton(QAbstractButton):
    """One step: word and number on an arrow that points to the next."""

    def __init__(self, step: Step, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.step = step
        self._theme = theme
        self._number: int | None = None
        self._late = 0
        self.setObjectName(f"step_{step.value}")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.show_words()

    def show_words(self) -> None:
        number = "" if self._number is None else str(self._number)
        self.setToolTip(_(STEPS[self.step]))
        late = _("超期 {late}").format(late=self._late) if self._late else ""
        self.setAccessibleName(" ".join((_(STEPS[self.step]), number, late)).strip())
        self.update()

    def show_count(self, number: int, late: int) -> None:
        if (number, late) != (self._number, self._late):
            self._number, self._late = number, late
            self.show_words()

    def sizeHint(self) -> QSize:
        return QSize(*pxs(120, 44))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        role = "accent_ground" if self.isChecked() else "ground" if self.underMouse() else "surface"
        painter.setBrush(self._theme.colour(role))
        focused = self.hasFocus()
        painter.setPen(
            QPen(
                self._theme.colour("accent" if self.isChecked() or focused else "frame"),
                px(3) if focused else 1,
            )
        )
        painter.drawPolygon(self._arrow())
        self._paint_words(painter)

    def _arrow(self) -> QPolygonF:
        width, height, tip = self.width() - 3.0, self.height() - 1.0, px(10)
        corners = [(0.5, 0.5), (width - tip, 0.5), (width, height / 2), (width - tip, height), (0.5, height)]
        if self.step is not Step.COLLECTION:
            corners.append((tip, height / 2))
        return QPolygonF([QPointF(x, y) for x, y in corners])

    def _paint_words(self, painter: QPainter) -> None:
        """Word, number and late cases in one line; the word above the numbers where that is too long."""
        left = px(22) if self.step is not Step.COLLECTION else px(14)
        room = QRectF(left, 0, self.width() - left - px(14), self.height())
        word, gap = _(SHORT_STEPS[self.step]), px(8)
        number = "" if self._number is None else f"{self._number:,}"
        late = f"{self._late:,}" if self._late else ""
        large = QFont(self.font())
        large.setPixelSize(px(17))
        large.setWeight(QFont.Weight.Medium)
        advance = painter.fontMetrics().horizontalAdvance
        advance_large = QFontMetrics(large).horizontalAdvance
        numbers = advance_large(number) + (gap + px(16) + advance(late) if late else 0)
        stacked = advance(word) + gap + numbers > room.width()
        if stacked:
            room.setTop(px(3))
            room.setHeight(px(18))
        painter.setPen(self._theme.colour("muted"))
        shown = painter.fontMetrics().elidedText(word, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, int(_FLAGS), shown)
        if stacked:
            room.translate(0, px(19))
        else:
            room.setLeft(room.left() + advance(word) + gap)
        painter.setFont(large)
        painter.setPen(self._theme.colour("text"))
        painter.drawText(room, int(_FLAGS), number)
        room.setLeft(room.left() + advance_large(number) + gap)
        if late and room.width() > px(12):
            colour = self._theme.colour("late")
            box = QRectF(room.left(), room.center().y() - px(6), *pxs(12, 12))
            draw_mark(painter, box, Lamp.LATE, colour)
            painter.setFont(self.font())
            painter.setPen(colour)
            painter.drawText(room.adjusted(px(16), 0, px(14), 0), int(_FLAGS), late)
