"""The account of a case's clocks, laid over the workspace by a key and kept true while it lies there."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from console.i18n import _
from console.ui.edge import Reload
from console.ui.layers import Layers
from console.ui.messages import MessageLine
from console.ui.theme import Theme

if TYPE_CHECKING:
    from console.queries.case import CaseCard
    from console.ui.case.why import WhyPanel
    from console.ui.door import Door

_WIDTH = 760


class Explaining(QObject):
    """`card` gives the shown case."""

    def __init__(
        self,
        layers: Layers,
        messages: MessageLine,
        theme: Theme,
        card: "Callable[[], CaseCard | None]",
        failed: Callable[[BaseException], None],
    ) -> None:
        super().__init__(layers)
        self._layers = layers
        self._messages = messages
        self._theme = theme
        self._card = card
        self._door: Door | None = None
        self._panel: WhyPanel | None = None
        self._minute = 0
        self.reload = Reload(self._load, failed)

    def open(self, door: "Door") -> None:
        self._door = door

    @property
    def _shown(self) -> bool:
        return self._layers.holds(self._panel)

    def explain(self) -> None:
        """Explain the chosen case, or take the explanation away."""
        if self._shown:
            self._layers.leave()
        elif self._card() is None:
            self._messages.say(_("请先选一个案件"))
        else:
            self._panel = None
            self.reload.wish(now=True)

    def follow(self, card: "CaseCard | None") -> None:
        """Another case was chosen, or the chosen one changed."""
        if not self._shown:
            return
        if card is None:
            self._layers.leave()
        else:
            self.reload.wish(now=True)

    def tick(self, now: datetime) -> None:
        """A running clock moves on; once a minute is enough to read it by."""
        if self._shown and now.minute != self._minute:
            self.reload.wish(now=True)

    async def _load(self) -> None:
        card = self._card()
        if card is None or self._door is None:
            return
        told = await self._door.why(card.case.code)
        self._minute = self._door.now().minute
        if self._panel is None:
            from console.ui.case.why import WhyPanel  # nobody waits for it before the first paint

            self._panel = WhyPanel(self._theme)
            self._panel.left.connect(self._layers.leave)
            self._layers.show(self._panel, _WIDTH, beside_case=True)
            self._panel.take_keyboard()
        elif not self._shown:
            return
        self._panel.show_case(told)
