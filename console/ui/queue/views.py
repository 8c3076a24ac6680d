"""The saved views of a seat: which there are, how many cases in each, and what is done with them."""

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QWidget

from console.domain.actor import Actor
from console.domain.area import named
from console.domain.city_act import CityAct
from console.domain.filter_form import NOWHERE, Standpoint
from console.domain.saved_view import SHARERS, SavedView
from console.domain.wanted import CaseFilter
from console.i18n import _
from console.ui.edge import Clicks, Reload
from console.ui.queue.offered import Counted, Offered, also_late, offered
from console.ui.queue.view_bar import ViewBar
from console.ui.queue.view_list import ViewList
from console.ui.scale import px
from console.ui.selection import Selection

if TYPE_CHECKING:
    from console.runtime.desk import Changes
    from console.ui.views_door import ViewsDoor

_PAUSE_MS = 1000
_WIDTH, _HEIGHT = 520, 480
_SHARING = {CityAct.VIEW_SHARED, CityAct.VIEW_WITHDRAWN}


class Views(QObject):
    """Counts follow what is committed, at most once a second, and only while they can be seen.

    Signals: told(str), what was done; standing(Standpoint), who sits here now and since when it is today;
    read, when the views of the seat were read anew.
    """

    told = Signal(str)
    standing = Signal(object)
    read = Signal()

    def __init__(self, selection: Selection, over: QWidget, failed: Callable[[BaseException], None]) -> None:
        super().__init__(over)
        self.bar = ViewBar(over)
        self.list = ViewList(over)
        self.clicks = Clicks(failed)
        self.reload = Reload(self._load, failed)
        self.counting = Reload(self._count, failed, wait_ms=_PAUSE_MS)
        self.here: Standpoint = NOWHERE
        self._selection = selection
        self._over = over
        self._failed = failed
        self._door: ViewsDoor | None = None
        self._today: Callable[[], datetime | None] = lambda: None
        self._actor: Actor | None = None
        self._saved: tuple[SavedView, ...] = ()
        self._offered: list[Offered] = []
        self._counts: dict[int, Counted] = {}
        self._deleted: SavedView | None = None
        self._asked = 0  # an answer that comes after a newer question is not shown
        self.bar.opened.connect(self.open_view)
        self.bar.list_wanted.connect(self.turn_list)
        self.list.opened.connect(self._on_opened)
        self.list.save_wished.connect(lambda name: self._do(self._save(name)))
        self.list.rename_wished.connect(lambda view, name: self._do(self._rename(view, name)))
        self.list.share_wished.connect(lambda view, shared: self._do(self._share(view, shared)))
        self.list.delete_wished.connect(lambda view: self._do(self._delete(view)))
        self.list.move_wished.connect(lambda view, by: self._do(self._move(view, by)))
        self.list.restore_wished.connect(lambda: self._do(self._restore()))
        selection.filter_changed.connect(lambda _wanted: self._show())

    def open(self, door: "ViewsDoor", today: Callable[[], datetime | None]) -> None:
        """`today` is the midnight the city's day began with."""
        self._door, self._today = door, today
        self.reload.wish(now=True)

    @property
    def offered(self) -> "Sequence[Offered]":
        """In the order of their keys."""
        return self._offered

    @property
    def idle(self) -> bool:
        return self.reload.idle and not self.clicks.busy

    def seat_changed(self) -> None:
        self._deleted = None  # it was his who sat here before
        self._show()
        self.reload.wish(now=True)

    def on_changed(self, changes: "Changes") -> None:
        if changes.everything or _SHARING & changes.acts:
            self.reload.wish(now=True)
        if self.bar.isVisible():
            self.counting.wish()

    def tick(self) -> None:
        """Deadlines pass though nothing is committed, and days begin."""
        if self._today() != self.here.today:
            self.reload.wish()
        if self.bar.isVisible():
            self.counting.wish()

    def show_words(self) -> None:
        self.list.show_words()
        self._offer()

    def open_view(self, place: int) -> None:
        """Show the cases of a view, by its place."""
        if place >= len(self._offered):
            return
        view = self._offered[place]
        if view.wanted is None and not view.problem:
            return  # who sits here is still being read
        if view.wanted is None:
            self.told.emit(f"{view.name}:{view.problem}")
        else:
            self._selection.want(view.wanted)
        self._show()

    def turn_list(self) -> None:
        """Open the list of all views, or close it."""
        if self.list.isVisible():
            self.leave()
            return
        self._show_list()
        self.list.list.setFocus()

    def save(self) -> None:
        """Ask for a name for the present filter."""
        self._show_list()
        self.list.name.setFocus()
        self.list.name.selectAll()

    def leave(self) -> bool:
        """Close the list; False where it was not open."""
        if not self.list.isVisible():
            return False
        self.list.hide()
        self.list.left.emit()
        return True

    def _on_opened(self, place: int) -> None:
        self.leave()
        self.open_view(place)

    def _show_list(self) -> None:
        margin = px(8)
        below = self.bar.mapTo(self._over, QPoint(0, self.bar.height())).y()
        width = min(px(_WIDTH), self._over.width() - 2 * margin)
        height = min(px(_HEIGHT), self._over.height() - below - margin)
        self.list.setGeometry(margin, below, width, height)
        self.list.show()
        self._show()
        self.list.raise_()

    def _do(self, deed: Coroutine[Any, Any, str]) -> None:
        async def done() -> None:
            told = await deed
            await self._load()
            self.told.emit(told)

        if self.clicks.busy:
            deed.close()
        else:
            self.clicks.run(done)

    async def _save(self, name: str) -> str:
        assert self._door is not None
        view = await self._door.keep(name, self._selection.wanted, self.here)
        self.list.name.clear()
        if (area := self._selection.wanted.within) is not None:  # it goes by that name now
            self._selection.narrow(lambda wanted: replace(wanted, within=named(area, view.name)))
        return _("已保存视图“{name}”").format(name=view.name)

    async def _rename(self, view: SavedView, name: str) -> str:
        assert self._door is not None
        renamed = await self._door.rename(view.id, name)
        return _("视图已改名为“{name}”").format(name=renamed.name)

    async def _share(self, view: SavedView, shared: bool) -> str:
        assert self._door is not None
        await self._door.share(view.id, shared)
        words = _("视图“{name}”已共享给大家") if shared else _("视图“{name}”已取消共享")
        return words.format(name=view.name)

    async def _delete(self, view: SavedView) -> str:
        assert self._door is not None
        self._deleted = await self._door.delete(view.id)
        return _("已删除视图“{name}”").format(name=view.name)

    async def _restore(self) -> str:
        assert self._door is not None
        assert self._deleted is not None
        back = await self._door.restore(self._deleted)
        self._deleted = None
        return _("已恢复视图“{name}”").format(name=back.name)

    async def _move(self, view: SavedView, by: int) -> str:
        assert self._door is not None
        beside = [one.id for one in self._saved if one.owner == view.owner]
        at = beside.index(view.id)
        to = max(0, min(at + by, len(beside) - 1))
        beside.insert(to, beside.pop(at))
        await self._door.order(beside)
        self.list.list.setCurrentRow(self.list.list.currentRow() + to - at)
        return _("视图顺序已改")

    async def _load(self) -> None:
        if self._door is None:
            return
        self._asked += 1
        asked = self._asked
        actor, saved = await self._door.sitting(), await self._door.views()
        if asked != self._asked:
            return
        self._actor, self._saved = actor, saved
        posts = tuple(post for post in type(next(iter(SHARERS))) if post in actor.posts)
        here = Standpoint(actor.name, posts, self._today())
        if here != self.here:
            self.here = here
            self.standing.emit(here)
        self._offer()
        self.read.emit()
        self.counting.wish(now=True)

    async def _count(self) -> None:
        if self._door is None or not self.bar.isVisible():
            return
        views = list(self._offered)
        counted = await self._door.counts(also_late(views))
        if _asked(views) == _asked(self._offered):
            at = [place for place, one in enumerate(views) if one.wanted is not None]
            whole = dict(zip(at, zip(counted[: len(at)], counted[len(at) :], strict=True), strict=True))
            self._counts = {place: Counted(number, late) for place, (number, late) in whole.items()}
            self._show()

    def _offer(self) -> None:
        views = offered(self._saved, self.here)
        if _asked(views) != _asked(self._offered):
            self._counts = {}
        self._offered = views
        self._show()

    def _show(self) -> None:
        shares = self._actor is not None and bool(self._actor.posts & SHARERS)
        deleted = self._deleted.name if self._deleted is not None else ""
        wanted: CaseFilter = self._selection.wanted
        self.bar.show_views(self._offered, self._counts, wanted)
        if not self.list.isHidden():  # it is put together when it opens
            self.list.show_views(self._offered, self._counts, shares, deleted)


def _asked(views: Sequence[Offered]) -> list[CaseFilter | None]:
    """What is counted, whatever it is called in the language in use."""
    return [one.wanted for one in views]
