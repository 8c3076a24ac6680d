"""The classes of open cases in a cell, and with them the six steps of the map's colour ramp."""

from bisect import bisect_right
from itertools import pairwise

from console.domain.colouring import OPEN_BREAKS

LEVEL_STARTS = OPEN_BREAKS
"""The smallest number of open cases of levels 1 to 5; below it lies level 0."""


def level_of(open_cases: int) -> int:
    """The ramp class, 0 to 5, of a cell with so many open cases."""
    return bisect_right(LEVEL_STARTS, open_cases)


def level_labels() -> list[str]:
    """What the legend says of each level: 0, 1, 2, 3–4, 5–7, 8+."""
    edges = (0, *LEVEL_STARTS)
    spans = [str(low) if low == high - 1 else f"{low}–{high - 1}" for low, high in pairwise(edges)]
    return [*spans, f"{edges[-1]}+"]
