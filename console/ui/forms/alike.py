"""Open cases nearby that may be what is being reported: seen before it is registered twice."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from console.i18n import _
from console.ui.forms.chosen_fields import distance
from console.ui.naming import tell
from console.ui.scale import px
from console.ui.widgets import plain_button, plain_label
from console.words import STATES

if TYPE_CHECKING:
    from console.queries.similar import Similar

_MOST = 3


class AlikeList(QWidget):
    """At most three, the nearest first; hidden while there is none.

    Signals: wished(int): the id of the case that is to be looked at.
    """

    wished = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("reportAlike")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(4))
        self._lead = plain_label(name="reportAlikeLead", look="warning", wraps=True)
        self._column.addWidget(self._lead)
        self._buttons: list[QPushButton] = []
        self.hide()

    def show_cases(self, found: "Sequence[Similar]") -> None:
        """Offer them to be looked at; the report stays as a draft meanwhile."""
        for button in self._buttons:
            self._column.removeWidget(button)
            button.deleteLater()
        self._buttons = [self._button(at, one) for at, one in enumerate(found[:_MOST])]
        told = _("附近有 {count} 件相似的未结案件:先看是不是同一问题")
        self._lead.setText(told.format(count=len(found)))
        self.setVisible(bool(found))

    def _button(self, at: int, one: "Similar") -> QPushButton:
        words = f"{distance(one.metres)} · {one.code} · {_(STATES[one.state])}"
        button = QPushButton(plain_button(words), self)
        button.setObjectName(f"reportAlike{at}")
        button.setAccessibleName(words)
        tell(button, one.description or one.address)
        button.clicked.connect(lambda: self.wished.emit(one.id))
        self._column.addWidget(button)
        return button
