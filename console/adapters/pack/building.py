"""Building a pack from areas: cut into unit grids, numbered, named, written."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from console.adapters.catalogues import BUILTIN, builtin
from console.adapters.pack.columns import GUESSED, Naming, named_areas
from console.adapters.pack.features import Features, read_features
from console.adapters.pack.placing import refuse_target
from console.adapters.pack.positions import Expected, Positions, located
from console.adapters.pack.season import Calendar, calendar_table
from console.adapters.pack.survey import Progress
from console.adapters.pack.territory import Floats, Territory, territory
from console.adapters.pack.writing import write_pack
from console.domain.city import CityContent, CityProfile, Level, UnitGrid
from console.domain.errors import Refused
from console.geography.coordinates import STORE, convert, coordinate_system, in_china
from console.geography.cutting import Cut, cut

# Published areas (8 of San Francisco's 195 tracts) touch or cross themselves by less than a square metre.
_MENDED_M2 = 10.0
_NOWHERE = "990100"  # no division of GB/T 2260 begins with 99


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What areas alone do not say; empty means found out or left out.

    `code` is the city's or county's six digits, `crs` the areas' system where the file does not say
    it rightly, `start_date` that of every unit grid (today where none is told).
    """

    code: str = _NOWHERE
    name: str = ""
    name_en: str = ""
    timezone: str = ""
    edition: str = "2026"
    crs: str = ""
    layer: str = ""
    encoding: str = "utf-8"
    naming: Naming = GUESSED
    start_date: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What was built; sizes in m2."""

    areas: int
    unit_grids: int
    streets: int
    communities: int
    responsibility_grids: int
    area_m2: float
    mean_m2: float
    smallest_m2: float
    largest_m2: float


def build_pack(
    areas_file: Path,
    cell_size_m: float,
    out: Path,
    *,
    options: BuildOptions | None = None,
    progress: Progress | None = None,
) -> BuildReport:
    """Cut the areas of a file into unit grids of about `cell_size_m` and write them as a pack.

    Every area becomes a responsibility grid and, up to 999 cells, a community. Raises the refusals of
    console.adapters.pack.features, positions and placing and of console.geography.cutting, besides
    `areas_missing`, `areas_folder`, `area_invalid` (row), `areas_overlap` (names and place),
    `city_code_form`, `unknown_edition`, `unknown_timezone`; the target is looked at before the areas.
    """
    wanted = options or BuildOptions()
    said = progress or _unsaid
    _refuse_options(wanted)
    refuse_target(out)
    if areas_file.is_dir():
        raise Refused("areas_folder", path=areas_file)
    if not areas_file.is_file():
        raise Refused("areas_missing", path=areas_file)
    said("reading", 0.0)
    features = read_features(areas_file, areas_file.name, layer=wanted.layer, encoding=wanted.encoding)
    names = named_areas(features.columns, len(features.shapes), wanted.naming, areas_file.name)
    system = coordinate_system(wanted.crs or features.crs or "wgs84")
    # What is told beats what the file says of itself: GeoJSON cannot say GCJ-02.
    positions = located(
        replace(features, crs=""), Expected(system, areas_file.name, wanted.code), areas_file.name
    )
    _refuse_unusable(features, positions, areas_file.name)
    said("reading", 1.0)
    done = _cut(positions, cell_size_m, [area.name for area in names], said)
    said("numbering", 0.0)
    degrees = shapely.transform(done.cells, lambda xy: _changed(xy, positions.system, STORE))
    inside = shapely.get_coordinates(shapely.point_on_surface(degrees))
    points = _changed(inside, STORE, positions.system)
    name = wanted.name or areas_file.stem
    land = territory(positions.metres, done, points, names, cell_size_m, wanted.code, name)
    content = _content(land, done, inside, wanted, name)
    said("writing", 0.0)
    write_pack(out, content, shapes=degrees)
    said("writing", 1.0)
    return _report(len(names), land, done)


def _unsaid(_step: str, _share: float) -> None:
    return None


def _refuse_options(options: BuildOptions) -> None:
    if not (len(options.code) == 6 and options.code.isascii() and options.code.isdigit()):
        raise Refused("city_code_form", code=options.code)
    builtin(options.edition)
    if options.timezone:
        try:
            ZoneInfo(options.timezone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise Refused("unknown_timezone", timezone=options.timezone) from None


def _refuse_unusable(features: Features, positions: Positions, file: str) -> None:
    """Areas must be polygons as they stand, but for traces of drawing that mending hardly changes."""
    if positions.findings:
        first = positions.findings[0]
        raise Refused("area_invalid", file=file, row=first.facts["row"], rule=first.rule)
    for at, shape in enumerate(features.shapes):
        if rule := _unusable(shape, positions.metres[at]):
            raise Refused("area_invalid", file=file, row=at + 1, rule=rule)
    if not len(positions.metres):
        raise Refused("area_invalid", file=file, row=0, rule="polygon_missing")


def _unusable(shape: BaseGeometry | None, metres: BaseGeometry) -> str:
    """The rule that an area breaks, if any; `shape` is in the file's own coordinates."""
    if not isinstance(shape, Polygon | MultiPolygon) or shape.is_empty:
        return "polygon_missing"
    # Straight lines bend a little on the way to metres and have an area then.
    if shape.convex_hull.area <= 0:
        return "area_not_positive"
    if not metres.is_valid:
        mended = shapely.make_valid(metres, method="structure", keep_collapsed=False)
        if abs(mended.area - metres.area) > _MENDED_M2:
            return "polygon_invalid"
    return "" if metres.area > 0 else "area_not_positive"


def _cut(positions: Positions, cell_size_m: float, names: list[str], progress: Progress) -> Cut:
    try:
        return cut(positions.metres, cell_size_m, progress)
    except Refused as refusal:
        if refusal.code != "shapes_overlap":
            raise
        first, second = (names[int(str(refusal.facts[name]))] for name in ("first", "second"))
        x, y = (float(str(refusal.facts[axis])) for axis in ("x", "y"))
        lon, lat = convert(x, y, positions.system, STORE)
        place = {"lon": round(float(lon), 6), "lat": round(float(lat), 6)}
        raise Refused(
            "areas_overlap", first=first, second=second, area_m2=refusal.facts["area_m2"], **place
        ) from None


def _changed(xy: Floats, source: str, target: str) -> Floats:
    return np.column_stack(convert(xy[:, 0], xy[:, 1], source, target))


def _content(land: Territory, done: Cut, inside: Floats, options: BuildOptions, name: str) -> CityContent:
    home = "Asia/Shanghai" if in_china(*inside[0]) else "UTC"
    timezone = options.timezone or home
    start = options.start_date or datetime.now(ZoneInfo(timezone)).date()
    return CityContent(
        profile=CityProfile(
            code=next(item.code for item in land.divisions if item.level is Level.CITY),
            name=name,
            name_en=options.name_en or name,
            timezone=timezone,
            edition=options.edition,
            generated=False,
            note=options.note,
        ),
        divisions=land.divisions,
        responsibility_grids=land.responsibility_grids,
        unit_grids=[
            UnitGrid(
                code=code,
                responsibility_grid=patrol,
                community=code[:-3],
                street=code[:9],
                district=code[:6],
                committee="",
                area_m2=area,
                length_m=length,
                lon=lon,
                lat=lat,
                start_date=start,
            )
            for code, patrol, area, length, (lon, lat) in zip(
                land.codes,
                land.patrol,
                shapely.area(done.cells).tolist(),
                shapely.length(done.cells).tolist(),
                inside.tolist(),
                strict=True,
            )
        ],
        departments=(),
        rules=(),
        catalogues=[builtin(edition) for edition in BUILTIN],
        calendar=calendar_table(Calendar(holidays="china" if home == "Asia/Shanghai" else ""), timezone),
    )


def _report(areas: int, land: Territory, done: Cut) -> BuildReport:
    size = shapely.area(done.cells)
    levels = [item.level for item in land.divisions]
    return BuildReport(
        areas=areas,
        unit_grids=len(done.cells),
        streets=levels.count(Level.STREET),
        communities=levels.count(Level.COMMUNITY),
        responsibility_grids=len(land.responsibility_grids),
        area_m2=round(float(size.sum()), 1),
        mean_m2=round(float(size.mean()), 1),
        smallest_m2=round(float(size.min()), 1),
        largest_m2=round(float(size.max()), 1),
    )
