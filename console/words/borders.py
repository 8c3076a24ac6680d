"""How far a place is from the next grid or area, in words."""

from collections.abc import Callable, Sequence

from console.domain.boundary import Border, Boundary
from console.i18n import N_, _

_BORDERS = {Border.CELL: N_("单元网格"), Border.GRID: N_("责任网格"), Border.AREA: N_("区界")}

_NEAR_M = 100.0  # farther borders than the nearest are told within a block


def borders_shown(found: Sequence[Boundary]) -> list[Boundary]:
    """The weightiest of the nearest borders that run together, and what else is near."""
    if not found:
        return []
    nearest = min(one.metres for one in found)
    together = [one for one in found if one.metres <= nearest + 0.5]
    return [together[-1], *(one for one in found if one not in together and one.metres <= _NEAR_M)]


def border_words(boundary: Boundary, named: Callable[[str], str]) -> str:
    """One border with both its sides; a warning where a handset may err across it."""
    words = _("距{border} {metres} 米:{here} | {there}").format(
        border=_(_BORDERS[boundary.border]),
        metres=f"{boundary.metres:.0f}" if boundary.metres >= 10 else f"{boundary.metres:.1f}",
        here=named(boundary.here),
        there=named(boundary.there),
    )
    return f"⚠ {words}" if boundary.is_doubtful else words
