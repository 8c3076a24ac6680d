"""The chooser of a seat: the people of the city's list, found by typing, and one of them taken."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from console.domain.actor import EVERY_POST, Post
from console.i18n import _, named
from console.ui.scale import px, pxs
from console.ui.theme import Theme
from console.ui.widgets import name_clear_button, plain_label
from console.words import POSTS

if TYPE_CHECKING:
    from console.queries.seats import Seated

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_HEIGHT = 48


def posts_words(posts: frozenset[Post]) -> str:
    """The posts in the order of the trade; one word for all of them."""
    if posts >= EVERY_POST:
        return _("全部岗位")
    return _("、").join(_(POSTS[post]) for post in Post if post in posts) or _("没有岗位")


class SeatModel(QAbstractListModel):
    """The people that the typed text lets through; patrollers, the many, after all others."""

    def __init__(self, people: "Sequence[Seated]", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all = sorted(people, key=lambda one: (one.member.posts == {Post.PATROLLER}, one.member.name))
        self._texts = [" ".join(line).casefold() for line in map(seat_line, self._all)]
        self.people: Sequence[Seated] = self._all

    def narrow(self, text: str) -> None:
        words = text.casefold().split()
        self.beginResetModel()
        self.people = [
            one
            for one, line in zip(self._all, self._texts, strict=True)
            if all(word in line for word in words)
        ]
        self.endResetModel()

    def place_of(self, name: str) -> int:
        return next((at for at, one in enumerate(self.people) if one.member.name == name), -1)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.people)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return None
        return " · ".join(filter(None, seat_line(self.people[index.row()])))


def seat_line(one: "Seated") -> tuple[str, str, str]:
    """Name, posts and where he belongs."""
    return one.member.name, posts_words(one.member.posts), named(*one.where)


class SeatDelegate(QStyledItemDelegate):
    """Name over posts, and where on the right."""

    def __init__(self, model: SeatModel, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(*pxs(200, _HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        box: QRect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, self._theme.colour("accent_ground"))
            painter.fillRect(QRect(box.x(), box.y(), px(3), box.height()), self._theme.colour("accent"))
        painter.setPen(self._theme.colour("line"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        name, posts, where = seat_line(self._model.people[index.row()])
        painter.save()
        font = QFont(option.font)
        font.setWeight(QFont.Weight.Medium)
        painter.setFont(font)
        painter.setPen(self._theme.colour("text"))
        upper = QRect(box.x() + px(14), box.y() + px(5), box.width() - px(26), px(20))
        left, right = (
            int(side | Qt.AlignmentFlag.AlignVCenter)
            for side in (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight)
        )
        painter.drawText(upper, left, name)
        taken = painter.fontMetrics().horizontalAdvance(name) + px(16)
        painter.setFont(option.font)
        painter.setPen(self._theme.colour("muted"))
        metrics = painter.fontMetrics()
        elide = Qt.TextElideMode.ElideRight
        painter.drawText(upper, right, metrics.elidedText(where, elide, upper.width() - taken))
        lower = upper.translated(0, px(20))
        painter.drawText(lower, left, metrics.elidedText(posts, elide, lower.width()))
        painter.restore()


class SearchLine(QLineEdit):
    """A field whose Up and Down walk in the list under it."""

    def __init__(self, walked: QListView, parent: QWidget) -> None:
        super().__init__(parent)
        self._walked = walked

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            self._walked.keyPressEvent(event)
        else:
            super().keyPressEvent(event)


class SeatChooser(QFrame):
    """Signals: chosen(str): the name of who sits here from now on."""

    chosen = Signal(str)

    def __init__(self, people: "Sequence[Seated]", sitting: str, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("seatPanel")
        self.setProperty("layer", True)
        self.setAccessibleName(_("换席位"))
        self.model = SeatModel(people, self)
        self.list = QListView(self)
        self.list.setObjectName("seatList")
        self.list.setAccessibleName(_("人员名单"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(SeatDelegate(self.model, theme, self.list))
        self.list.setUniformItemSizes(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.activated.connect(self._take)
        self.search = SearchLine(self.list, self)
        self.search.setObjectName("seatSearch")
        self.search.setAccessibleName(_("查找人员"))
        self.search.setPlaceholderText(_("姓名、岗位、部门"))
        self.search.setClearButtonEnabled(True)
        name_clear_button(self.search, _("清空"))
        self.search.textChanged.connect(self._on_text)
        self.search.returnPressed.connect(lambda: self._take(self.list.currentIndex()))
        self._count = plain_label(name="seatCount", look="muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*pxs(14, 12, 14, 12))
        layout.setSpacing(px(8))
        layout.addWidget(plain_label(_("以谁的身份操作"), name="seatTitle", look="title"))
        layout.addWidget(self.search)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._count)
        self._choose(max(0, self.model.place_of(sitting)))
        self._tell()
        self.search.setFocus()

    def take_keyboard(self) -> None:
        self.search.setFocus()

    def _on_text(self, text: str) -> None:
        self.model.narrow(text)
        self._choose(0)
        self._tell()

    def _choose(self, place: int) -> None:
        if place < len(self.model.people):
            index = self.model.index(place)
            self.list.setCurrentIndex(index)
            self.list.scrollTo(index, QListView.ScrollHint.PositionAtCenter)

    def _tell(self) -> None:
        self._count.setText(_("{count} 人 · 回车换席 · Esc 返回").format(count=len(self.model.people)))

    def _take(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self.model.people[index.row()].member.name)
