"""What ties the acts together: the actions follow the shown card, forms ask, and the conduct acts."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from console.ui.actions import ACTS, ActAction
from console.ui.case.acts import allowed
from console.ui.conduct import Conduct
from console.ui.side import Side

if TYPE_CHECKING:
    from console.queries.case import CaseCard
    from console.queries.city import CityLists


class Acting(QObject):
    """Introduces the actions, the side with its forms and the conduct to each other."""

    def __init__(self, actions: Mapping[str, QAction], side: Side, conduct: Conduct, parent: QObject) -> None:
        super().__init__(parent)
        self._actions = actions
        self._side = side
        self._lists: CityLists | None = None
        conduct.form_wished.connect(self._on_form_wished)
        side.act_told.connect(lambda action, told: conduct.take(action.operation, told))

    def open(self, lists: "CityLists") -> None:
        self._lists = lists

    def follow(self, card: "CaseCard | None") -> None:
        """Let through what may be done to the shown case now; nothing while none is shown."""
        for act in ACTS:
            self._actions[act.name].setEnabled(allowed(act, card))

    def _on_form_wished(self, action: ActAction) -> None:
        if self._lists is not None:
            self._side.ask(action, self._lists)
