"""What the saved views ask and do; it signs as the seat that sits at `door` when something is done."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from console.domain.filter_form import Standpoint
from console.domain.saved_view import SavedView
from console.domain.wanted import CaseFilter

if TYPE_CHECKING:
    from console.domain.actor import Actor
    from console.ui.door import Door


class ViewsDoor:
    """The views' way to the desk. The acts raise Refused as console.services.views."""

    def __init__(self, door: "Door") -> None:
        self._door = door
        self.counts = door.queue_counts

    @property
    def seat(self) -> str:
        return self._door.by

    async def sitting(self) -> "Actor":
        return await self._door.sitting()

    async def views(self) -> tuple[SavedView, ...]:
        """Those that all share, then the seat's own."""
        from console.queries.views import saved_views

        return await self._door.desk.ask(saved_views, self._door.by)

    async def keep(self, name: str, wanted: CaseFilter, here: Standpoint) -> SavedView:
        from console.services.views import keep_view

        return await self._door.desk.do(keep_view, name, wanted, here, by=self._door.by)

    async def rename(self, number: int, name: str) -> SavedView:
        from console.services.views import rename_view

        door = self._door
        return await door.desk.do(rename_view, number, name, by=door.by, at=door.now())

    async def share(self, number: int, shared: bool) -> SavedView:
        from console.services.views import share_view

        door = self._door
        return await door.desk.do(share_view, number, shared, by=door.by, at=door.now())

    async def delete(self, number: int) -> SavedView:
        from console.services.views import delete_view

        return await self._door.desk.do(delete_view, number, by=self._door.by, at=self._door.now())

    async def restore(self, view: SavedView) -> SavedView:
        from console.services.views import restore_view

        return await self._door.desk.do(restore_view, view, by=self._door.by, at=self._door.now())

    async def order(self, numbers: Sequence[int]) -> None:
        from console.services.views import order_views

        await self._door.desk.do(order_views, numbers, by=self._door.by)
