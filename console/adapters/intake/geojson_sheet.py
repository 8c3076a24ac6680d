"""GeoJSON as rows: a feature's properties by name, its point as the columns `@lon` and `@lat`."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

from console.adapters.intake.cells import Line, Sheet, check_columns, line
from console.adapters.intake.encoding import checked_encoding
from console.adapters.intake.mapping import Mapping as Declared
from console.domain.errors import Refused

ID, LON, LAT = "@id", "@lon", "@lat"
MOST_BYTES = 1 << 28  # JSON is read whole: about ten times its size in memory


@contextmanager
def opened_geojson(file: Path, mapping: Declared) -> Iterator[Sheet]:
    """The rows of a FeatureCollection of points; `@id` is a feature's own id.

    Raises Refused: `geojson_too_large`, `wrong_encoding`, `geojson_damaged`, `missing_columns`.
    """
    if (size := file.stat().st_size) > MOST_BYTES:
        raise Refused("geojson_too_large", file=file.name, megabytes=size >> 20, most=MOST_BYTES >> 20)
    features = _features(file, checked_encoding(file, mapping.encoding))
    named = (name for feature in features for name in _properties(feature))
    columns = list(dict.fromkeys((ID, LON, LAT, *named)))
    check_columns(columns, mapping.columns(), file.name)
    nulls = frozenset(mapping.nulls)
    yield Sheet(columns, (_line(number, item, nulls) for number, item in enumerate(features, start=1)))


def _features(file: Path, encoding: str) -> list[Any]:
    try:
        told = json.loads(file.read_text(encoding), parse_constant=_no_number)
    except (ValueError, RecursionError) as problem:
        said = "nested too deep" if isinstance(problem, RecursionError) else str(problem)
        raise Refused("geojson_damaged", file=file.name, said=said) from problem
    features = told.get("features") if isinstance(told, dict) else None
    if not isinstance(features, list):
        raise Refused("geojson_damaged", file=file.name, said="no FeatureCollection")
    return features


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")


def _properties(feature: Any) -> Mapping[str, Any]:
    told = feature.get("properties") if isinstance(feature, dict) else None
    return told if isinstance(told, dict) else {}


def _line(number: int, feature: Any, nulls: frozenset[str]) -> Line:
    if not isinstance(feature, dict):
        return Line(number, {}, Refused("not_a_feature"))
    geometry = feature.get("geometry")
    lon, lat = None, None
    if geometry is not None:
        kind = geometry.get("type") if isinstance(geometry, dict) else None
        place = geometry.get("coordinates") if isinstance(geometry, dict) else None
        if kind != "Point" or not isinstance(place, list) or len(place) < 2:
            return Line(number, {}, Refused("not_a_point", kind=str(kind)))
        lon, lat = place[0], place[1]
    told = {ID: feature.get("id"), LON: lon, LAT: lat, **_properties(feature)}
    return line(number, list(told), (_plain(value) for value in told.values()), nulls)


def _plain(value: Any) -> Any:
    """Lists and objects as their JSON, so that nothing of them is lost."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value
