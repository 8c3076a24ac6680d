"""What areas are called: the columns that hold their number, name and street, told or guessed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from console.domain.errors import Refused

_IDS = ("code", "id", "gid", "geoid", "objectid", "编码", "编号", "代码")
_NAMES = ("name", "mc", "名称", "网格名称", "社区名称")
_STREETS = (
    "street",
    "jd",
    "town",
    "neighborhood",
    "neighbourhood",
    "nhood",
    "district",
    "街道",
    "镇街",
    "乡镇",
)


@dataclass(frozen=True, slots=True)
class Naming:
    """Columns of the areas' file by name; empty means guessed."""

    id_column: str = ""
    name_column: str = ""
    street_column: str = ""


GUESSED = Naming()


@dataclass(frozen=True, slots=True)
class Area:
    """An area's names; `street` is empty where areas are not grouped."""

    name: str
    street: str


def named_areas(
    columns: Mapping[str, Sequence[str]], count: int, naming: Naming, file: str = ""
) -> list[Area]:
    """The names of `count` areas, different from one another: by name where that tells them apart,
    by street or name and number where it does not, else by their place in the file.

    Raises Refused("missing_columns") for a column that is told and not there.
    """
    told = (naming.id_column, naming.name_column, naming.street_column)
    if missing := [column for column in told if column and column not in columns]:
        known = ", ".join(columns)
        raise Refused("missing_columns", file=file, columns=", ".join(missing), known=known)
    ids = columns.get(naming.id_column or _telling_apart(columns), [""] * count)
    names = columns.get(naming.name_column or _known(columns, _NAMES), [""] * count)
    streets = columns.get(naming.street_column or _grouping(columns), [""] * count)
    if len(set(names)) < count or not all(names):
        names = [" ".join(filter(None, parts)) for parts in zip(_first(names, streets), ids, strict=True)]
    if len(set(names)) < count or not all(names):
        names = [f"{name} {at}".strip() for at, name in enumerate(names, start=1)]
    return [Area(name, street) for name, street in zip(names, streets, strict=True)]


def _first(names: Sequence[str], streets: Sequence[str]) -> list[str]:
    return [name or street for name, street in zip(names, streets, strict=True)]


def _known(columns: Mapping[str, Sequence[str]], wanted: Sequence[str]) -> str:
    by_name = {column.lower(): column for column in columns}
    return next((by_name[name] for name in wanted if name in by_name), "")


def _telling_apart(columns: Mapping[str, Sequence[str]]) -> str:
    """A known number column, or the first column, without empty or repeated values."""
    unique = {
        name: values for name, values in columns.items() if all(values) and len(set(values)) == len(values)
    }
    return _known(unique, _IDS) or next(iter(unique), "")


def _grouping(columns: Mapping[str, Sequence[str]]) -> str:
    """A known street column whose values repeat."""
    shared = {name: values for name, values in columns.items() if len(set(values)) < len(values)}
    return _known(shared, _STREETS)
