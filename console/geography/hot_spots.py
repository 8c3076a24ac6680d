"""Where cases cluster beyond chance: the local statistic Gi* of Getis and Ord, with its significance."""

import math
import struct
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from console.geography.rings import Floats, Ints

LEVELS = (0.10, 0.05, 0.01)
"""The false discovery rates of the classes 1, 2 and 3: said as 90, 95 and 99 per cent."""


@dataclass(frozen=True, eq=False)
class HotSpots:
    """For every unit, over itself and its neighbours: `near` cases, `expected` were they spread evenly over
    all units, `z` and two-sided `p`; `kind` is 1 to 3 for hot, -1 to -3 for cold, 0 for neither."""

    near: Floats
    expected: Floats
    z: Floats
    p: Floats
    kind: NDArray[np.int8]

    @property
    def sparse(self) -> bool:
        """Whether so little is expected that the normal distribution is a poor guide to the tails."""
        return bool(len(self.expected)) and float(np.median(self.expected)) < _ENOUGH


_ENOUGH = 5.0
_erfc = np.frompyfunc(math.erfc, 1, 1)


def hot_spots(counts: Floats, first: Ints, second: Ints) -> HotSpots:
    """Gi* of every unit; `first` and `second` are pairs of neighbours, each pair once.

    Weights are 1 for a unit and its neighbours, and 0 beyond (Ord and Getis 1995, eq. 3; `esda.G_Local` with
    star and binary weights). The classes hold the false discovery rate over all units
    (Benjamini and Hochberg 1995). Where all units have the same count nothing stands out: z is 0, p is 1.
    """
    values = np.asarray(counts, dtype=np.float64)
    number = len(values)
    near = values.copy()
    near += np.bincount(first, weights=values[second], minlength=number)
    near += np.bincount(second, weights=values[first], minlength=number)
    weight = 1.0 + np.bincount(first, minlength=number) + np.bincount(second, minlength=number)
    mean, variance = (float(values.mean()), float(values.var())) if number else (0.0, 0.0)
    expected = np.asarray(mean * weight, dtype=np.float64)
    spread = variance * weight * np.maximum(number - weight, 0.0) / max(number - 1, 1)
    z = np.divide(near - expected, np.sqrt(spread), out=np.zeros(number), where=spread > 0)
    p = np.asarray(_erfc(np.abs(z) / math.sqrt(2.0)), dtype=np.float64)
    kind = np.zeros(number, dtype=np.int8)
    for step, rate in enumerate(LEVELS, start=1):
        kind[p <= critical(p, rate)] = step
    return HotSpots(near, expected, z, p, kind * np.sign(z).astype(np.int8))


def critical(p: Floats, rate: float) -> float:
    """The largest p that is a discovery when so large a share of discoveries may be false; -1 for none."""
    ordered = np.sort(p)
    passed = np.flatnonzero(ordered <= rate * np.arange(1, len(ordered) + 1) / max(len(ordered), 1))
    return float(ordered[passed[-1]]) if len(passed) else -1.0


def joined(first: Ints, second: Ints, group: Ints) -> tuple[Ints, Ints]:
    """The pairs of neighbouring groups of units, each pair once; `group` holds each unit's."""
    one, other = group[first], group[second]
    low, high = np.minimum(one, other), np.maximum(one, other)
    groups = int(group.max()) + 1 if len(group) else 0
    pairs = np.unique(low[low != high] * groups + high[low != high])
    return np.divmod(pairs, max(groups, 1))


def packed_spots(spots: HotSpots, counts: Floats, unit_of_cell: Ints) -> bytes:
    """What the page draws, little endian: GHS1, u32 cells, units; u32 unit of every cell; then for every unit
    f32 its own cases, f32 near, f32 expected, f32 z, f32 p, each an array, and i8 kind.
    """
    head = struct.pack("<4s2I", b"GHS1", len(unit_of_cell), len(counts))
    figures = (np.asarray(counts), spots.near, spots.expected, spots.z, spots.p)
    body = (unit_of_cell.astype("<u4"), *(one.astype("<f4") for one in figures), spots.kind.astype("i1"))
    return head + b"".join(part.tobytes() for part in body)
