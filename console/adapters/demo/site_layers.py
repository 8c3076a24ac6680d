"""What a site would add to the demo city's map: components, campaign areas, flooding points."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from console.adapters.demo.layers import ToDegrees
from console.domain.catalogue import Catalogue, ClassKind
from console.geography.site_layer_names import stored_name
from console.geography.site_layers import SiteLayer, packed_layer

# Classes of components by how many of a hundred there are.
_COMPONENTS = {
    "雨水井盖": 16, "雨水箅子": 14, "路灯": 16, "行道树": 18, "垃圾箱": 10, "交通护栏": 6,
    "交通标志牌及标线": 5, "公交站设施": 4, "污水井盖": 6, "树池树穴": 3, "公共厕所": 1, "报刊亭": 1,
}  # fmt: skip
_NUMBER = 6_000
_ASIDE = 6e-5  # degrees: about six metres from the middle of the street
_CAMPAIGNS = ("占道经营专项整治", "违规户外广告专项整治", "共享单车专项整治", "黄土裸露专项整治")
_PATROLS = 5  # responsibility grids of a campaign
_FLOODING = 16

Floats = NDArray[np.float64]


def site_layers(
    roads: bytes,
    borders: NDArray[np.object_],
    degrees: ToDegrees,
    catalogue: Catalogue,
    random: np.random.Generator,
) -> dict[str, bytes]:
    """The layers by the name they are stored under; `borders` are responsibility grids in metres."""
    lines = [
        (one["properties"]["name"], one["properties"]["rank"], shapely.geometry.shape(one["geometry"]))
        for one in json.loads(roads)["features"]
    ]
    return {
        stored_name("components"): packed_layer(_components(lines, catalogue, random)),
        stored_name("campaigns"): packed_layer(_campaigns(borders, degrees, random)),
        stored_name("flooding"): packed_layer(_flooding(lines, random)),
    }


def _components(
    lines: Sequence[tuple[str, int, Any]], catalogue: Catalogue, random: np.random.Generator
) -> SiteLayer:
    codes = {item.name: item.code for item in catalogue.classes if item.kind is ClassKind.PART}
    known = [(codes[name], name) for name in _COMPONENTS if name in codes]
    share = np.array([_COMPONENTS[name] for _code, name in known], dtype=np.float64)
    lengths = np.array([line.length for _, _, line in lines])
    on = random.choice(len(lines), _NUMBER, p=lengths / lengths.sum())
    along = random.random(_NUMBER)
    points = shapely.line_interpolate_point(
        np.array([lines[at][2] for at in on.tolist()], dtype=object), along, normalized=True
    )
    turn = random.random(_NUMBER) * 2 * np.pi
    xy = shapely.get_coordinates(points) + _ASIDE * np.column_stack((np.cos(turn), np.sin(turn)))
    class_of = random.choice(len(known), _NUMBER, p=share / share.sum())
    names = [f"{lines[road][0]} {number:05d}" for number, road in enumerate(on.tolist(), start=1)]
    return SiteLayer(xy[:, 0], xy[:, 1], known, class_of, names)


def _campaigns(borders: NDArray[np.object_], degrees: ToDegrees, random: np.random.Generator) -> SiteLayer:
    """Responsibility grids around some middle, as one area each."""
    middles = shapely.get_coordinates(shapely.centroid(borders))
    nearer = np.argsort(np.hypot(middles[:, 0], middles[:, 1]))[: len(middles) // 2]
    begins = random.choice(nearer, len(_CAMPAIGNS), replace=False)
    shapes = []
    for name, begin in zip(_CAMPAIGNS, begins.tolist(), strict=True):
        near = np.argsort(np.hypot(*(middles - middles[begin]).T))[:_PATROLS]
        union = shapely.union_all(borders[near])
        turned = shapely.transform(union, lambda xy: np.column_stack(degrees(xy[:, 0], xy[:, 1])))
        shapes.append((name, shapely.simplify(turned, 2e-5)))
    return _of_points([], shapes)


def _flooding(lines: Sequence[tuple[str, int, Any]], random: np.random.Generator) -> SiteLayer:
    """Where great streets cross: there the underpasses are."""
    great = [(name, line) for name, rank, line in lines if rank <= 2 and name]
    crossings: dict[str, tuple[float, float]] = {}
    tree = shapely.STRtree([line for _, line in great])
    for at, (name, line) in enumerate(great):
        for other in tree.query(line, predicate="intersects").tolist():
            second, crossed = great[other]
            point = shapely.intersection(line, crossed)
            if other > at and second != name and point.geom_type == "Point":
                crossings.setdefault(f"{name}与{second}", (point.x, point.y))
    named = sorted(crossings.items())
    chosen = random.choice(len(named), min(_FLOODING, len(named)), replace=False).tolist()
    return _of_points([named[at] for at in sorted(chosen)], [])


def _of_points(
    named: Sequence[tuple[str, tuple[float, float]]], shapes: Iterable[tuple[str, Any]]
) -> SiteLayer:
    xy = np.array([place for _name, place in named], dtype=np.float64).reshape(-1, 2)
    nothing = np.zeros(len(named), dtype=np.int64)
    return SiteLayer(xy[:, 0], xy[:, 1], [("", "")], nothing, [name for name, _place in named], tuple(shapes))
