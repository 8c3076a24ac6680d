"""What ties the map to the store and the selection: city, cell colours, marks, and clicks back."""

from array import array
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from console.domain.errors import Refused
from console.i18n import language
from console.ui.edge import Reload
from console.ui.map.city import MapCity
from console.ui.map.marks import packed_points
from console.ui.map.panel import MapPanel
from console.ui.map.ramp import level_of
from console.ui.selection import Selection
from console.words.generated import generated_mark

if TYPE_CHECKING:
    from console.domain.city import CityProfile
    from console.domain.wanted import CaseFilter
    from console.queries.case import CaseCard
    from console.runtime.desk import Changes
    from console.ui.door import Door

_RELOAD_PAUSE_MS = 400
_MOST_ONE_BY_ONE = 5_000  # changed cells; all of them are told more quickly than more of them
_MOST = 65_535  # the page counts in sixteen bits


class MapLink(QObject):
    """Keeps the map panel true to the store; `panel` itself knows neither store nor selection.

    Signals: city_shown, when a city's cells and cases are on the map; card_shown, when another case is
    outlined.
    """

    city_shown = Signal()
    card_shown = Signal()

    def __init__(
        self, panel: MapPanel, selection: Selection, failed: Callable[[BaseException], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self.panel = panel
        self._selection = selection
        self._failed = failed
        self._door: Door | None = None
        self._city: MapCity | None = None
        self._has_ground = False  # read ahead of `open`
        self._profile: CityProfile | None = None
        self._own: dict[str, bytes] = {}
        self._english: dict[str, str] = {}
        self._codes: dict[str, int] = {}
        self._counts: dict[int, int] | None = None
        self._painted: bytes | None = None
        self._mirrors: list[MapPanel] = []
        self._load_city = Reload(self._show_city, failed)
        self.reload = Reload(self._show_cases, failed, wait_ms=_RELOAD_PAUSE_MS)
        panel.cell_chosen.connect(self._on_cell)
        panel.case_chosen.connect(selection.choose_case)
        selection.filter_changed.connect(self._on_filter)

    async def show_ground(self, door: "Door") -> None:
        """Read the city and let the page paint it; its cases follow with `open`. Raises Refused("no_city").

        Awaited before anything else is read: threads that read many rows at once take turns at the
        interpreter row by row, and each takes longer than both do one after the other.
        """
        try:
            await self._read_city(door)
        except Refused:
            raise
        except Exception as problem:  # a damaged map keeps nobody from his cases
            self._failed(problem)
        self._has_ground = True

    def open(self, door: "Door") -> None:
        """Show the city, unless `show_ground` has just done so, and its cases."""
        self._door = door
        self._load_city.wish(now=True)

    def mirror(self, panel: MapPanel) -> None:
        """Let another map show the same city and cases, from the same readings."""
        self._mirrors.append(panel)
        if self._city is not None:
            self._show_ground(panel)
            self._counts = None  # the next reading tells all of it
            self.reload.wish(now=True)

    def code_of(self, index: int) -> str:
        """The code of a cell of the shown city; empty where there is none."""
        codes = self._city.cell_codes if self._city else ()
        return codes[index] if 0 <= index < len(codes) else ""

    def leave(self, panel: MapPanel) -> None:
        """Tell that map nothing more."""
        self._mirrors.remove(panel)

    def paint(self, levels: bytes | None) -> bool:
        """Colour the window's own map by these classes, one byte a cell; None for the open cases again.

        False where they are not of the city that is shown. Mirrors keep the open cases.
        """
        if levels is not None and (self._city is None or len(levels) != self._city.cell_count):
            return False
        before, self._painted = self._painted, levels
        if before != levels and self._counts is not None:
            self._tell_whole(self.panel)
        return True

    def index_of(self, code: str) -> int:
        """Where a unit grid stands in the city's order. KeyError for a code that the city has not."""
        return self._codes[code]

    def on_changed(self, changes: "Changes") -> None:
        if changes.everything and self._city is None:
            self._load_city.wish(now=True)
        self.reload.wish()

    def show_words(self) -> None:
        """Say its names and the mark of a generated city in another language; the city stays as it is."""
        if self._profile is not None:
            for panel in self._panels:
                panel.set_part("badge", generated_mark(self._profile))
                panel.set_part("names", self._names)

    @property
    def _names(self) -> dict[str, str]:
        """What names of the map are in the language of the moment, where that is another."""
        return self._english if language() == "en" else {}

    def show_card(self, card: "CaseCard | None") -> None:
        """Outline the chosen case where it lies."""
        if card is None or card.case.lon is None or card.case.lat is None:
            self.panel.select_case(None)
        else:
            self.panel.select_case(card.case.id, card.case.lon, card.case.lat)
        self.card_shown.emit()

    async def _show_city(self) -> None:
        import asyncio

        assert self._door is not None
        if not self._has_ground:
            await self._read_city(self._door)
        self._has_ground = False  # whoever opens again wants it read again
        if self._city is None:
            return
        self._codes = await asyncio.get_running_loop().run_in_executor(None, _places, self._city)
        await self._show_cases()
        self._on_filter(self._selection.wanted)  # a map that opens late outlines it too
        self.city_shown.emit()

    async def _read_city(self, door: "Door") -> None:
        found = await door.city_map()
        if not found.cells:
            return
        self._profile = found.profile
        badge = generated_mark(found.profile)
        self._city = MapCity(found.cells, found.cell_codes, found.roads, found.divisions, badge)
        self._codes = {}
        self._counts = self._painted = None
        self._own, self._english = found.own, found.english
        for panel in self._panels:
            self._show_ground(panel)

    async def _show_cases(self) -> None:
        if self._door is None or self._city is None:
            return
        counts, marks = await self._door.map_state(packed_points)
        before, self._counts = self._counts, counts
        known = before or {}
        moved = {at for at, _number in known.items() ^ counts.items()}
        if before is None or len(moved) > _MOST_ONE_BY_ONE:
            for panel in self._panels:
                self._tell_whole(panel)
        elif moved:
            numbers = {at: min(counts.get(at, 0), _MOST) for at in moved}
            for panel in self._panels:
                panel.update_cells(
                    {at: (self._level(panel, at, number), number) for at, number in numbers.items()}
                )
        for panel in self._panels:
            panel.show_marks(marks)

    def _show_ground(self, panel: MapPanel) -> None:
        """The city, and what the site has added to it."""
        assert self._city is not None
        for name, data in self._own.items():
            panel.set_bytes(name, data)
        panel.set_part("names", self._names)
        panel.show_city(self._city)

    def _tell_whole(self, panel: MapPanel) -> None:
        assert self._city is not None
        assert self._counts is not None
        levels, whole = bytearray(self._city.cell_count), array("H", bytes(2 * self._city.cell_count))
        for position, number in self._counts.items():
            levels[position] = level_of(number)
            whole[position] = min(number, _MOST)
        if panel is self.panel and self._painted is not None:
            levels[:] = self._painted
        panel.show_cells(bytes(levels), whole.tobytes())

    def _level(self, panel: MapPanel, at: int, number: int) -> int:
        if panel is self.panel and self._painted is not None:
            return self._painted[at]
        return level_of(number)

    @property
    def _panels(self) -> list[MapPanel]:
        return [self.panel, *self._mirrors]

    def _on_filter(self, wanted: "CaseFilter") -> None:
        self.panel.filter_cell(self._codes.get(wanted.cell))

    def _on_cell(self, index: int) -> None:
        assert self._city is not None
        code = self._city.cell_codes[index] if index >= 0 else ""
        again = code == self._selection.wanted.cell
        self._selection.narrow(lambda wanted: replace(wanted, cell="" if again else code))


def _places(city: MapCity) -> dict[str, int]:
    """Position by code; with it all that takes long of a very large city, off the window's thread."""
    assert city.codes_document
    return {code: at for at, code in enumerate(city.cell_codes)}
