"""A layout: how the panels share the window, wide and narrow, and which of them have windows of their own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from console.i18n import N_
from console.ui.layouts.screens import Place, place_from, place_told
from console.ui.layouts.tree import Node, alone, as_told, from_told, panels_of, split

PANELS = ("queue", "map", "case")
LONGEST_NAME = 40
_KEYS = {"name", "wide", "narrow", "windows"}


@dataclass(frozen=True, slots=True)
class Layout:
    """`narrow` stands in a window too narrow for `wide`; None: `wide` stands there too.

    A case panel that stands nowhere is a sheet over the right of the room. `windows` names the panels that
    have a window, each with its place; None means a second screen, maximised, if there is one.
    """

    name: str
    wide: Node | None
    narrow: Node | None = None
    windows: Mapping[str, Place | None] = field(default_factory=dict)

    def tree(self, *, wide: bool) -> Node | None:
        return self.wide if wide or self.narrow is None else self.narrow


def _row(*parts: tuple[str, float]) -> Node:
    return split(True, [alone(panel) for panel, _share in parts], [share for _panel, share in parts])


_SIDE_BY_SIDE = _row(("queue", 0.33), ("map", 0.45), ("case", 0.22))
_WITH_SHEET = _row(("queue", 0.45), ("map", 0.55))

STANDARD = Layout(N_("标准"), _SIDE_BY_SIDE, _WITH_SHEET)
# Their names are marked texts: they are shown in the language in use.
BUILT_IN = (
    STANDARD,
    Layout(N_("分拣"), _row(("queue", 0.62), ("case", 0.38))),
    Layout(
        N_("地图为主"),
        _row(("queue", 0.24), ("map", 0.54), ("case", 0.22)),
        _row(("queue", 0.3), ("map", 0.7)),
    ),
    Layout(N_("双屏"), _SIDE_BY_SIDE, _WITH_SHEET, {"map": None}),
)


def layout_told(layout: Layout) -> dict[str, Any]:
    """The layout as a document holds it."""
    windows = {panel: place and place_told(place) for panel, place in layout.windows.items()}
    trees = {"wide": as_told(layout.wide), "narrow": as_told(layout.narrow)}
    return {"name": layout.name, **trees, "windows": windows}


def layout_from(told: Any) -> Layout:
    """The layout of a document. Raises ValueError where it is none."""
    if not isinstance(told, dict) or not told.keys() >= _KEYS:
        raise ValueError(f"not a layout: {told!r:.80}")
    windows = told["windows"]
    if not isinstance(windows, dict) or not windows.keys() <= set(PANELS):
        raise ValueError(f"not windows: {windows!r:.80}")
    wide = from_told(told["wide"], PANELS)
    places = {panel: None if place is None else place_from(place) for panel, place in windows.items()}
    layout = Layout(fit_name(told["name"]), wide, from_told(told["narrow"], PANELS), places)
    if not panels_of(wide):
        raise ValueError("a layout without a panel")
    return layout


def fit_name(name: object) -> str:
    """A name for a layout. Raises ValueError where it is none."""
    text = " ".join(name.split()) if isinstance(name, str) else ""
    if not 0 < len(text) <= LONGEST_NAME or not text.isprintable():
        raise ValueError(f"not a name: {name!r:.80}")
    return text
