"""What the shared macros ask and do; it signs as the seat that sits at `door` when something is done."""

from typing import TYPE_CHECKING

from console.domain.shared_macro import SharedMacro

if TYPE_CHECKING:
    from collections.abc import Sequence

    from console.ui.door import Door


class MacrosDoor:
    """The macros' way to the desk. The acts raise Refused as console.services.macros."""

    def __init__(self, door: "Door") -> None:
        self._door = door

    @property
    def seat(self) -> str:
        return self._door.by

    async def shared(self) -> tuple[SharedMacro, ...]:
        """Those of every owner, by name."""
        from console.queries.macros import shared_macros

        return await self._door.desk.ask(shared_macros)

    async def share(self, name: str, lines: "Sequence[str]", before: str = "") -> SharedMacro:
        from console.services.macros import share_macro

        door = self._door
        return await door.desk.do(share_macro, name, lines, before, by=door.by, at=door.now())

    async def withdraw(self, name: str) -> SharedMacro:
        from console.services.macros import withdraw_macro

        return await self._door.desk.do(withdraw_macro, name, by=self._door.by, at=self._door.now())
