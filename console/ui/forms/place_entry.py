"""The place of a new report: typed in any system, as a grid code or a bookmark, or picked on the map."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from console.domain.systems import SYSTEMS
from console.i18n import _
from console.ui.announcing import announce
from console.ui.naming import name_box
from console.ui.needed import describe, show_fault
from console.ui.scale import px
from console.ui.widgets import plain_label, tab_order
from console.words.systems import SYSTEM_WORDS

_BY_KEY = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
Place = tuple[float, float]


class PlaceButton(QPushButton):
    """Down while a click on the map means the place; `place` is the found one in degrees, EPSG:4490.

    A new form waits for that click at once: whoever has written what is wrong goes to the map next.
    `by_key`: it was pressed by a key, and the keyboard has to go to the map.
    """

    by_key = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(_("在地图上点选"), parent)
        self.setObjectName("reportPickPlace")
        self.setCheckable(True)
        self.place: Place | None = None
        self.take_draft(None)
        self.clicked.connect(lambda: self.setChecked(True))

    def draft(self) -> Sequence[float] | None:
        return None if self.place is None else list(self.place)

    def take_draft(self, told: Sequence[float] | None) -> None:
        """Hold a place, or none."""
        self.place = None if told is None else (told[0], told[1])
        self.setChecked(told is None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _BY_KEY and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.click()
            self.by_key.emit()
        else:
            super().keyPressEvent(event)


class PlaceEntry(QWidget):
    """Signals: sought(bool), a text waits for its place, at once or after a pause; placed, a place is there
    or gone; settled, after the answer. `asked` is the text and the system that wait, None when none does.
    """

    sought = Signal(bool)
    placed = Signal()
    settled = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("reportPlaceEntry")
        self.asked: tuple[str, str] | None = None
        self.wrong = ""  # what is wrong with the text, in words
        self._bookmarks: Mapping[str, Place] = {}
        self.line = QLineEdit(self)
        self.line.setObjectName("reportPlace")
        self.line.setAccessibleName(_("位置"))
        self.line.setPlaceholderText(_("坐标(如 113.65, 34.76)、网格编码或书签"))
        self.system = QComboBox(self)
        self.system.setObjectName("reportPlaceSystem")
        self.system.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.system.setMinimumContentsLength(
            6
        )  # the list is as wide as its words; the field takes what is left
        name_box(self.system, _("坐标系"))
        for system in SYSTEMS:
            self.system.addItem(_(SYSTEM_WORDS[system]), system)
        self.pick = PlaceButton(self)
        self._found = plain_label(name="reportPlaceFound", look="muted", wraps=True)
        self._problem = plain_label(name="reportPlaceProblem", look="warning", wraps=True)
        self.line.textChanged.connect(lambda _text: self._on_typed())  # an assistive program sets it
        self.system.currentIndexChanged.connect(lambda _at: self._on_typed())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        row = QHBoxLayout()
        row.setSpacing(px(6))
        row.addWidget(self.system, 1)
        row.addWidget(self.pick)
        column.addWidget(self.line)
        column.addLayout(row)
        for label in (self._found, self._problem):
            label.hide()
            column.addWidget(label)
        tab_order(self.line, self.system, self.pick)

    def offer(self, bookmarks: Mapping[str, Place]) -> None:
        """Views of the map by name, in degrees: a name typed means the middle of its view."""
        self._bookmarks = bookmarks

    def show_picked(self, lon: float, lat: float) -> None:
        """A place picked on the map, degrees: it is there at once, what lies there is told later."""
        self.system.setCurrentIndex(0)
        self.line.setText(f"{lon:.7f}, {lat:.7f}")
        self._on_typed()
        self.pick.take_draft((lon, lat))
        self.placed.emit()

    def question(self) -> tuple[str, str] | None:
        """The text and the system to look up: the coordinates of a bookmark in the place of its name."""
        if self.asked is None or self.asked[0] not in self._bookmarks:
            return self.asked
        lon, lat = self._bookmarks[self.asked[0]]
        return f"{lon:.7f}, {lat:.7f}", SYSTEMS[0]

    def show_found(self, place: Place | None, words: str) -> None:
        """What was asked for and what lies there; without a place what is wrong with the text."""
        self.asked = None
        self.wrong = "" if place else words
        if place != self.pick.place:
            self.pick.take_draft(place)
            self.placed.emit()
        self._say(words if place else "", self.wrong)
        announce(self.line, words, grave=place is None)
        self.settled.emit()

    def _on_typed(self) -> None:
        text = self.line.text().strip()
        self.wrong = ""
        self.asked = (text, self.system.currentData()) if text else None
        self._say("", "")
        if self.pick.place is not None:
            self.pick.take_draft(None)
            self.placed.emit()
        if self.asked:
            self.sought.emit(False)

    def _say(self, found: str, problem: str) -> None:
        for label, words in ((self._found, found), (self._problem, problem)):
            label.setText(words)
            label.setVisible(bool(words))
        describe(self.line, found)
        show_fault(problem, self.line)
