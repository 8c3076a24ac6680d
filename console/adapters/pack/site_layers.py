"""A site's own layers in its pack: components, campaign areas, flooding points and others."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import shapely

from console.adapters.pack.manifest import LayerSource
from console.adapters.pack.survey import Survey
from console.adapters.pack.tables import LayerRow
from console.domain.catalogue import Catalogue
from console.domain.errors import Refused
from console.geography.rules import Finding
from console.geography.site_layer_names import SITE_LAYERS, stored_name
from console.geography.site_layers import SiteLayer, packed_layer, smoothed

_POINTS, _LINES, _AREAS = (0, 4), (1, 5), (3, 6)
# What a layer is made of; a site's own layers may hold anything.
_MADE_OF = {"components": _POINTS, "flooding": _POINTS, "campaigns": _AREAS}
_MOST_CLASSES = 65_535


def site_layers(
    survey: Survey, sources: Sequence[LayerSource], catalogues: Sequence[Catalogue]
) -> dict[str, bytes]:
    """The packed layers by the name they are stored under; what cannot be drawn becomes a finding."""
    names = {item.code: item.name for one in catalogues for item in one.classes if item.kind == "part"}
    made = {}
    for layer in SITE_LAYERS:
        features = [one for source in sources if source.kind == layer for one in _features(survey, source)]
        if features:
            made[stored_name(layer)] = packed_layer(_layer(features, names))
    return made


Feature = tuple[str, str, Any]  # name, class and geometry in degrees


def _features(survey: Survey, source: LayerSource) -> Iterator[Feature]:
    rows, positions = survey.rows(source, LayerRow)
    if positions is None:
        raise Refused("layer_without_places", file=source.file)
    allowed = _MADE_OF.get(source.kind, (*_POINTS, *_LINES, *_AREAS))
    for number, row in rows.good:
        shape = positions.degrees[number - 1]
        if shape.is_empty:
            continue
        if shapely.get_type_id(shape) not in allowed:
            facts = {"file": source.file, "row": number, "kind": shape.geom_type}
            survey.findings.append(Finding("layer_shape", facts=facts))
            continue
        yield row.name, row.kind, shape


def _layer(features: Sequence[Feature], known: Mapping[str, str]) -> SiteLayer:
    points = [
        (name, kind, point)
        for name, kind, shape in features
        if shapely.get_type_id(shape) in _POINTS
        for point in shapely.get_parts(shape)
    ]
    others = [(name, shape) for name, _kind, shape in features if shapely.get_type_id(shape) not in _POINTS]
    xy = shapely.get_coordinates([point for _, _, point in points]).reshape(-1, 2)
    kinds = list(dict.fromkeys(kind for _, kind, _ in points))[:_MOST_CLASSES]
    place = {kind: at for at, kind in enumerate(kinds)}
    return SiteLayer(
        xy[:, 0],
        xy[:, 1],
        [_class_of(kind, known) for kind in kinds],
        np.array([place.get(kind, 0) for _, kind, _ in points], dtype=np.int64),
        [name for name, _, _ in points],
        list(zip([name for name, _ in others], smoothed([shape for _, shape in others]), strict=True)),
    )


def _class_of(kind: str, known: Mapping[str, str]) -> tuple[str, str]:
    """A class of the catalogues by its key or code; any other text is the name of a class of its own."""
    code = kind.rpartition(":")[2]
    return (code, known[code]) if code in known else ("", kind)
