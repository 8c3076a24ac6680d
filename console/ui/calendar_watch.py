"""The watch on the working calendar: new official years are taken up, missing ones are told of."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from console.domain.lamp import Lamp
from console.i18n import _
from console.ui.edge import Reload
from console.ui.first_picture import after_first_picture
from console.ui.header import Header
from console.ui.messages import MessageLine

if TYPE_CHECKING:
    from console.ui.door import Door


class CalendarWatch(QObject):
    """This year's table should be there, and from November on the coming year's."""

    def __init__(
        self, header: Header, messages: MessageLine, failed: Callable[[BaseException], None]
    ) -> None:
        super().__init__(header)
        self._header = header
        self._messages = messages
        self._door: Door | None = None
        self._missing: tuple[int, ...] = ()
        self.reload = Reload(self._look, failed)

    def open(self, door: "Door") -> None:
        self._door = door
        after_first_picture(partial(self.reload.wish, now=True))

    def on_changed(self) -> None:
        """Lists of the city were edited, the calendar may be among them."""
        self.reload.wish()

    def show_words(self) -> None:
        self._header.show_missing_years(self._missing)

    async def _look(self) -> None:
        assert self._door is not None
        before = self._missing
        self._missing = await self._door.missing_years()
        self.show_words()
        if self._missing and self._missing != before:
            years = _("、").join(map(str, self._missing))
            told = _("{years} 年的节假日表缺失:涉及这些日子的时限只按周一至周五推算,为暂定")
            self._messages.say(told.format(years=years), Lamp.SOON)
