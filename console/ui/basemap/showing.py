"""The base map that is shown: kept, told to the page, and its tiles handed over as they come."""

import logging
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from console.domain.errors import Refused
from console.domain.lamp import Lamp
from console.i18n import _
from console.ui.basemap.lying import lying, systems
from console.ui.basemap_door import BaseMapDoor
from console.ui.edge import Clicks, Reload
from console.ui.first_picture import after_first_picture
from console.ui.qt_words import word_dialog
from console.words import refusal

if TYPE_CHECKING:
    from console.geography.alignment import Alignment
    from console.queries.city import CityLists
    from console.runtime.basemaps import BaseMap, Collection, Shown
    from console.runtime.desk import Changes
    from console.ui.door import Door
    from console.ui.main_window import MainWindow
    from console.ui.map.scheme import Reply

log = logging.getLogger(__name__)

_AGAIN_MS = 45_000  # a service that did not answer is tried again
_MOST_TROUBLES = 8  # tiles that could not be had before the streets take the map's place


class BaseMaps(QObject):
    """A part of the map (`console.ui.charting`).

    Signals: came(answer, future): a tile is there, or why it is not; to be taken on the window's thread.
    """

    came = Signal(object, object)

    def __init__(self, window: "MainWindow", parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._panel = window.map
        self._door: BaseMapDoor | None = None
        self._kept: Collection | None = None
        self._shown: Shown | None = None
        self._found: dict[str, Alignment | None] = {}  # by key: how each lies to the city's roads
        self._shift: dict[str, Any] | None = None
        self._version = 0
        self._troubles = 0
        self._notice = ""
        self.clicks = Clicks(window.failed)
        self._writing = Reload(self._write, window.failed)
        self._opening = Reload(self._show, window.failed)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_AGAIN_MS)
        self._again.timeout.connect(self._show_again)
        self.came.connect(self._on_came)
        self._panel.declare("basemap", None)
        self._panel.tiles = self._ask
        for word, act in (
            ("basemap", self._on_chosen),
            ("basemap_add", self.add_basemap),
            ("basemap_remove", self._on_remove),
            ("basemap_compare", lambda: self._run(self._compare)),
            ("basemap_shift", self._on_shift),
        ):
            self._panel.hear(word, act)
        self._panel.page_closed.connect(self.close)

    async def open(self, door: "Door", _lists: "CityLists") -> None:
        """Take the opened store; the base map of the last time is opened behind it."""
        settings = self._window.preferences
        self._door = BaseMapDoor(door, settings.folder, lambda: settings.settings.basemap_hosts)
        after_first_picture(partial(self._run, self._begin))

    def on_changed(self, changes: "Changes") -> None:
        """Another city lies elsewhere."""
        if changes.everything and self._chosen is not None:
            self._found.clear()
            self._show_again()

    def show_words(self) -> None:
        """The page's words come with all others; what was said here is said anew."""
        self._tell()

    def close(self) -> None:
        """End what reads."""
        self._again.stop()
        if self._door is not None:
            self._door.close()

    # The window's actions, by their names in console.ui.actions.WINDOW.

    def next_basemap(self) -> None:
        """Show the next base map, after the last one the city's streets."""
        if self._kept is None:
            return
        keys = ["", *(one.key for one in self._kept.maps)]
        at = keys.index(self._kept.chosen) if self._kept.chosen in keys else 0
        self._change(replace(self._kept, chosen=keys[(at + 1) % len(keys)]))

    def add_basemap(self) -> None:
        """Ask which file, then open it and show it."""
        from PySide6.QtWidgets import QFileDialog  # a big class: made when it is wanted

        dialog = QFileDialog(
            self._window, _("添加底图"), str(Path.home()), "MBTiles, PMTiles (*.mbtiles *.pmtiles)"
        )
        dialog.setObjectName("addBasemapDialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.take(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        word_dialog(dialog).open()

    def take(self, path: Path) -> None:
        """Open a file, show it, and hold it against the city's roads."""
        self._run(lambda: self._add(path))

    @property
    def _chosen(self) -> "BaseMap | None":
        if self._kept is None or not self._kept.chosen:
            return None
        return next((one for one in self._kept.maps if one.key == self._kept.chosen), None)

    def _run(self, work: Callable[[], Any]) -> None:
        if self._door is not None:
            self.clicks.run(work)

    async def _begin(self) -> None:
        assert self._door is not None
        self._kept = await self._door.collection()
        await self._show()

    async def _add(self, path: Path) -> None:
        assert self._door is not None
        self._window.messages.say(_("正在读取 {file}").format(file=path.name))
        added = await self._door.add(path)
        found = await self._door.collection()
        looks = self._kept or found  # as it was chosen while the file was read
        self._kept = replace(found, chosen=added.key, opacity=looks.opacity, names=looks.names)
        self._writing.wish(now=True)
        await self._show()
        if self._kept.chosen == added.key:
            await self._compare()

    def _show_again(self) -> None:
        if self._door is not None:
            self._opening.wish(now=True)

    async def _show(self) -> None:
        """Open what is chosen and tell the page; where that fails the streets stay, and it is said why."""
        assert self._door is not None
        chosen = self._chosen
        self._version += 1
        version = self._version
        self._troubles, self._notice, self._shown, self._shift = 0, "", None, None
        if chosen is not None:
            try:
                shown = await self._door.open_map(chosen)
                shift = await self._door.shift_table(chosen)
                if version != self._version:
                    return  # another was chosen meanwhile
                self._shown, self._shift = shown, shift
            except Refused as problem:
                if version != self._version:
                    return
                self._notice = refusal(problem)
                self._window.messages.say(self._notice, Lamp.LATE)
                if problem.code == "basemap_offline":
                    self._again.start()
        self._tell()

    async def _compare(self) -> None:
        assert self._door is not None
        chosen, version = self._chosen, self._version
        if chosen is None or self._shown is None:
            return
        self._notice = _("正在比对道路")
        self._tell()
        self._found.pop(chosen.key, None)
        try:
            found = await self._door.compare(chosen)
            self._found[chosen.key] = found
            notice = lying(found)
        except Refused as problem:
            notice = refusal(problem)
        if version != self._version:
            return  # said of a map that is not shown any more it would be taken for the other's
        self._notice = notice
        self._window.messages.say(notice, Lamp.SOON if self._is_crooked else Lamp.NONE)
        self._tell()

    @property
    def _is_crooked(self) -> bool:
        found = self._found.get(self._kept.chosen) if self._kept else None
        return bool(found and found.certain and found.system != "wgs84")

    def _on_chosen(self, index: int, opacity: int, names: int) -> None:
        if self._kept is None:
            return
        maps = self._kept.maps
        key = maps[index].key if 0 <= index < len(maps) else ""
        self._change(replace(self._kept, chosen=key, opacity=opacity, names=bool(names)))

    def _on_remove(self, index: int) -> None:
        if self._kept is None or index >= len(self._kept.maps):
            return
        gone = self._kept.maps[index]
        self._window.messages.say(_("已移出列表:{name}(文件未动,可再添加)").format(name=gone.name))
        self._change(self._kept.without(gone.key))

    def _on_shift(self, on: int) -> None:
        """Draw the chosen map where its roads belong, or as its file has it."""
        chosen = self._chosen
        if self._kept is None or chosen is None:
            return
        changed = replace(chosen, system="wgs84", east=0.0, north=0.0)
        found = self._found.get(chosen.key)
        if on and found is not None:
            away = (0.0, 0.0) if found.system else (found.east, found.north)
            changed = replace(changed, system=found.system or "wgs84", east=away[0], north=away[1])
        self._keep(self._kept.having(changed))
        self._show_again()

    def _change(self, changed: "Collection") -> None:
        """At once, whatever is under way: a map may be looked at while it is compared."""
        another = self._kept is None or changed.chosen != self._kept.chosen
        self._keep(changed)
        if another:
            self._show_again()
        else:
            self._tell()

    def _keep(self, changed: "Collection") -> None:
        self._kept = changed
        self._writing.wish(now=True)

    async def _write(self) -> None:
        if self._kept is not None and self._door is not None:
            await self._door.keep(self._kept)

    def _tell(self) -> None:
        kept, shown, chosen = self._kept, self._shown, self._chosen
        if kept is None:
            return
        index = kept.maps.index(chosen) if chosen is not None else -1
        told: dict[str, Any] = {
            "version": self._version,
            "maps": [f"{one.name}{systems(one)}" for one in kept.maps],
            "chosen": index,
            "opacity": kept.opacity,
            "names": kept.names,
            "notice": self._notice,
            "shown": None,
            "shift": self._shift,
            "shifted": self._shift is not None,
            "crooked": self._is_crooked,
        }
        if shown is not None:
            zooms = {"minZoom": shown.min_zoom, "maxZoom": shown.max_zoom}
            told["shown"] = {**zooms, "vector": shown.vector, "attribution": shown.attribution}
        self._panel.set_part("basemap", told)

    def _ask(self, asked: tuple[int, int, int, int], answer: "Callable[[Reply | None], None]") -> None:
        version, zoom, x, y = asked
        chosen = self._chosen
        if self._door is None or chosen is None or self._shown is None or version != self._version:
            answer(None)
            return
        future = self._door.tile(chosen, zoom, x, y)
        future.add_done_callback(lambda done: self.came.emit((answer, version), done))

    def _on_came(self, asked: "tuple[Callable[[Reply | None], None], int]", future: "Future[Any]") -> None:
        from console.ui.map.scheme import BINARY, Reply

        answer, version = asked
        try:
            tile = future.result()
        except CancelledError:
            answer(None)
            return
        except Exception as problem:  # whatever it was, the map goes on without the tile
            answer(None)
            self._on_trouble(problem, version)
            return
        if tile.content == "none":
            answer(Reply(b"", BINARY))
        elif tile.content == "vector":
            answer(Reply(tile.data, BINARY))
        else:
            answer(Reply(tile.data, tile.content.encode()))

    def _on_trouble(self, problem: BaseException, version: int) -> None:
        if version != self._version:
            return
        if not isinstance(problem, Refused):
            log.error("a tile of the base map", exc_info=problem)
            problem = Refused("basemap_tile", said=repr(problem)[:120])
        self._troubles += 1
        if problem.code == "basemap_offline":
            self._again.start()
        said = refusal(problem)
        if self._troubles == 1:
            self._notice = said
            self._window.messages.say(said, Lamp.LATE)
            self._tell()
        elif self._troubles == _MOST_TROUBLES:
            self._shown = None  # until it is chosen again
            self._notice = _("{said};改用街道").format(said=said)
            self._tell()
