"""One photo or file as a small button: its picture, what it is for, and a mark where it was altered."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from console.domain.errors import Refused
from console.domain.evidence import Evidence
from console.domain.lamp import Lamp
from console.i18n import _
from console.ui.marks import ROLES, draw_mark
from console.ui.naming import tell
from console.ui.scale import px, pxs
from console.ui.theme import Theme
from console.words import refusal
from console.words.evidence import EVIDENCE_ROLES, evidence_words, trouble_word

if TYPE_CHECKING:
    from console.runtime.evidence import Picture

_CAPTION = 20  # pixels below the picture
_RADIUS = 4
_MARK = 16


def read_image(place: Path) -> QImage:
    """A small JPEG of ours; made where waiting does no harm, shown anywhere."""
    return QImage(str(place))


class Tile(QAbstractButton):
    """Clicked, or Enter on it: it wants to be seen large. The picture is never cut, only shrunk."""

    def __init__(
        self,
        theme: Theme,
        evidence: Evidence,
        size: QSize,
        parent: QWidget | None = None,
        *,
        captioned: bool = True,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("photoTile")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.evidence = evidence
        self.trouble: Refused | None = None
        self.image: QImage | None = None
        self._theme = theme
        self._at_100 = size
        self._captioned = captioned
        self._waiting = True
        self.show_words()

    def show_picture(self, picture: "Picture", image: QImage | None) -> None:
        """Its picture has come, or what is wrong."""
        self._waiting = False
        self.trouble = picture.trouble
        self.image = image
        self.show_words()
        self.update()

    def show_words(self) -> None:
        self.setAccessibleName(evidence_words(self.evidence, self.trouble))
        told = refusal(self.trouble) if self.trouble else self.evidence.name
        tell(self, told)

    @property
    def _size(self) -> QSize:
        return QSize(*pxs(self._at_100.width(), self._at_100.height()))

    def sizeHint(self) -> QSize:
        return QSize(self._size.width(), self._size.height() + (px(_CAPTION) if self._captioned else 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        box = QRect(0, 0, self._size.width(), self._size.height())
        painter.setPen(QPen(self._rim(), 2 if self.hasFocus() else 1))
        painter.setBrush(self._theme.colour("ground"))
        painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), px(_RADIUS), px(_RADIUS))
        inner = box.adjusted(px(3), px(3), -px(3), -px(3))
        if self.trouble is not None:
            self._paint_trouble(painter, inner, self.trouble)
        elif self.image is not None:
            paint_image(painter, inner, self.image)
        else:
            painter.setPen(self._theme.colour("muted"))
            painter.drawText(inner, int(Qt.AlignmentFlag.AlignCenter), self._stand_in())
        if self._captioned:
            self._paint_caption(painter, QRect(0, box.height(), box.width(), px(_CAPTION)))

    def _paint_caption(self, painter: QPainter, room: QRect) -> None:
        painter.setPen(self._theme.colour("muted"))
        role = _(EVIDENCE_ROLES[self.evidence.role])
        words = self.fontMetrics().elidedText(role, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine), words)

    def _rim(self) -> QColor:
        if self.hasFocus() or self.underMouse():
            return self._theme.colour("accent")
        return self._theme.colour("late" if self.trouble else "frame")

    def _stand_in(self) -> str:
        """What stands where no picture is, or not yet."""
        if not self.evidence.pictured:
            return "PDF"
        return _("读取中") if self._waiting else ""

    def _paint_trouble(self, painter: QPainter, room: QRect, trouble: Refused) -> None:
        middle = room.center()
        mark = QRectF(middle.x() - px(_MARK) / 2, room.top() + room.height() * 0.18, px(_MARK), px(_MARK))
        draw_mark(painter, mark, Lamp.LATE, self._theme.colour(ROLES[Lamp.LATE]))
        painter.setPen(self._theme.colour("late"))
        words = QRect(room.left(), round(mark.bottom()), room.width(), room.bottom() - round(mark.bottom()))
        flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWrapAnywhere)
        painter.drawText(words, flags, trouble_word(trouble))


def paint_image(painter: QPainter, room: QRect, image: QImage) -> QRect:
    """The whole image in the middle of `room`, never larger than it is; where it was painted."""
    ratio = painter.device().devicePixelRatio()
    own = QSize(round(image.width() / ratio), round(image.height() / ratio))
    fits = own.width() <= room.width() and own.height() <= room.height()
    size = own if fits else own.scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
    place = QRect(room.topLeft(), size)
    place.moveCenter(room.center())
    painter.drawImage(place, image)
    return place
