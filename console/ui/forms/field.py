"""One thing a form asks: its words, its widget, what was told in it, and what is missing."""

from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from console.domain.evidence import Role
from console.ui.actions import ActAction
from console.ui.naming import name_box
from console.ui.needed import need, show_fault
from console.ui.scale import px
from console.ui.widgets import plain_label

if TYPE_CHECKING:
    from console.queries.case import CaseCard
    from console.queries.city import CityLists
    from console.queries.similar import Similar
    from console.ui.photos.picker import EvidencePicker


@dataclass(frozen=True, slots=True)
class Asked:
    """What the fields of one form know: the act, the case as it is shown, the city's lists."""

    action: ActAction
    card: "CaseCard"
    lists: "CityLists"
    zone: ZoneInfo
    now: datetime
    similar: "Callable[[], Coroutine[Any, Any, list[Similar]]]"
    picker: "Callable[[Role], EvidencePicker]"
    failed: Callable[[BaseException], None]


class Field(QWidget):
    """A muted name over what is asked; `parts` are what Tab walks through, the first gets the keyboard.

    `needed` says that the act cannot be done without it, `asked_of` which parts that is told of.
    """

    needed = False

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words = words
        self.parts: Sequence[QWidget] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(2))
        self._label = plain_label(words, look="muted")
        self._column.addWidget(self._label)

    def put(self, *parts: QWidget) -> None:
        """Put widgets under the name, each named for the screen reader unless it names itself."""
        for part in parts:
            words = part.accessibleName() or self.words
            part.setAccessibleName(words)
            self._column.addWidget(part)
            if isinstance(part, QComboBox):
                name_box(part, words, self._label if words == self.words else None)
        self.parts = parts
        self._label.setObjectName(f"{parts[0].objectName().partition('_')[0]}Label")

    @property
    def asked_of(self) -> Sequence[QWidget]:
        return self.parts[:1]

    def tell_need(self) -> None:
        """Say of the parts that they must be filled in, where they must."""
        if self.needed:
            need(*self.asked_of)

    def show_fault(self, words: str) -> None:
        """Say of the parts what is wrong, empty where nothing is."""
        show_fault(words, *self.asked_of)

    def told(self) -> Mapping[str, Any]:
        """What was told, by the field names of console.services.steps.Told."""
        raise TypeError("a field says what it tells")

    def missing(self) -> str:
        """A sentence about what is not told yet, empty where nothing is missing."""
        return ""

    def take_files(self, _paths: Sequence[Path]) -> None:
        """Files dropped on the case; a field that takes none leaves them."""
