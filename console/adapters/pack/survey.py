"""Reading a pack's parts one by one, noting every problem by file, row and field."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from console.adapters.catalogues import builtin, read_catalogue
from console.adapters.pack.archive import file_in
from console.adapters.pack.features import KNOWN_FORMATS, read_features
from console.adapters.pack.manifest import Manifest, Source, read_toml
from console.adapters.pack.positions import Expected, Positions, located
from console.adapters.pack.season import Calendar, calendar_table, read_calendar
from console.adapters.pack.tables import (
    DepartmentRow,
    DivisionRow,
    ResponsibilityGridRow,
    RuleRow,
    UnitGridRow,
)
from console.adapters.practice.files import practice_in
from console.adapters.practice.staff import Known, read_staff
from console.adapters.rows import Problem, Row, Rows, decoded, read_columns, read_rows
from console.adapters.variants import with_variants
from console.domain.calendar import CalendarTable
from console.domain.catalogue import Catalogue
from console.domain.city import Department, Division, ResponsibilityGrid, ResponsibilityRule, UnitGrid
from console.domain.errors import Refused
from console.domain.practice import Practice
from console.domain.staff import Member
from console.geography.codes import COMMUNITY, COUNTY, STREET
from console.geography.rules import Finding, Grids

Progress = Callable[[str, float], None]
R = TypeVar("R", bound=Row)

_MOST_BYTES = 200_000_000


@dataclass
class Survey:
    """One pass over the pack in `folder`; `findings` grows as parts are read."""

    folder: Path
    manifest: Manifest
    findings: list[Finding] = field(default_factory=list)
    system: str = ""  # in metres; that of the unit grids once they are read

    def table(self, source: Source, model: type[R]) -> tuple[list[R], list[BaseGeometry | None]]:
        """The good rows of a CSV or geometry file, and the polygon (store's metres) of each, if any."""
        rows, positions = self.rows(source, model)
        if positions is None:
            return [row for _, row in rows.good], [None] * len(rows.good)
        return [row for _, row in rows.good], [positions.metres[number - 1] for number, _ in rows.good]

    @property
    def expected(self) -> Expected:
        said = self.manifest
        return Expected(said.coordinates, said.name, said.code, said.place)

    def rows(self, source: Source, model: type[R]) -> tuple[Rows[R], Positions | None]:
        path = file_in(self.folder, source.file)
        if path.suffix.lower() == ".csv":
            rows = read_rows(self.text(source.file), model, file=source.file, columns=source.columns)
            self.note(source.file, rows.problems)
            return rows, None
        features = read_features(path, source.file, layer=source.layer, encoding=self.manifest.encoding)
        positions = located(features, self.expected, source.file, self.system)
        self.findings += positions.findings
        if not len(features.shapes):
            return Rows((), ()), positions
        rows = read_columns(features.columns, model, file=source.file, columns=source.columns)
        self.note(source.file, rows.problems)
        return rows, positions

    def text(self, file: str) -> str:
        path = file_in(self.folder, file)
        if path.stat().st_size > _MOST_BYTES:
            raise Refused("file_too_large", file=file, megabytes=path.stat().st_size // 1_000_000, most=200)
        return decoded(path.read_bytes(), file=file, encoding=self.manifest.encoding)

    def note(self, file: str, problems: Iterable[Problem]) -> None:
        for item in problems:
            facts = {"file": file, "row": item.row, "field": item.field, "value": item.value}
            if item.known:
                facts["known"] = item.known
            rule = "value_missing" if item.kind == "missing" else "row_invalid"
            self.findings.append(Finding(rule, facts=facts))

    def divisions(self) -> tuple[list[Division], dict[str, BaseGeometry]]:
        rows, shapes = self.table(self.manifest.divisions, DivisionRow)
        divisions = [Division(r.code, r.name, r.name_en or r.name, r.level, r.parent) for r in rows]
        return divisions, _with_shape([row.code for row in rows], shapes)

    def responsibility_grids(self) -> tuple[list[ResponsibilityGrid], dict[str, BaseGeometry]]:
        rows, shapes = self.table(self.manifest.responsibility_grids, ResponsibilityGridRow)
        grids = [ResponsibilityGrid(r.code, r.name, r.district, r.street) for r in rows]
        return grids, _with_shape([row.code for row in rows], shapes)

    def departments(self) -> list[Department]:
        if self.manifest.departments is None:
            return []
        rows, _ = self.rows(Source(file=self.manifest.departments), DepartmentRow)
        return [
            Department(row.code, row.name, row.name_en or row.name, row.kind, row.parent, row.division)
            for _, row in rows.good
        ]

    def rules(self) -> list[tuple[int, ResponsibilityRule]]:
        """The responsibility list with its row numbers."""
        if self.manifest.responsibilities is None:
            return []
        rows, _ = self.rows(Source(file=self.manifest.responsibilities), RuleRow)
        return [
            (number, ResponsibilityRule(r.department, r.class_prefix, r.division, r.priority))
            for number, r in rows.good
        ]

    def calendar(self) -> CalendarTable:
        file = self.manifest.calendar
        if file is None:
            return calendar_table(Calendar(), self.manifest.timezone)
        return read_calendar(file_in(self.folder, file), file, self.manifest.timezone)

    def catalogues(self) -> list[Catalogue]:
        found = [builtin(edition) for edition in self.manifest.catalogues]
        for own in self.manifest.own_catalogues:
            catalogue, problems = read_catalogue(
                self.text(own.file),
                self.text(own.crossings) if own.crossings else "",
                edition=own.edition,
                name=own.name,
                older=own.older,
                file=own.file,
                crossings_file=own.crossings,
            )
            for file, problem in problems:
                self.note(file, [problem])
            found.append(catalogue)
        if variants := self.manifest.limit_variants:
            found, wrong = with_variants(found, self.text(variants), file=variants)
            self.note(variants, wrong)
        return found

    def practice(self) -> Practice | None:
        """The city's own practice; every flaw of the file is a finding."""
        file = self.manifest.practice
        if file is None:
            return None
        found, flaws = practice_in(read_toml(file_in(self.folder, file), file))
        self.findings += [
            Finding(
                "practice_flaw", facts={"file": file, "field": one.key, "flaw": one.rule, "value": one.value}
            )
            for one in flaws
        ]
        return found

    def staff(self, known: Known) -> tuple[Member, ...]:
        file = self.manifest.staff
        if file is None:
            return ()
        members, problems = read_staff(self.text(file), known, file=file)
        self.note(file, problems)
        return members

    def grids(self, progress: Progress) -> tuple[Grids, NDArray[np.object_]]:
        """The unit grids in force today with all they belong to, and their polygons in lon/lat."""
        progress("reading", 0.0)
        rows, positions = self.rows(self.manifest.unit_grids, UnitGridRow)
        if positions is None:
            raise Refused("geometry_format", file=self.manifest.unit_grids.file, known=KNOWN_FORMATS)
        if not len(positions.degrees):
            raise Refused("no_grids")
        progress("reading", 0.6)
        self.system = positions.system
        divisions, community_shapes = self.divisions()
        patrols, patrol_shapes = self.responsibility_grids()
        progress("reading", 0.9)
        today = datetime.now(ZoneInfo(self.manifest.timezone)).date()
        current = [(at - 1, row) for at, row in rows.good if _in_force(row, today)]
        places = [at for at, _ in current]
        unit_grids = _unit_grids([row for _, row in current], positions, places)
        progress("reading", 1.0)
        grids = Grids(
            unit_grids=unit_grids,
            shapes=positions.metres[places],
            system=positions.system,
            divisions=divisions,
            responsibility_grids=_placed_in(patrols, unit_grids),
            told=[place for place, at in enumerate(places) if at in positions.lost],
            retired=[row.code for _, row in rows.good if not _in_force(row, today)],
            communities=_only({item.community for item in unit_grids}, community_shapes),
            responsibility_shapes=patrol_shapes,
        )
        return grids, positions.degrees[places]


def _with_shape(codes: list[str], shapes: list[BaseGeometry | None]) -> dict[str, BaseGeometry]:
    pairs = zip(codes, shapes, strict=True)
    return {code: shape for code, shape in pairs if shape is not None and not shape.is_empty}


def _only(codes: set[str], shapes: dict[str, BaseGeometry]) -> dict[str, BaseGeometry]:
    return {code: shape for code, shape in shapes.items() if code in codes}


def _in_force(row: UnitGridRow, today: date) -> bool:
    return row.end_date is None or row.end_date >= today


def _unit_grids(rows: list[UnitGridRow], positions: Positions, places: list[int]) -> list[UnitGrid]:
    degrees, metres = positions.degrees[places], positions.metres[places]
    inside = np.full((len(degrees), 2), np.nan)
    filled = ~shapely.is_empty(degrees)
    inside[filled] = shapely.get_coordinates(shapely.point_on_surface(degrees[filled]))
    measures = zip(
        rows,
        shapely.area(metres).tolist(),
        shapely.length(metres).tolist(),
        inside.tolist(),
        strict=True,
    )
    return [
        UnitGrid(
            code=row.code,
            responsibility_grid=row.responsibility_grid,
            community=row.community or row.code[: COUNTY + STREET + COMMUNITY],
            street=row.code[: COUNTY + STREET],
            district=row.code[:COUNTY],
            committee=row.committee,
            area_m2=area if row.area_m2 is None else row.area_m2,
            length_m=length,
            lon=lon,
            lat=lat,
            start_date=row.start_date,
            end_date=row.end_date,
        )
        for row, area, length, (lon, lat) in measures
    ]


def _placed_in(patrols: list[ResponsibilityGrid], unit_grids: list[UnitGrid]) -> list[ResponsibilityGrid]:
    """Responsibility grids with the district and street of their first unit grid where none is told."""
    first: dict[str, UnitGrid] = {}
    for grid in unit_grids:
        first.setdefault(grid.responsibility_grid, grid)
    return [
        replace(item, district=item.district or cell.district, street=item.street or cell.street)
        if (cell := first.get(item.code))
        else item
        for item in patrols
    ]
