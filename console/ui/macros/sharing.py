"""The macros that seats share, beside one's own: which there are, and giving and taking back one's own."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from console.domain.city_act import CityAct
from console.domain.shared_macro import SharedMacro
from console.ui.edge import Clicks, Reload
from console.ui.first_picture import after_first_picture
from console.ui.macros.book import Listed, Macro

if TYPE_CHECKING:
    from console.runtime.desk import Changes
    from console.ui.macros_door import MacrosDoor

_ACTS = {CityAct.MACRO_SHARED, CityAct.MACRO_WITHDRAWN}


class Sharing(QObject):
    """Signals: changed, when other macros are shared than before."""

    changed = Signal()

    def __init__(self, failed: Callable[[BaseException], None], parent: QObject) -> None:
        super().__init__(parent)
        self._door: MacrosDoor | None = None
        self._shared: tuple[SharedMacro, ...] = ()
        self.reload = Reload(self._load, failed)
        self.clicks = Clicks(failed)

    @property
    def idle(self) -> bool:
        return self.reload.idle and not self.clicks.busy

    def open(self, door: "MacrosDoor") -> None:
        self._door = door
        after_first_picture(partial(self.reload.wish, now=True))

    def on_changed(self, changes: "Changes") -> None:
        if changes.everything or _ACTS & changes.acts:
            self.reload.wish()

    def change_user(self) -> None:
        """Another sits here: what is his own is another's now."""
        self.changed.emit()

    def listed(self, own: Sequence[Macro]) -> list[Listed]:
        """One's own of this place, then what others share, and what one shares from another place."""
        seat = self._door.seat if self._door is not None else ""
        mine = {one.name for one in self._shared if one.owner == seat}
        here = {one.name for one in own}
        return [
            *(Listed(one, shared=one.name in mine) for one in own),
            *(
                Listed(Macro(one.name, one.lines), True, one.owner, one.id, withdrawable=one.owner == seat)
                for one in self._shared
                if not (one.owner == seat and one.name in here)
            ),
        ]

    def is_shared(self, name: str) -> bool:
        """Whether the seat's own macro of this name is shared."""
        seat = self._door.seat if self._door is not None else ""
        return any(one.owner == seat and one.name == name for one in self._shared)

    def share(self, macro: Macro, before: str = "") -> None:
        """Let all have it as it is now, in the place of one's own shared one called `before`."""
        door = self._door
        assert door is not None

        async def done() -> None:
            await door.share(macro.name, macro.lines, before)
            await self._load()

        self.clicks.run(done)

    def withdraw(self, name: str) -> None:
        """Take one's own back from the others."""
        door = self._door
        assert door is not None

        async def done() -> None:
            await door.withdraw(name)
            await self._load()

        self.clicks.run(done)

    async def _load(self) -> None:
        if self._door is None:
            return
        shared = await self._door.shared()
        if shared != self._shared:
            self._shared = shared
            self.changed.emit()
