"""Makes what is selected on the map the filter of the queue, and shows on the map what the filter asks."""

import json
from collections.abc import Callable
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from console.domain.area import Area, Piece, shape, with_piece
from console.domain.errors import Refused
from console.i18n import _
from console.ui.area_door import AreaDoor
from console.ui.edge import Reload, Work, start
from console.ui.map.hand import MapHand
from console.ui.map.panel import MapPanel
from console.ui.selection import Selection
from console.words import area_words

if TYPE_CHECKING:
    import asyncio

    from console.queries.city import CityLists
    from console.runtime.desk import Changes
    from console.ui.door import Door

Failed = Callable[[BaseException], None]
_REPLACES, _ADDS, _TAKES = range(3)
_WAIT_MS = 400


class AreaSelecting(QObject):
    """A part of Charting. Its method `select_area` is an action of console.ui.actions.WINDOW.

    Signals: save_wished, for the present filter with its area, under a name.
    """

    save_wished = Signal()

    def __init__(
        self,
        panel: MapPanel,
        code_of: Callable[[int], str],
        selection: Selection,
        hand: MapHand,
        failed: Failed,
    ) -> None:
        super().__init__(panel)
        self._panel = panel
        self._selection = selection
        self._failed = failed
        self._code_of = code_of
        self._hand = hand
        self._door: AreaDoor | None = None
        self._shown: Area | None = None
        self._turn: asyncio.Lock | None = None
        self._outline = Reload(self._show_outline, failed)
        self._counting = Reload(self._show_count, failed, wait_ms=_WAIT_MS)
        self._naming = Reload(self._show_names, failed)
        self._saved: list[Area] = []
        panel.declare("area", "")
        panel.declare("areas", [])
        panel.set_bytes("area", b"[]")
        panel.hear("area", self._on_shape)
        panel.hear("areacell", self._on_cell)
        panel.hear("areagrid", self._on_grid)
        panel.hear("corridor", self._on_road)
        panel.hear("areaclear", self.clear)
        panel.hear("areasave", self.save_wished.emit)
        panel.hear("areaslist", self._naming.wish)
        panel.hear("areanamed", self._on_named)
        selection.filter_changed.connect(self._follow)  # a lambda would keep a closed map alive

    async def open(self, door: "Door", lists: "CityLists") -> None:
        self._door = AreaDoor(door)
        self._follow()

    def on_changed(self, changes: "Changes") -> None:
        if self._shown is not None:
            self._counting.wish()

    def show_words(self) -> None:
        if self._shown is not None:
            self._counting.wish(now=True)

    def select_area(self) -> None:
        """Take the selecting tool in hand, or its next mode."""
        self._hand.take("select")

    def leave(self) -> bool:
        """Drop the area where the keyboard is on the map."""
        focused = QApplication.focusWidget()
        on_map = focused is not None and self._panel.isAncestorOf(focused)
        if self._shown is None or not on_map:
            return False
        self.clear()
        return True

    def clear(self) -> None:
        """Let the filter ask for no area."""
        self._selection.narrow(lambda wanted: replace(wanted, within=None))

    def _follow(self) -> None:
        area = self._selection.wanted.within
        if self._door is None:
            return
        if area != self._shown:
            self._shown = area
            self._outline.wish(now=True)
        self._counting.wish(now=True)

    async def _show_outline(self) -> None:
        assert self._door is not None
        area = self._shown
        rings = [] if area is None else await self._door.rings(area)
        if area == self._shown:
            self._panel.set_bytes("area", json.dumps(rings, separators=(",", ":")).encode("ascii"))

    async def _show_count(self) -> None:
        assert self._door is not None
        area = self._shown
        if area is None:
            self._panel.set_part("area", "")
            return
        count = await self._door.count(self._selection.wanted)
        if area == self._shown:
            words = _("{area} · {count} 件").format(area=area_words(area), count=f"{count:,}")
            self._panel.set_part("area", words)

    async def _show_names(self) -> None:
        assert self._door is not None
        self._saved = await self._door.saved()
        self._panel.set_part("areas", [area.name for area in self._saved])

    def _on_named(self, place: int) -> None:
        if place < len(self._saved):
            area = self._saved[place]
            self._selection.narrow(lambda wanted: replace(wanted, within=area, cell=""))

    def _on_shape(self, how: int, *numbers: float) -> None:
        ring = tuple(zip(numbers[::2], numbers[1::2], strict=True))
        self._take(how, shape((ring,), adds=how != _TAKES))

    def _on_cell(self, how: int, index: int) -> None:
        self._take(how, Piece("cells", (self._code_of(index),), (), how != _TAKES))

    def _on_grid(self, how: int, lon: float, lat: float) -> None:
        async def work() -> None:
            assert self._door is not None
            self._take(how, await self._door.grid(lon, lat, adds=how != _TAKES))

        self._run(work)

    def _on_road(self, how: int, metres: float, *numbers: float) -> None:
        points = zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True)
        lines = [
            [(lon, lat) for _line, lon, lat in told]
            for _line, told in groupby(points, lambda point: point[0])
        ]

        async def work() -> None:
            assert self._door is not None
            self._take(how, await self._door.strip(lines, metres, adds=how != _TAKES))

        self._run(work)

    def _run(self, work: Callable[[], Work]) -> None:
        if self._door is not None:
            start(self._in_turn(work))

    async def _in_turn(self, work: Callable[[], Work]) -> None:
        """One after the other, none left out: grids are added as quickly as they are clicked."""
        import asyncio

        self._turn = self._turn or asyncio.Lock()
        async with self._turn:
            try:
                await work()
            except Exception as problem:  # the last place where it can be told
                self._failed(problem)

    def _take(self, how: int, piece: Piece) -> None:
        before = None if how == _REPLACES else self._selection.wanted.within
        if before is None and how == _TAKES:
            return
        try:
            area = with_piece(before, piece)
        except Refused as problem:
            self._failed(problem)
            return
        self._selection.narrow(lambda wanted: replace(wanted, within=area, cell=""))
