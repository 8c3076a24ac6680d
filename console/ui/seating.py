"""Who sits at this window: the chip that says so, and the change to another seat."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from console.domain.actor import Actor
from console.i18n import _
from console.ui.edge import Clicks, Reload
from console.ui.header import Header
from console.ui.layers import Layers
from console.ui.messages import MessageLine
from console.ui.seat import SeatChooser, posts_words
from console.ui.theme import Theme

if TYPE_CHECKING:
    from console.ui.door import Door

_WIDTH = 420


class Seating(QObject):
    """The seat may be changed in a generated city, and where the site's settings allow it.

    Signals: changed(str): another name signs from now on.
    """

    changed = Signal(str)

    def __init__(
        self,
        header: Header,
        layers: Layers,
        messages: MessageLine,
        theme: Theme,
        failed: Callable[[BaseException], None],
    ) -> None:
        super().__init__(layers)
        self._header = header
        self._layers = layers
        self._messages = messages
        self._theme = theme
        self._clicks = Clicks(failed)
        self._reading = Reload(self._read, failed)
        self._taken = False  # a seat was taken, and what follows from it is still to be told
        self._door: Door | None = None
        self._free = False
        self._actor: Actor | None = None

    async def open(self, door: "Door", *, free: bool) -> None:
        """`free`: whoever sits here may take another seat."""
        self._door = door
        self._free = free
        await self._read()

    def choose(self) -> None:
        """Show the chooser, or take it away again."""
        if isinstance(self._layers.panel, SeatChooser):
            self._layers.leave()
        elif not self._free:
            self._messages.say(_("本席位由设置文件中的 operator 指定,这里不能更换"))
        else:
            self._clicks.run(self._ask)

    def allow(self, free: bool) -> None:
        """Whether whoever sits here may take another seat, from now on."""
        self._free = free

    def on_changed(self) -> None:
        """Lists of the city were edited: the seat may hold other posts now."""
        self._reading.wish(now=True)

    def show_words(self) -> None:
        if self._actor is not None:
            self._header.show_seat(self._actor.name, posts_words(self._actor.posts))

    async def _read(self) -> None:
        assert self._door is not None
        by = self._door.by
        actor = await self._door.sitting()
        if by != self._door.by:
            return  # somebody else sat down meanwhile; reading is wished again
        self._actor = actor
        self.show_words()
        if self._taken:
            self._taken = False
            told = _("现在以 {name}({posts})的身份操作")
            self._messages.say(told.format(name=actor.name, posts=posts_words(actor.posts)))
            self.changed.emit(actor.name)

    async def _ask(self) -> None:
        assert self._door is not None
        people = await self._door.seats()
        if not people:
            self._messages.say(_("本城市没有人员名单:每个席位都可做全部操作"))
            return
        chooser = SeatChooser(people, self._door.by, self._theme)
        chooser.chosen.connect(self._take)
        self._layers.show(chooser, _WIDTH, beside_case=False)
        chooser.take_keyboard()

    def _take(self, name: str) -> None:
        assert self._door is not None
        self._layers.leave()
        self._door.by = name
        self._taken = True
        self._reading.wish(now=True)
