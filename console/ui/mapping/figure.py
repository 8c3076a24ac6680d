"""The figure by which the map is coloured, grid by grid, in the words of the map."""

from dataclasses import dataclass
from math import isnan
from typing import TYPE_CHECKING

from console.domain.colouring import FEWEST
from console.i18n import _
from console.ui.mapping.colour_words import scaled, short_unit, title_of

if TYPE_CHECKING:
    from console.queries.colouring import Coloured


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """`title` names it with its unit; a grid shows the value of the area that is coloured with it."""

    title: str
    _found: "Coloured"

    @classmethod
    def of(cls, found: "Coloured") -> "Figure":
        return cls(f"{title_of(found.wish.key)} ({short_unit(found.wish)})", found)

    def value(self, position: int) -> float | None:
        """Of the grid at a place of the map; None where there is none, or too few cases for one."""
        area = self._area(position)
        if area is None or isnan(self._found.value[area]) or self._few(area):
            return None
        return float(self._found.value[area])

    def words(self, position: int) -> str:
        """The value as the map says it, with the cases that it is of, where it judges them."""
        area, value = self._area(position), self.value(position)
        if area is None:
            return _("网格外")
        if value is None:
            return _("不足 {fewest} 件,不评").format(fewest=FEWEST)
        told = scaled(self._found.wish, value)
        if not self._found.wish.colouring.judged:
            return told
        return _("{value}({whole} 件)").format(value=told, whole=f"{int(self._found.whole[area]):,}")

    def _area(self, position: int) -> int | None:
        of_cell = self._found.areas.of_cell
        return int(of_cell[position]) if 0 <= position < len(of_cell) else None

    def _few(self, area: int) -> bool:
        return self._found.wish.colouring.judged and int(self._found.whole[area]) < FEWEST
