"""The divisions layer: borders of districts, streets, committees and responsibility grids, made of cells."""

import json
from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

import numpy as np
import shapely
from numpy.typing import NDArray

from console.domain.city import Level, UnitGrid
from console.geography.coordinates import STORE, convert

K = TypeVar("K", bound=Hashable)

LEVELS = (Level.DISTRICT, Level.COMMITTEE, Level.STREET, Level.RESPONSIBILITY)

_SMOOTH_M = 6.0
_DECIMALS = 6  # of a degree: 0.1 m; all borders are rounded alike, so shared points stay shared


def divisions_layer(
    unit_grids: Sequence[UnitGrid], shapes: NDArray[np.object_], system: str, names: Mapping[str, str]
) -> bytes:
    """GeoJSON in lon/lat (EPSG:4490) of what the cells (metres of `system`) belong to, with `names` by code.

    Cells of one responsibility grid, street, district and committee are one piece; the pieces are
    smoothed together, and every level is made of the same smooth pieces: borders agree point by point.
    Where the cells' own borders do not match, nothing is smoothed.
    """
    kinds, piece_of_cell = _numbered([tuple(_code(grid, level) for level in LEVELS) for grid in unit_grids])
    matched = bool(shapely.coverage_is_valid(shapes))
    pieces = _united(shapes, piece_of_cell, len(kinds), matched)
    if matched:
        pieces = np.asarray(shapely.coverage_simplify(pieces, _SMOOTH_M), dtype=object)
    features = []
    for place, level in enumerate(LEVELS):
        codes, group_of_piece = _numbered([kind[place] for kind in kinds])
        united = _united(pieces, group_of_piece, len(codes), matched)
        united = shapely.transform(united, lambda xy: _degrees(xy, system))
        for code, geometry in zip(codes, united, strict=True):
            if code:
                facts = {"code": code, "name": names.get(code, code), "level": level.value}
                shape = geometry.__geo_interface__
                features.append({"type": "Feature", "properties": facts, "geometry": shape})
    layer = {"type": "FeatureCollection", "features": features}
    return json.dumps(layer, ensure_ascii=False, separators=(",", ":")).encode()


def _code(grid: UnitGrid, level: Level) -> str:
    return grid.responsibility_grid if level is Level.RESPONSIBILITY else str(getattr(grid, level.value))


def _numbered(keys: Sequence[K]) -> tuple[list[K], NDArray[np.int64]]:
    """The different keys in the order they come, and for each key its place among them."""
    places: dict[K, int] = {}
    return_to = np.array([places.setdefault(key, len(places)) for key in keys], dtype=np.int64)
    return list(places), return_to


def _united(
    shapes: NDArray[np.object_], group: NDArray[np.int64], groups: int, matched: bool
) -> NDArray[np.object_]:
    """The union of each group; quick where borders match vertex by vertex."""
    union = shapely.coverage_union_all if matched else shapely.union_all
    ends = np.cumsum(np.bincount(group, minlength=groups))[:-1]
    united = np.empty(groups, dtype=object)
    for place, members in enumerate(np.split(np.argsort(group, kind="stable"), ends)):
        united[place] = union(shapes[members])
    return united


def _degrees(xy: NDArray[np.float64], system: str) -> NDArray[np.float64]:
    lon, lat = convert(xy[:, 0], xy[:, 1], system, STORE)
    return np.column_stack((np.round(lon, _DECIMALS), np.round(lat, _DECIMALS)))
