"""An upgrade of the database as the operator hears of it: how far the copy has come, and where it lies."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from console.i18n import _
from console.ui.messages import MessageLine


class Upgrading(QObject):
    """Says in the message line what the opening thread tells; it lives as long as the line."""

    _heard = Signal(int, object)

    def __init__(self, line: MessageLine) -> None:
        super().__init__(line)
        self._line = line
        self._heard.connect(self._say)

    def tell(self, done: int, whole: int, copy: Path | None) -> None:
        """Bytes copied of all, and where the copy lies once it is whole; from any thread."""
        self._heard.emit(100 * done // whole if whole else 0, copy)

    def _say(self, percent: int, copy: Path | None) -> None:
        if copy is None:
            self._line.say(_("数据库要升级,正在备份:{percent} %").format(percent=percent))
        else:
            self._line.say(_("数据库已升级;升级前的备份:{file}").format(file=copy))
