"""The declared mapping of a foreign file to cases: which column means what, in which words and units."""

import re
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from console.adapters.intake import dates
from console.domain.case import Source
from console.domain.catalogue import ClassKind, LimitUnit
from console.domain.city import DepartmentKind
from console.domain.errors import Refused
from console.domain.flow import State
from console.geography.coordinates import coordinate_system
from console.system import resource

FOLDER = "mappings"
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,31}")


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as problem:
        raise ValueError(f"no such time zone: {name}") from problem
    return name


def _system(name: str) -> str:
    try:
        return coordinate_system(name)
    except Refused as problem:
        raise ValueError(f"no such coordinate system: {name}") from problem


def _format(pattern: str) -> str:
    if pattern != dates.ISO:
        dates.compiled(pattern)
    return pattern


Name = Annotated[str, Field(pattern=rf"^{_NAME.pattern}$")]
# It begins the department codes too, and those have 24 characters.
System = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,15}$")]
Column = Annotated[str, Field(min_length=1)]
TimeFormat = Annotated[str, AfterValidator(_format)]


class _Declared(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class TimeColumn(_Declared):
    """`formats` use strptime's letters, or `iso`; real dates of a spreadsheet need none."""

    column: Column
    formats: tuple[TimeFormat, ...] = (dates.ISO,)


class Times(_Declared):
    """One column for each instant of a case; an instant the file does not tell stays unknown.

    `updated_at` has no field in a case: it is checked, and its words belong into `notes`.
    """

    reported_at: TimeColumn
    accepted_at: TimeColumn | None = None
    filed_at: TimeColumn | None = None
    dispatched_at: TimeColumn | None = None
    fed_back_at: TimeColumn | None = None
    ended_at: TimeColumn | None = None
    updated_at: TimeColumn | None = None

    def told(self) -> dict[str, TimeColumn]:
        columns = {name: getattr(self, name) for name in type(self).model_fields}
        return {name: column for name, column in columns.items() if column is not None}


class PlaceColumns(_Declared):
    """x (longitude, east) and y (latitude, north) in the mapping's coordinate system."""

    lon: Column
    lat: Column


class ProposedLimit(_Declared):
    value: float = Field(gt=0)
    unit: LimitUnit


class AsCatalogue(_Declared):
    """Make an edition of the file's own values; its one condition per class is proposed, never found."""

    edition: Annotated[str, Field(min_length=1, max_length=16)]
    name: str
    kind: ClassKind = ClassKind.EVENT
    condition: str
    closing: str
    limit: ProposedLimit
    source: str


class ClassColumns(_Declared):
    """Either `codes` (values joined by ` / ` to class keys) or `as_catalogue` (major, then minor column)."""

    columns: Annotated[tuple[Column, ...], Field(min_length=1, max_length=2)]
    edition: str = ""
    codes: dict[str, str] = Field(default_factory=dict)
    as_catalogue: AsCatalogue | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if bool(self.codes) == (self.as_catalogue is not None):
            raise ValueError("exactly one of codes and as_catalogue")
        return self


class AsDepartments(_Declared):
    kind: DepartmentKind = DepartmentKind.PROFESSIONAL


class DepartmentColumn(_Declared):
    """Either `codes` (values to department codes) or `as_departments` (each value is a department)."""

    column: Column
    codes: dict[str, str] = Field(default_factory=dict)
    default: str | None = None
    as_departments: AsDepartments | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if bool(self.codes) == (self.as_departments is not None):
            raise ValueError("exactly one of codes and as_departments")
        return self


class SourceColumn(_Declared):
    column: Column
    codes: dict[str, Source] = Field(min_length=1)
    default: Source | None = None


class StatusColumn(_Declared):
    column: Column
    codes: dict[str, State] = Field(min_length=1)
    default: State | None = None


class Mapping(_Declared):
    """How the rows of one source system become cases; `system` begins every external id.

    `encoding` auto reads a byte order mark or strict UTF-8. `notes` are the columns whose words have
    no field in a case: they go into the journal line, one `column: value` each.
    """

    name: Name
    title: str = ""
    system: System
    encoding: Literal["auto", "utf-8", "utf-8-sig", "gb18030"] = "auto"
    delimiter: Annotated[str, Field(min_length=1, max_length=1)] = ","
    sheet: str = ""
    nulls: tuple[str, ...] = ()
    coordinates: Annotated[str, AfterValidator(_system)]
    timezone: Annotated[str, AfterValidator(_zone)]
    external_id: Column
    description: Annotated[tuple[Column, ...], Field(min_length=1)]
    address: Column | None = None
    reporter: Column | None = None
    place: PlaceColumns | None = None
    times: Times
    case_class: ClassColumns | None = Field(default=None, alias="class")
    department: DepartmentColumn | None = None
    source: SourceColumn | None = None
    status: StatusColumn
    notes: tuple[Column, ...] = ()

    def columns(self) -> dict[str, None]:
        """Every column the file must have, in the order of the mapping."""
        single = (self.external_id, *self.description, self.address, self.reporter)
        place = (self.place.lon, self.place.lat) if self.place else ()
        times = (time.column for time in self.times.told().values())
        classes = self.case_class.columns if self.case_class else ()
        coded = (part.column for part in (self.department, self.source, self.status) if part is not None)
        named = (*single, *place, *times, *classes, *coded, *self.notes)
        return dict.fromkeys(column for column in named if column is not None)


def read_mapping(asked: str | Path) -> Mapping:
    """The mapping of that name which ships with the product, or the one of a TOML file.

    Raises Refused: `no_mapping`, `mapping_unreadable`, `mapping_unknown_keys`, `mapping_invalid`.
    """
    text = str(asked)
    shipped = resource(FOLDER, f"{text}.toml") if _NAME.fullmatch(text) else None
    path = shipped if shipped is not None and shipped.is_file() else Path(asked)
    if not path.is_file():
        known = sorted(item.stem for item in resource(FOLDER).glob("*.toml"))
        raise Refused("no_mapping", asked=text, known=", ".join(known))
    try:
        told = tomllib.loads(path.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as problem:
        raise Refused("mapping_unreadable", file=path.name, said=problem) from problem
    return _validated(told, path.name)


def _validated(told: dict[str, Any], file: str) -> Mapping:
    try:
        return Mapping.model_validate(told)
    except ValidationError as problem:
        errors = problem.errors(include_url=False)
        unknown = [_key(error["loc"]) for error in errors if error["type"] == "extra_forbidden"]
        if unknown:
            raise Refused("mapping_unknown_keys", file=file, keys=", ".join(unknown)) from problem
        said = "; ".join(f"{_key(error['loc'])}: {error['msg']}" for error in errors)
        raise Refused("mapping_invalid", file=file, said=said) from problem


def _key(place: tuple[int | str, ...]) -> str:
    return ".".join(map(str, place)) or "mapping"
