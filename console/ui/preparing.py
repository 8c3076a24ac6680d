"""What is made ready behind the operator's back, told in the message line until it is there."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from console.i18n import _
from console.ui.edge import Reload
from console.ui.messages import MessageLine
from console.ui.widgets import plain_label
from console.words import percent

if TYPE_CHECKING:
    from console.runtime.desk import Desk

_LOOK_MS = 2000


class Preparing:
    """Shown while searches and orders over the whole history are slower than they will be."""

    def __init__(self, messages: MessageLine, failed: Callable[[BaseException], None]) -> None:
        self.label = plain_label(name="preparing")
        self.label.setProperty("look", "muted")
        self.label.hide()
        messages.add(self.label)
        self._desk: Desk | None = None
        self.reload = Reload(self._load, failed)
        self._timer = QTimer(self.label)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(lambda: self.reload.wish(now=True))

    def open(self, desk: "Desk") -> None:
        self._desk = desk
        self._timer.start()
        self.reload.wish(now=True)

    async def _load(self) -> None:
        from console.runtime.preparing import prepared

        if self._desk is None:
            return
        found = await self._desk.glance(prepared)
        self.label.setText(_("正在整理历史案件 {share}").format(share=percent(found.share)))
        self.label.setToolTip(
            _("完成之前,在全部历史中搜索和排序较慢:检索索引 {texts},计数与排序 {sets}").format(
                texts=percent(found.texts), sets=percent(found.sets)
            )
        )
        self.label.setAccessibleName(self.label.text())
        self.label.setVisible(not found.whole)
        if found.whole:
            self._timer.stop()  # from here on it is kept up as it goes
