"""The field of a new place: pointed at on the map or typed in any system, with what would follow."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit

from console.domain.systems import SYSTEMS
from console.i18n import _
from console.ui.announcing import announce
from console.ui.forms.field import Asked, Field
from console.ui.widgets import plain_label
from console.words.systems import SYSTEM_WORDS

_PAUSE_MS = 300


class PlaceField(Field):
    """Signals: typed(text, system), after a short pause."""

    needed = True

    typed = Signal(str, str)

    def __init__(self, asked: Asked) -> None:
        super().__init__(_("新位置"))
        self.case = asked.card.case
        self._place: tuple[float, float] | None = None
        self.asked: tuple[str, str] | None = None  # text and system that an answer is awaited for
        self.line = QLineEdit()
        self.line.setObjectName("formPlace")
        self.line.setPlaceholderText(_("在地图上点选或拖动,或输入坐标"))
        self.system = QComboBox()
        self.system.setObjectName("formPlaceSystem")
        for system in SYSTEMS:
            self.system.addItem(_(SYSTEM_WORDS[system]), system)
        self.system.setAccessibleName(_("坐标系"))
        self.preview = plain_label(name="formPlacePreview", wraps=True)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._tell)
        self.line.textChanged.connect(lambda _text: self._begin())  # an assistive program sets it
        self.system.activated.connect(lambda _index: self._begin())
        self.put(self.line, self.system)
        self._column.addWidget(self.preview)

    def show_place(self, lon: float, lat: float) -> None:
        """A place pointed at on the map, degrees."""
        self.system.setCurrentIndex(0)
        self.line.setText(f"{lon:.7f}, {lat:.7f}")
        self._begin()

    def show_foreseen(self, place: tuple[float, float] | None, words: str) -> None:
        """What would follow; without a place why it cannot be."""
        self._place = place
        self.preview.setText(words)
        announce(self, words)

    def told(self) -> Mapping[str, Any]:
        return {"place": self._place}

    def missing(self) -> str:
        if self._place is not None:
            return ""
        return self.preview.text() or _("请在地图上点选新位置,或输入坐标")

    def _begin(self) -> None:
        self._place = self.asked = None  # an answer still on its way is to another question
        self.preview.setText("")
        self._pause.start()

    def _tell(self) -> None:
        text = self.line.text().strip()
        if text:
            self.asked = text, self.system.currentData()
            self.typed.emit(*self.asked)
