"""What a seat does with places of the map: copies and enters coordinates, keeps bookmarks, goes back."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QCursor, QGuiApplication
from PySide6.QtWidgets import QMenu

from console.domain.errors import Refused
from console.domain.systems import SYSTEMS
from console.i18n import _
from console.ui.edge import Clicks
from console.ui.layers import Layers
from console.ui.map.hand import MapHand
from console.ui.map.panel import MapPanel
from console.ui.mapping.chosen import Chosen
from console.ui.messages import MessageLine
from console.ui.place_door import PlaceDoor
from console.ui.places.bookmarks import Bookmark, of_document, with_bookmark, written
from console.ui.places.history import History, MapView
from console.words import refusal
from console.words.systems import SYSTEM_WORDS

if TYPE_CHECKING:
    from console.queries.city import CityLists
    from console.runtime.desk import Changes
    from console.ui.door import Door
    from console.ui.places.panel import PlacesPanel

_NAME = "bookmarks"
_CLOSE = 17  # the zoom level at which a spot is shown


class Placing(QObject):
    """A part of Charting; its methods named in console.ui.actions.WINDOW are actions."""

    def __init__(
        self,
        panel: MapPanel,
        hand: MapHand,
        chosen: Chosen,
        layers: Layers,
        messages: MessageLine,
        failed: Callable[[BaseException], None],
    ) -> None:
        super().__init__(panel)
        self._map = panel
        self._hand = hand
        self._chosen = chosen
        self._layers = layers
        self._messages = messages
        self._failed = failed
        self._door: PlaceDoor | None = None
        self._clicks = Clicks(failed)
        self._panel: PlacesPanel | None = None
        self._view: MapView | None = None
        self._locked = False
        self._spot: tuple[float, float] | None = None
        self.history = History()
        self.menu: QMenu | None = None
        panel.declare("spot", None)
        panel.declare("locked", False)
        panel.hear("coords", lambda lon, lat: self._clicks.run(partial(self._offer, lon, lat)))
        panel.hear("history", lambda ahead: self._go(1 if ahead else -1))
        panel.hear("locked", lambda flag: self._lock(on=bool(flag), tell=False))
        panel.view_changed.connect(self._on_view)
        for number in range(1, 10):
            setattr(self, f"bookmark_{number}", partial(self._go_to, number - 1))

    async def open(self, door: "Door", lists: "CityLists") -> None:
        self._door = PlaceDoor(door)

    def on_changed(self, changes: "Changes") -> None:
        return

    def show_words(self) -> None:
        return

    def named_places(self) -> dict[str, tuple[float, float]]:
        """The middles of the bookmarks' views by name, degrees."""
        return {one.name: (one.view.lon, one.view.lat) for one in self._bookmarks}

    def leave(self) -> bool:
        """Take the cross of a spot away."""
        spot, self._spot = self._spot, None
        if spot is not None:
            self._map.set_part("spot", None)
        return spot is not None

    def measure(self) -> None:
        """Take the measure in hand: distances, then areas."""
        self._hand.take("measure")

    def map_back(self) -> None:
        self._go(-1)

    def map_forward(self) -> None:
        self._go(1)

    def lock_view(self) -> None:
        """Let nothing but a command move the map, or everything again."""
        self._lock(on=not self._locked, tell=True)

    def copy_coordinates(self) -> None:
        """Offer the coordinates of the middle of the map in every system."""
        if self._view is not None:
            view = self._view
            self._clicks.run(partial(self._offer, view.lon, view.lat))

    def go_to_place(self) -> None:
        """Type or paste coordinates to go to."""
        panel = self._show()
        text = QGuiApplication.clipboard().text().strip()
        if 3 < len(text) < 60 and not panel.line.text() and any(sign.isdigit() for sign in text):
            panel.line.setText(text)
        panel.line.setFocus()
        panel.line.selectAll()

    def show_bookmarks(self) -> None:
        self._show().list.setFocus()

    def save_bookmark(self) -> None:
        """Name the view that is shown now."""
        self._show().name.setFocus()

    def _on_view(self, lon: float, lat: float, zoom: int) -> None:
        self._view = MapView(lon, lat, zoom)
        self.history.visit(self._view)

    def _go(self, step: int) -> None:
        view = self.history.go(step)
        if view is None:
            self._messages.say(_("没有更早的视图") if step < 0 else _("没有更晚的视图"))
        else:
            self._map.show_view(view.lon, view.lat, view.zoom)

    def _lock(self, *, on: bool, tell: bool) -> None:
        self._locked = on
        if tell:
            self._map.set_part("locked", on)
        else:
            self._map.remember_part("locked", on)
        self._messages.say(_("地图已锁定,不随拖动、滚轮和所选案件移动") if on else _("地图已解锁"))

    async def _offer(self, lon: float, lat: float) -> None:
        if self._door is None:
            return
        self._door.near = lon, lat
        menu = self.menu = QMenu(self._map)
        menu.setObjectName("coordinatesMenu")
        menu.setAccessibleName(_("复制地图中心坐标"))
        for system in SYSTEMS:
            told = await self._door.told(lon, lat, system)
            action = menu.addAction(f"{_(SYSTEM_WORDS[system])}    {told}")
            action.setObjectName(f"copy_{system}")
            action.triggered.connect(lambda _checked=False, told=told: self._copy(told))
        menu.popup(
            QCursor.pos() if self._map.underMouse() else self._map.mapToGlobal(self._map.rect().center())
        )

    def _copy(self, told: str) -> None:
        QGuiApplication.clipboard().setText(told)
        self._messages.say(_("已复制:{text}").format(text=told))

    def _show(self) -> "PlacesPanel":
        if self._layers.holds(self._panel):
            return self._panel
        from console.ui.places.panel import WIDTH, PlacesPanel  # nobody waits for it before the first paint

        panel = self._panel = PlacesPanel()
        panel.go_wished.connect(lambda text, system: self._clicks.run(partial(self._enter, text, system)))
        panel.bookmark_wished.connect(self._go_to)
        panel.kept.connect(self._keep)
        panel.dropped.connect(self._drop)
        panel.left.connect(self._layers.leave)
        self._layers.show(panel, WIDTH, beside_case=True)
        panel.fill(self._bookmarks)
        return panel

    async def _enter(self, text: str, system: str) -> None:
        if self._door is None:
            return
        if self._view is not None:
            self._door.near = self._view.lon, self._view.lat
        try:
            lon, lat = await self._door.read(text, system)
        except Refused as problem:
            if self._panel is not None:
                self._panel.say(refusal(problem))
            return
        self._spot = lon, lat
        self._map.set_part("spot", [lon, lat])
        self._map.show_view(lon, lat, max(_CLOSE, self._view.zoom if self._view else 0))

    @property
    def _bookmarks(self) -> list[Bookmark]:
        return of_document(self._chosen.of(_NAME))

    def _go_to(self, at: int) -> None:
        known = self._bookmarks
        if 0 <= at < len(known):
            view = known[at].view
            self._map.show_view(view.lon, view.lat, view.zoom)
        else:
            self._messages.say(_("没有第 {number} 个书签:Ctrl+B 保存当前视图").format(number=at + 1))

    def _keep(self, name: str) -> None:
        if self._view is None:
            return
        try:
            self._put(with_bookmark(self._bookmarks, Bookmark(name, self._view)))
        except Refused as problem:
            self._failed(problem)
        else:
            self._messages.say(_("已存书签:{name}").format(name=name))

    def _drop(self, at: int) -> None:
        known = self._bookmarks
        if 0 <= at < len(known):
            self._put([*known[:at], *known[at + 1 :]])

    def _put(self, bookmarks: list[Bookmark]) -> None:
        self._chosen.put(_NAME, written(bookmarks))
        if self._layers.holds(self._panel):
            self._panel.fill(bookmarks)
