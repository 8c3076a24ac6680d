"""Points to cells of a city of 38,515: our index beside shapely's STRtree, in the same run."""

from collections.abc import Callable, Iterator
from time import perf_counter
from typing import TypeVar

import numpy as np
import shapely

from console.geography.cell_index import CellIndex
from console.geography.packed import packed_cells, unpacked
from console.geography.rings import polygons_of
from tests.geography.shapes import SOUTH, WEST, voronoi

CELLS, SIDE = 38_515, 0.24  # degrees: 22 x 27 km, cells of about 14,700 m2
MANY, SOME, FEW = 1_000_000, 50_000, 5_000
ROUNDS = 3

T = TypeVar("T")


def records() -> Iterator[dict[str, object]]:
    """Bulk look-ups, single ones and the building of the index; tells no rate of wrong answers."""
    rings = unpacked(packed_cells(voronoi(CELLS, seed=1, side=SIDE)))
    polygons = polygons_of(rings)
    built, index = timed(lambda: CellIndex(rings))
    tree_built, tree = timed(lambda: shapely.STRtree(polygons))
    random = np.random.default_rng(0)
    x, y = random.uniform((WEST, SOUTH), (WEST + SIDE, SOUTH + SIDE), (MANY, 2)).T.copy()

    many, found = timed(lambda: index.cells_at(x, y))
    some, pairs = timed(lambda: tree.query(shapely.points(x[:SOME], y[:SOME]), predicate="intersects"))
    lowest = np.full(SOME, CELLS)
    np.minimum.at(lowest, pairs[0], pairs[1])
    assert (np.where(lowest == CELLS, -1, lowest) == found[:SOME]).all(), "index and tree disagree"
    yield record("point to cell, bulk", MANY / many, "points/s", SOME / some, 2_000_000, more=True)

    few = list(zip(x[:FEW].tolist(), y[:FEW].tolist(), strict=True))
    one, _ = timed(lambda: [index.cell_at(lon, lat) for lon, lat in few])
    other, _ = timed(lambda: [tree.query(shapely.Point(lon, lat), "intersects") for lon, lat in few])
    yield record("point to cell, single", one / FEW * 1e6, "us", other / FEW * 1e6, 10, more=False)
    yield record("cell index, build", built, "s", tree_built, 2, more=False)


def timed(act: Callable[[], T]) -> tuple[float, T]:
    """The shortest of some rounds in seconds, and what came of the last."""
    times = []
    for _ in range(ROUNDS):
        begin = perf_counter()
        outcome = act()
        times.append(perf_counter() - begin)
    return min(times), outcome


def record(
    name: str, value: float, unit: str, beside: float, target: float, *, more: bool
) -> dict[str, object]:
    return {
        "name": name,
        "value": float(f"{value:.4g}"),
        "unit": unit,
        "beside": float(f"{beside:.4g}"),
        "ratio": float(f"{value / beside:.3g}"),
        "target": target,
        "met": value >= target if more else value <= target,
    }
