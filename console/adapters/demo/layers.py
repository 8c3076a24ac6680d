"""The demo city's base layers as GeoJSON: streets by name and rank, and the borders of divisions."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from console.adapters.demo.mesh import Mesh
from console.adapters.demo.names import english
from console.adapters.demo.streets import Street
from console.domain.city import Level

DECIMALS = 6
"""Of a degree: 0.1 m, the same for everyone, so that shared points stay shared."""
SMOOTH_M = 6.0

Degrees = NDArray[np.float64]
ToDegrees = Callable[[Degrees, Degrees], tuple[Degrees, Degrees]]
"""Metres east and north of the plan's centre -> longitude, latitude (EPSG:4490)."""


@dataclass(frozen=True, slots=True)
class Area:
    """One division of the layer and the responsibility grids (by place) it is made of."""

    level: Level
    code: str
    name: str
    patrols: tuple[int, ...]


def roads_layer(mesh: Mesh, degrees: Degrees, streets: Sequence[Street]) -> bytes:
    """Streets as lines in lon/lat (EPSG:4490), the greatest last; `degrees` are the mesh's vertices.

    Where one street ends on another both have that point.
    """
    ends = {street.path[place] for street in streets for place in (0, -1)}
    features = []
    for street in sorted(streets, key=lambda street: -street.rank):
        own = set(street.path)
        path = [vertex for vertex in mesh.path(street.path) if vertex in own or vertex in ends]
        line = {"type": "LineString", "coordinates": _rounded(degrees[path])}
        names = {"name": street.name, "name_en": english(street.name)}
        features.append(_feature({**names, "rank": street.rank}, line))
    return _collection(features)


def divisions_layer(borders: NDArray[np.object_], areas: Iterable[Area], degrees: ToDegrees) -> bytes:
    """Areas in lon/lat made of responsibility grids, whose `borders` (metres) are smoothed together.

    All levels are unions of the same smoothed grids, so that they share their borders point by point.
    """
    smooth = np.asarray(shapely.coverage_simplify(borders, SMOOTH_M))
    features = []
    for area in areas:
        union = shapely.coverage_union_all(smooth[list(area.patrols)])
        shape = shapely.transform(
            shapely.normalize(union), lambda xy: np.column_stack(degrees(xy[:, 0], xy[:, 1]))
        )
        parts = [
            [_rounded(shapely.get_coordinates(ring)) for ring in (part.exterior, *part.interiors)]
            for part in shapely.get_parts(shape)
        ]
        geometry = (
            {"type": "Polygon", "coordinates": parts[0]}
            if len(parts) == 1
            else {"type": "MultiPolygon", "coordinates": parts}
        )
        features.append(_feature({"code": area.code, "name": area.name, "level": area.level.value}, geometry))
    return _collection(features)


def _feature(properties: Mapping[str, object], geometry: Mapping[str, object]) -> dict[str, object]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _rounded(degrees: Degrees) -> list[list[float]]:
    rounded: list[list[float]] = np.round(degrees, DECIMALS).tolist()
    return rounded


def _collection(features: list[dict[str, object]]) -> bytes:
    layer = {"type": "FeatureCollection", "features": features}
    return json.dumps(layer, ensure_ascii=False, separators=(",", ":")).encode()
