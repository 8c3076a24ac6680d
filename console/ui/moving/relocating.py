"""Moves a wrong point: the map picks, the form previews what follows before it is done."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from console.domain.errors import Refused
from console.i18n import _, named
from console.ui.door import utc_now
from console.ui.edge import Reload
from console.ui.map.panel import MapPanel
from console.ui.place_door import PlaceDoor
from console.ui.side import Side
from console.words import clock_time, refusal
from console.words.borders import border_words, borders_shown

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from console.domain.boundary import Boundary
    from console.domain.case import Case
    from console.queries.boundaries import Names
    from console.queries.city import CityLists
    from console.runtime.desk import Changes
    from console.services.relocating import Relocated
    from console.ui.door import Door
    from console.ui.forms.place_field import PlaceField

ACT = "act_relocate"


class Relocating(QObject):
    """A part of Charting; the act itself is done as any other."""

    def __init__(self, panel: MapPanel, side: Side, failed: Callable[[BaseException], None]) -> None:
        super().__init__(panel)
        self._map = panel
        self._side = side
        self._door: PlaceDoor | None = None
        self._lists: CityLists | None = None
        self._field: PlaceField | None = None
        self._clock: Callable[[], datetime] = utc_now
        self.preview = Reload(self._foresee, failed)
        panel.declare("moving", None)
        panel.place_chosen.connect(self._on_place)
        side.form_shown.connect(self._on_form)
        side.form_left.connect(self._end)

    async def open(self, door: "Door", lists: "CityLists") -> None:
        self._door = PlaceDoor(door)
        self._clock = door.now
        self._lists = lists

    def on_changed(self, changes: "Changes") -> None:
        return

    def show_words(self) -> None:
        return

    def _on_form(self, form: QWidget, name: str, _code: str) -> None:
        if name != ACT:
            return
        from console.ui.forms.place_field import PlaceField

        field = form.findChild(PlaceField)
        if field is None:
            return
        self._field = field
        field.typed.connect(lambda _text, _system: self.preview.wish(now=True))
        self._show(None)
        self._map.pick_place(True)

    def _end(self) -> None:
        if self._field is not None:
            self._field = None
            self._map.pick_place(False)
            self._map.set_part("moving", None)

    def _on_place(self, lon: float, lat: float) -> None:
        if self._field is not None:
            self._field.show_place(lon, lat)
            self._show((lon, lat))

    async def _foresee(self) -> None:
        field, door = self._field, self._door
        if field is None or field.asked is None or door is None:
            return
        asked = field.asked
        case = field.case
        if case.lon is not None and case.lat is not None:
            door.near = case.lon, case.lat
        try:
            place = await door.read(*asked)
            seen = self._side.form.seen if self._side.form is not None else case.version
            found = await door.foresee(case.code, place, seen)
            borders, names = await door.borders(*place)
            moved = [getattr(one, name) for one in (found.before, found.after) for name in _NAMED]
            names = names | await door.names(moved)
        except Refused as problem:
            if self._field is field and field.asked == asked:
                field.show_foreseen(None, refusal(problem))
            return
        if self._field is field and field.asked == asked:
            field.show_foreseen(place, "\n".join(self._lines(found, borders, names)))
            self._show(place)

    def _show(self, place: tuple[float, float] | None) -> None:
        assert self._field is not None
        case = self._field.case
        old = [case.lon, case.lat] if case.lon is not None else None
        self._map.set_part("moving", {"from": old, "to": list(place) if place else None})

    def _lines(self, found: "Relocated", borders: "tuple[Boundary, ...]", names: "Names") -> list[str]:
        before, after = found.before, found.after

        def name(code: str) -> str:
            return named(*names.get(code, (code, code))) if code else _("无")

        lines = [_changed(_("单元网格"), before.cell or _("无"), after.cell)]
        for field, words in zip(_NAMED, (_("责任网格"), _("街道"), _("区"), _("管委会")), strict=True):
            one, other = getattr(before, field), getattr(after, field)
            if one or other:
                lines.append(_changed(words, name(one), name(other)))
        departments = [self._department(one[:1]) for one in (found.advised_before, found.advised_after)]
        lines.append(_changed(_("责任部门(清单)"), *departments))
        if after.department and found.advised_after and after.department != found.advised_after[0]:
            current = self._department((after.department,))
            lines.append(_("现由{department}处置,改正后请考虑改派(G)").format(department=current))
        lines += self._deadline(before, after)
        told = [line for line in lines if line]
        if len(told) < len(lines):
            told.append(_("其余不变"))
        return told + [border_words(one, name) for one in borders_shown(borders)]

    def _deadline(self, before: "Case", after: "Case") -> list[str]:
        if before.due_at is None and after.due_at is None:
            return []
        now, zone = self._clock(), self._zone
        told = (clock_time(one.due_at, zone, now) if one.due_at else _("无") for one in (before, after))
        return [_changed(_("截止"), *told)]

    def _department(self, codes: tuple[str, ...]) -> str:
        known = {one.code: one for one in self._lists.departments} if self._lists else {}
        found = [known[code] for code in codes if code in known]
        return named(found[0].name, found[0].name_en) if found else _("无")

    @property
    def _zone(self) -> "ZoneInfo":
        from zoneinfo import ZoneInfo

        assert self._lists is not None
        return ZoneInfo(self._lists.profile.timezone)


_NAMED = ("responsibility_grid", "street", "district", "committee")


def _changed(words: str, before: str, after: str) -> str:
    if before == after:
        return ""
    return _("{what}:{before} → {after}").format(what=words, before=before, after=after)
