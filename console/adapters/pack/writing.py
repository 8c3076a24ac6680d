"""Writing a city down as a pack."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import shapely
import tomli_w
from numpy.typing import NDArray

from console.adapters.catalogues import is_builtin, written_catalogue, written_variants
from console.adapters.pack.archive import MANIFEST
from console.adapters.pack.geopackage import write_layer
from console.adapters.pack.manifest import FORMAT
from console.adapters.pack.placing import placed
from console.adapters.pack.season import written_calendar
from console.adapters.pack.tables import DepartmentRow, DivisionRow, ResponsibilityGridRow, RuleRow
from console.adapters.practice.files import written_practice
from console.adapters.practice.staff import written_staff
from console.adapters.rows import written_rows
from console.domain.catalogue import Catalogue
from console.domain.city import CityContent
from console.geography.coordinates import STORE, epsg
from console.geography.packed import unpacked
from console.geography.rings import polygons_of
from console.geography.site_layer_names import SITE_LAYERS, stored_name
from console.geography.site_layers import unpacked_layer

_GRIDS, _LAYER = "unit_grids.gpkg", "unit_grids"
_DIVISIONS, _PATROLS, _ROADS = "divisions.csv", "responsibility_grids.csv", "roads.geojson"
_VARIANTS, _PRACTICE, _STAFF = "limit_variants.csv", "practice.toml", "staff.csv"
_DEPARTMENTS, _RULES, _CALENDAR = "departments.csv", "responsibilities.csv", "calendar.toml"


def write_pack(path: Path, content: CityContent, *, shapes: NDArray[np.object_] | None = None) -> None:
    """Write `content` as a pack at `path`: a zip where it ends so, else a folder; whole or not at all.

    `shapes` are the unit grids' polygons in lon/lat (EPSG:4490); without them those of the cell layer
    are taken, which are good to 2 mm. Raises Refused as console.adapters.pack.placing.placed.
    """
    if shapes is None:
        shapes = polygons_of(unpacked(content.layers["cells"]))
    with placed(path) as folder:
        for name, text in _texts(content, shapes).items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
        if "roads" in content.layers:
            (folder / _ROADS).write_bytes(content.layers["roads"])
        for layer in _own_layers(content):
            _write_layer(folder / _layer_file(layer), content.layers[stored_name(layer)])
        _write_grids(folder / _GRIDS, content, shapes)


def _texts(content: CityContent, shapes: NDArray[np.object_]) -> dict[str, str]:
    """Every text file of the pack by name."""
    own = [item for item in content.catalogues if not is_builtin(item)]
    texts = {
        MANIFEST: tomli_w.dumps(_manifest(content, shapes, own)),
        _DIVISIONS: written_rows(
            (
                DivisionRow(code=d.code, name=d.name, name_en=d.name_en, level=d.level, parent=d.parent)
                for d in content.divisions
            ),
            DivisionRow,
        ),
        _PATROLS: written_rows(
            (
                ResponsibilityGridRow(code=r.code, name=r.name, district=r.district, street=r.street)
                for r in content.responsibility_grids
            ),
            ResponsibilityGridRow,
        ),
        _DEPARTMENTS: written_rows(
            (
                DepartmentRow(
                    code=d.code,
                    name=d.name,
                    name_en=d.name_en,
                    kind=d.kind,
                    parent=d.parent,
                    division=d.division,
                )
                for d in content.departments
            ),
            DepartmentRow,
        ),
        _RULES: written_rows(
            (
                RuleRow(
                    department=r.department,
                    class_prefix=r.class_prefix,
                    division=r.division,
                    priority=r.priority,
                )
                for r in content.rules
            ),
            RuleRow,
        ),
        _CALENDAR: written_calendar(content.calendar),
    }
    for catalogue in own:
        conditions, crossings = written_catalogue(catalogue)
        texts |= {_catalogue_file(catalogue): conditions, _crossings_file(catalogue): crossings}
    return texts | _site_texts(content)


def _site_texts(content: CityContent) -> dict[str, str]:
    """What a city need not bring: limit variants, its practice, its staff."""
    texts = {_VARIANTS: written_variants(content.catalogues)}
    if content.practice is not None:
        texts[_PRACTICE] = written_practice(content.practice)
    if content.staff:
        texts[_STAFF] = written_staff(content.staff)
    return {name: text for name, text in texts.items() if text}


def _manifest(
    content: CityContent, shapes: NDArray[np.object_], own: Sequence[Catalogue]
) -> Mapping[str, Any]:
    profile = content.profile
    place = shapely.point_on_surface(shapes[len(shapes) // 2])
    manifest: dict[str, Any] = {
        "format": FORMAT,
        "code": profile.code,
        "name": profile.name,
        "name_en": profile.name_en,
        "timezone": profile.timezone,
        "edition": profile.edition,
        "generated": profile.generated,
        "note": profile.note,
        "coordinates": STORE.value,
        "place": [round(float(shapely.get_x(place)), 4), round(float(shapely.get_y(place)), 4)],
        "departments": _DEPARTMENTS,
        "responsibilities": _RULES,
        "calendar": _CALENDAR,
        "catalogues": [item.edition for item in content.catalogues if is_builtin(item)],
        "unit_grids": {"file": _GRIDS, "layer": _LAYER},
        "divisions": {"file": _DIVISIONS},
        "responsibility_grids": {"file": _PATROLS},
    }
    manifest |= {Path(name).stem: name for name in _site_texts(content)}
    if "roads" in content.layers:
        manifest["roads"] = {"file": _ROADS}
    if own_layers := _own_layers(content):
        manifest["layers"] = [{"kind": layer, "file": _layer_file(layer)} for layer in own_layers]
    manifest["own_catalogues"] = [
        {
            "edition": item.edition,
            "name": item.name,
            "file": _catalogue_file(item),
            "older": item.older,
            "crossings": _crossings_file(item),
        }
        for item in own
    ]
    return manifest


def _own_layers(content: CityContent) -> list[str]:
    return [layer for layer in SITE_LAYERS if stored_name(layer) in content.layers]


def _layer_file(layer: str) -> str:
    return f"layer-{layer}.geojson"


def _write_layer(path: Path, data: bytes) -> None:
    """One of the site's own layers as GeoJSON."""
    layer = unpacked_layer(data)
    kinds = [code or name for code, name in layer.classes]
    features = [
        {"name": name, "kind": kinds[at], "shape": shapely.Point(round(lon, 7), round(lat, 7))}
        for name, at, lon, lat in zip(
            layer.names, layer.class_of.tolist(), layer.lon.tolist(), layer.lat.tolist(), strict=True
        )
    ] + [{"name": name, "kind": "", "shape": shape} for name, shape in layer.shapes]
    told = [
        {
            "type": "Feature",
            "properties": {"name": one["name"], "kind": one["kind"]},
            "geometry": one["shape"].__geo_interface__,
        }
        for one in features
    ]
    collection = {"type": "FeatureCollection", "features": told}
    path.write_text(json.dumps(collection, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def _catalogue_file(catalogue: Catalogue) -> str:
    return f"catalogue-{_plain(catalogue.edition)}.csv"


def _crossings_file(catalogue: Catalogue) -> str:
    return f"crossings-{_plain(catalogue.edition)}.csv"


def _plain(text: str) -> str:
    return "".join(letter if letter.isalnum() else "-" for letter in text)


def _write_grids(path: Path, content: CityContent, shapes: NDArray[np.object_]) -> None:
    grids = content.unit_grids
    fields: dict[str, NDArray[Any]] = {
        "code": np.array([grid.code for grid in grids], dtype=object),
        "responsibility_grid": np.array([grid.responsibility_grid for grid in grids], dtype=object),
        "community": np.array([grid.community for grid in grids], dtype=object),
        "committee": np.array([grid.committee for grid in grids], dtype=object),
        "area_m2": np.array([round(grid.area_m2, 2) for grid in grids]),
        "start_date": np.array([grid.start_date.isoformat() for grid in grids], dtype=object),
        "end_date": np.array(
            [grid.end_date.isoformat() if grid.end_date else None for grid in grids], dtype=object
        ),
    }
    write_layer(path, _LAYER, fields, shapes, system=epsg(STORE))
