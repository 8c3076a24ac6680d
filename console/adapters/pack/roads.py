"""The roads layer of a pack: lines with a name and a rank, as the map's quiet base layer."""

import json

import numpy as np
import shapely

from console.adapters.pack.manifest import Source
from console.adapters.pack.survey import Survey
from console.adapters.pack.tables import RoadRow
from console.domain.errors import Refused
from console.geography.rules import Finding

_DECIMALS = 6  # of a degree: 0.1 m


def roads_layer(survey: Survey, source: Source | None) -> bytes:
    """GeoJSON in lon/lat (EPSG:4490), the greatest roads last; empty where the pack has no roads."""
    features = []
    if source is not None:
        rows, positions = survey.rows(source, RoadRow)
        if positions is None:
            raise Refused("roads_without_lines", file=source.file)
        for number, row in sorted(rows.good, key=lambda item: -item[1].rank):
            line = positions.degrees[number - 1]
            if shapely.get_type_id(line) not in (1, 5) and not line.is_empty:
                facts = {"file": source.file, "row": number, "kind": line.geom_type}
                survey.findings.append(Finding("road_no_line", facts=facts))
            elif not line.is_empty:
                geometry = shapely.transform(line, lambda xy: np.round(xy, _DECIMALS)).__geo_interface__
                names = {"name": row.name, **({"name_en": row.name_en} if row.name_en else {})}
                facts = {**names, "rank": row.rank}
                features.append({"type": "Feature", "properties": facts, "geometry": geometry})
    layer = {"type": "FeatureCollection", "features": features}
    return json.dumps(layer, ensure_ascii=False, separators=(",", ":")).encode()
