"""The manifest of a city pack, `city.toml`: what the city is and which file holds what."""

import re
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from console.adapters.catalogues import BUILTIN
from console.adapters.pack.archive import MANIFEST
from console.adapters.rows import wrong_bytes
from console.domain.errors import Refused
from console.geography.coordinates import coordinate_system

FORMAT = 1

_MOST_BYTES = 1_000_000


def _known_system(name: str) -> str:
    try:
        return coordinate_system(name)
    except Refused:
        raise ValueError(name) from None


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(name) from None
    return name


Text = Annotated[str, Field(min_length=1, max_length=2000)]
File = Annotated[str, Field(min_length=1, max_length=255)]
System = Annotated[str, AfterValidator(_known_system)]
Zone = Annotated[str, AfterValidator(_known_zone)]
Longitude = Annotated[float, Field(ge=-180, le=180)]
Latitude = Annotated[float, Field(ge=-90, le=90)]


class Part(BaseModel):
    """The common ground of the manifest's tables: nothing unknown, nothing changed."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Source(Part):
    """A file of the pack; `columns` maps our names of columns to the file's own."""

    file: File
    layer: str = ""
    columns: dict[str, str] = Field(default_factory=dict)


class LayerSource(Source):
    """A file of points, lines or areas that the map shows as one of the site's own layers."""

    kind: Literal["components", "campaigns", "flooding", "own"]


class OwnCatalogue(Part):
    """A class catalogue that the pack brings itself."""

    edition: Text
    name: Text
    file: File
    older: str = ""
    crossings: str = ""


class Manifest(Part):
    """`coordinates` is the system of all geometry, `encoding` of all CSV files and of .dbf tables.

    `place` is a point of the city (lon, lat EPSG:4490): geometry far from it is refused.
    """

    format: Literal[1]
    code: Annotated[str, Field(pattern=r"^[0-9]{6}$")]
    name: Text
    name_en: Text
    timezone: Zone
    edition: Text
    generated: bool = False
    note: str = ""
    coordinates: System
    place: tuple[Longitude, Latitude] | None = None
    encoding: str = "utf-8"
    unit_grids: Source
    divisions: Source
    responsibility_grids: Source
    roads: Source | None = None
    departments: File | None = None
    responsibilities: File | None = None
    calendar: File | None = None
    limit_variants: File | None = None
    practice: File | None = None
    staff: File | None = None
    catalogues: tuple[Literal["2013", "2026"], ...] = BUILTIN  # type: ignore[assignment]
    own_catalogues: tuple[OwnCatalogue, ...] = ()
    layers: tuple[LayerSource, ...] = ()


def read_toml(path: Path, name: str) -> dict[str, Any]:
    """A TOML file of the pack. Raises Refused: `file_too_large`, `wrong_encoding_row`, `toml_broken`."""
    data = path.read_bytes() if path.stat().st_size <= _MOST_BYTES else None
    if data is None:
        raise Refused("file_too_large", file=name, megabytes=path.stat().st_size // 1_000_000, most=1)
    try:
        return tomllib.loads(data.decode())
    except UnicodeDecodeError as error:
        raise wrong_bytes(name, "utf-8", data, error.start) from None
    except RecursionError:
        raise Refused("toml_broken", file=name, row=1) from None
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        row = int(line.group(1)) if line else data.count(b"\n") + 1
        raise Refused("toml_broken", file=name, row=row) from None


def read_manifest(folder: Path) -> Manifest:
    """The manifest of the pack in `folder`.

    Raises Refused: `pack_format` for a pack of another version, `manifest_field`, `manifest_missing`,
    `manifest_unknown_key`, and as read_toml.
    """
    values = read_toml(folder / MANIFEST, MANIFEST)
    if values.get("format") != FORMAT:
        raise Refused("pack_format", found=values.get("format", "?"), known=FORMAT)
    try:
        manifest = Manifest.model_validate(values)
    except ValidationError as error:
        raise refused_field(MANIFEST, error) from None
    editions = [*manifest.catalogues, *(item.edition for item in manifest.own_catalogues)]
    if manifest.edition not in editions:
        raise Refused("manifest_field", file=MANIFEST, field="edition", value=manifest.edition)
    return manifest


def refused_field(file: str, error: ValidationError) -> Refused:
    """The first problem of a TOML file's content as a refusal."""
    first = error.errors(include_url=False, include_context=False)[0]
    field = ".".join(str(step) for step in first["loc"])
    if first["type"] == "missing":
        return Refused("manifest_missing", file=file, field=field)
    if first["type"] == "extra_forbidden":
        return Refused("manifest_unknown_key", file=file, field=field)
    return Refused("manifest_field", file=file, field=field, value=str(first["input"])[:80])
