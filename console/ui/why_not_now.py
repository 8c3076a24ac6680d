"""The key of an act that may not be done says why: a key that does nothing seems broken."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QShortcut
from PySide6.QtWidgets import QWidget

from console.i18n import _
from console.ui.actions import ACTS, ActAction
from console.ui.case.offer import why_not

if TYPE_CHECKING:
    from console.queries.case import CaseCard


class WhyNotNow:
    """Takes over the key of every act while its action is off, whether a case is shown or none is chosen."""

    def __init__(self, actions: Mapping[str, QAction], window: QWidget, say: Callable[[str], None]) -> None:
        self._actions = actions
        self._say = say
        self._card: CaseCard | None = None
        self._silent = True  # until there is a city
        self._keys = {act.name: self._key(act, window) for act in ACTS}

    def follow(self, card: "CaseCard | None", *, silent: bool) -> None:
        """The actions have been switched on and off for this case; `silent` while another time is shown."""
        self._card, self._silent = card, silent
        for name in self._keys:
            self._share(name)

    def _key(self, act: ActAction, window: QWidget) -> QShortcut:
        key = QShortcut(self._actions[act.name].shortcut(), window)
        key.setObjectName(f"{act.name}_why_not")
        key.setEnabled(False)
        key.activated.connect(partial(self._tell, act))
        self._actions[act.name].enabledChanged.connect(lambda _on: self._share(act.name))
        return key

    def _share(self, name: str) -> None:
        """The key is the action's or this one's, never both: Qt would give it to neither."""
        self._keys[name].setEnabled(not self._silent and not self._actions[name].isEnabled())

    def _tell(self, act: ActAction) -> None:
        name = _(act.words)
        words = _("请先选一个案件") if self._card is None else why_not(act, self._card)
        self._say(words if name in words else _("{act}:{why}").format(act=name, why=words))
