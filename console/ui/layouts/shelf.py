"""The layouts of one operator: the ones built in and his own, the one in use, kept in one document."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from console.domain.errors import Refused
from console.kept import keep, kept, own_folder, put_aside
from console.ui.layouts.layout import BUILT_IN, STANDARD, Layout, fit_name, layout_from, layout_told
from console.ui.layouts.screens import Place, place_from, place_told

FILE = "layouts.json"
VERSION = 1
MOST = 30


@dataclass(slots=True)
class Shelf:
    """`in_use` is what stands now, under the name it was chosen by; `dropped` can still be taken back.

    `window` is the place of the main window, None before it was ever kept.
    """

    own: list[Layout] = field(default_factory=list)
    in_use: Layout = STANDARD
    window: Place | None = None
    dropped: Layout | None = None

    @property
    def all(self) -> list[Layout]:
        """In the order of their keys: built in first."""
        return [*BUILT_IN, *self.own]

    def save(self, name: str, layout: Layout) -> Layout:
        """Keep a layout under a name; the same name of an own layout is replaced.

        Raises Refused: bad_layout_name, layout_name_taken, too_many_layouts.
        """
        named = replace(layout, name=self._free(name, but=name))
        at = self._place(named.name)
        if at is None and len(self.own) >= MOST:
            raise Refused("too_many_layouts", most=MOST)
        if at is None:
            self.own.append(named)
        else:
            self.own[at] = named
        self.in_use = named
        return named

    def rename(self, old: str, new: str) -> None:
        """Raises Refused: bad_layout_name, layout_name_taken."""
        at = self._place(old)
        if at is None:
            return
        name = self._free(new, but=old)
        self.own[at] = replace(self.own[at], name=name)
        if self.in_use.name == old:
            self.in_use = replace(self.in_use, name=name)

    def drop(self, name: str) -> bool:
        """Take an own layout away; `restore` brings back the last one."""
        at = self._place(name)
        if at is None:
            return False
        self.dropped = self.own.pop(at)
        return True

    def restore(self) -> Layout | None:
        """Bring back what was dropped last, under a name that is still free."""
        layout, self.dropped = self.dropped, None
        if layout is not None:
            taken = {one.name for one in self.all}
            names = (layout.name, *(f"{layout.name} {number}" for number in range(2, MOST + 3)))
            layout = replace(layout, name=next(name for name in names if name not in taken))
            self.own.append(layout)
        return layout

    def _place(self, name: str) -> int | None:
        return next((at for at, layout in enumerate(self.own) if layout.name == name), None)

    def _free(self, name: str, *, but: str) -> str:
        try:
            fit = fit_name(name)
        except ValueError as problem:
            raise Refused("bad_layout_name", name=name) from problem
        if any(layout.name == fit for layout in (BUILT_IN if fit == but else self.all)):
            raise Refused("layout_name_taken", name=fit)
        return fit


def read_shelf(folder: Path, operator: str, failed: Callable[[BaseException], None]) -> Shelf:
    """The operator's layouts; a damaged document is told, put aside, and the standard stands."""
    path = own_folder(folder, operator) / FILE
    try:
        told = kept(path)
        return Shelf() if told is None else _shelf(told)
    except Refused as problem:
        failed(problem)
    except (ValueError, KeyError, TypeError) as problem:
        failed(put_aside(path, problem))
    return Shelf()


def write_shelf(folder: Path, operator: str, told: object) -> None:
    """Raises Refused("folder_not_writable")."""
    keep(own_folder(folder, operator) / FILE, told)


def shelf_told(shelf: Shelf) -> dict[str, Any]:
    """The shelf as its document holds it."""
    return {
        "version": VERSION,
        "own": [layout_told(layout) for layout in shelf.own],
        "in_use": layout_told(shelf.in_use),
        "window": shelf.window and place_told(shelf.window),
        "dropped": shelf.dropped and layout_told(shelf.dropped),
    }


def _shelf(told: Any) -> Shelf:
    if not isinstance(told, dict) or told.get("version") != VERSION:
        raise ValueError(f"version {told.get('version') if isinstance(told, dict) else told!r:.80}")
    dropped, window = told["dropped"], told["window"]
    return Shelf(
        [layout_from(one) for one in told["own"][:MOST]],
        layout_from(told["in_use"]),
        None if window is None else place_from(window),
        None if dropped is None else layout_from(dropped),
    )
