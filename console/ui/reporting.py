"""A new report from the wish to the registered case: its form, its place on the map, its registration."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from console.domain.case import Case
from console.domain.errors import Refused
from console.domain.evidence import Role
from console.domain.report import reported
from console.ui.conduct import Conduct
from console.ui.edge import Reload
from console.ui.map.panel import MapPanel
from console.ui.place_door import PlaceDoor
from console.ui.side import Side
from console.words import refusal
from console.words.found_place import found_words

if TYPE_CHECKING:
    from console.domain.report import Report
    from console.queries.city import CityLists
    from console.ui.door import Door
    from console.ui.photos.picker import EvidencePicker

_PAUSE_MS = 300  # of typing, before a place is looked for
_CLOSE = 17  # the zoom level at which a typed place is shown


class Reporting(QObject):
    """Signals: registered(Case), after it was committed; alike_wished(int), the id of a case like it."""

    registered = Signal(object)
    alike_wished = Signal(int)

    def __init__(
        self,
        side: Side,
        grid_map: MapPanel,
        conduct: Conduct,
        picker: "Callable[[Role], EvidencePicker]",
        failed: Callable[[BaseException], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._picker = picker
        self.alike = Reload(self._look_alike, failed)
        self.place = Reload(self._find_place, failed, wait_ms=_PAUSE_MS)
        self.bookmarks: Callable[[], Mapping[str, tuple[float, float]]] = dict  # those of the map, by name
        self._map = grid_map
        self._spot_is_shown = False
        self._side = side
        self._conduct = conduct
        self._door: Door | None = None
        self._lists: CityLists | None = None
        side.report_filled.connect(self._on_filled)
        side.place_wished.connect(grid_map.pick_place)
        side.form_left.connect(lambda: self._show_spot(None))
        grid_map.place_chosen.connect(self._on_place_chosen)

    def open(self, door: "Door", lists: "CityLists") -> None:
        self._door = door
        self._lists = lists

    def ask(self) -> bool:
        """Show the form; False while there is no city to report in."""
        if self._lists is None:
            return False
        self._side.ask_report(self._lists, self._picker(Role.BEFORE))
        form = self._side.report
        assert form is not None
        form.place.offer(self.bookmarks())
        form.likened.connect(lambda: self.alike.wish(now=True))
        form.place.sought.connect(lambda now: self.place.wish(now=now, rest_ms=0 if now else _PAUSE_MS))
        form.map_wished.connect(self._map.setFocus)
        form.alike.wished.connect(self._on_alike_wished)
        if form.place.question() is not None:  # a draft brought it
            self.place.wish(now=True)
            self.alike.wish(now=True)
        return True

    def _on_alike_wished(self, case_id: int) -> None:
        self._side.leave()
        self.alike_wished.emit(case_id)

    async def _look_alike(self) -> None:
        form, door = self._side.report, self._door
        report = form.report() if form is not None else None
        if form is None or report is None or door is None:
            return
        found = await door.similar(reported(report, code="", edition="", at=door.now()))
        if self._side.report is form and form.report() == report:
            form.alike.show_cases(found)

    async def _find_place(self) -> None:
        form, door = self._side.report, self._door
        question = form.place.question() if form is not None else None
        if form is None or question is None or door is None:
            return
        asked, picked = form.place.asked, form.report().lon is not None
        place_door, view = PlaceDoor(door), self._map.view
        if view is not None:
            place_door.near = view[:2]
        place: tuple[float, float] | None = None
        try:
            found = await place_door.find(*question)
        except Refused as problem:
            words = refusal(problem)
        else:
            place, words = (found.lon, found.lat), found_words(found)
        if self._side.report is not form or form.place.asked != asked:
            return  # another text stands there by now, and its place is asked for
        if place is not None:
            self._show_spot(place)
            if found.there is not None and not picked:
                self._map.show_view(*place, max(_CLOSE, view[2] if view is not None else 0))
        form.place.show_found(place, words)

    def _show_spot(self, place: tuple[float, float] | None) -> None:
        if place is not None or self._spot_is_shown:
            self._map.set_part("spot", list(place) if place else None)
        self._spot_is_shown = place is not None

    def _on_filled(self, report: "Report") -> None:
        self._conduct.clicks.run(lambda: self._register(report))

    async def _register(self, report: "Report") -> None:
        assert self._door is not None
        try:
            case: Case = await self._door.register(report)
        except Refused as problem:
            if self._side.report is not None:
                self._side.report.show_problem(refusal(problem))
            return
        self._side.leave()
        self.registered.emit(case)

    def _on_place_chosen(self, lon: float, lat: float) -> None:
        if self._side.report is not None:
            self._side.report.show_place(lon, lat)
