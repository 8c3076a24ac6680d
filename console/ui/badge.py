"""A button with a number that waits: a pill at its right end, nothing where nothing waits."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolButton, QWidget

from console.i18n import _
from console.ui.scale import px
from console.ui.theme import Theme

_MOST = 99
_HEIGHT = 18
_PADDING = 10  # as in resources/style/console.qss


class BadgeButton(QToolButton):
    """The number is told to screen readers with the text of the button."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._count = 0
        self._grave = False
        theme.changed.connect(self.update)

    def show_count(self, count: int, *, grave: bool = False) -> None:
        """`grave` is told by the pill's shape and an exclamation mark beside its colour, and in words."""
        if (count, grave) != (self._count, self._grave):
            self._count, self._grave = count, grave
            told = self._number() if count else ""
            self.setAccessibleDescription(_("{count} 条,有紧急").format(count=count) if grave else told)
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        size = super().sizeHint()
        return QSize(size.width() + (self._pill() + px(6) if self._count else 0), size.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._count:
            super().paintEvent(event)
            return
        self._paint_face()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width, height = self._pill(), px(_HEIGHT)
        left = self.width() - width - px(_PADDING - 2)
        pill = QRectF(left, (self.height() - height) / 2, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("late" if self._grave else "accent"))
        corner = px(3) if self._grave else px(_HEIGHT) / 2
        painter.drawRoundedRect(pill, corner, corner)
        painter.setFont(self._small())
        painter.setPen(self._theme.colour("on_accent"))
        painter.drawText(pill, int(Qt.AlignmentFlag.AlignCenter), self._number())

    def _paint_face(self) -> None:
        """The button as ever, its text moved to the left to make room."""
        from PySide6.QtWidgets import QStyle, QStyleOptionToolButton, QStylePainter

        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        text, option.text = option.text, ""
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option)
        painter.setPen(self._theme.colour("text"))
        room = self.rect().adjusted(px(_PADDING) + 1, 0, 0, 0)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), text)

    def _number(self) -> str:
        told = f"{_MOST}+" if self._count > _MOST else str(self._count)
        return f"! {told}" if self._grave else told

    def _pill(self) -> int:
        return max(px(_HEIGHT), QFontMetrics(self._small()).horizontalAdvance(self._number()) + px(12))

    def _small(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(px(11))
        font.setWeight(QFont.Weight.Medium)
        return font
