"""Rows of a CSV file as checked values, each problem named by file, row and field."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from console.domain.errors import Refused

_MOST_CHARACTERS_IN_A_FIELD = 200_000


class Row(BaseModel):
    """A row's own fields; columns that the model does not name are passed over."""

    model_config = ConfigDict(str_strip_whitespace=True, extra="ignore", frozen=True)


R = TypeVar("R", bound=Row)


@dataclass(frozen=True)
class Problem:
    """What is wrong in a row; rows count from 1, the header being the first.

    `kind` is pydantic's code, `known` the values that the field may have where these are counted.
    """

    row: int
    field: str
    value: str
    kind: str
    known: str = ""


@dataclass(frozen=True)
class Rows(Generic[R]):
    """The good rows by number, and what is wrong with the others."""

    good: tuple[tuple[int, R], ...]
    problems: tuple[Problem, ...]


def decoded(data: bytes, *, file: str, encoding: str) -> str:
    """Text of a file; a byte order mark is dropped.

    Raises Refused: `wrong_encoding_row` where the bytes are not of the encoding, `encoding_unknown`.
    """
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise wrong_bytes(file, encoding, data, error.start) from None
    except LookupError:
        raise Refused("encoding_unknown", file=file, encoding=encoding) from None


def wrong_encoding(file: str, encoding: str, position: int) -> Refused:
    """Bytes of a table's field that are not of its encoding."""
    others = _other(encoding)
    return Refused("wrong_encoding", file=file, encoding=encoding, position=position, others=others)


def wrong_bytes(file: str, encoding: str, data: bytes, position: int) -> Refused:
    """Bytes of a text file that are not of its encoding, told by their line too."""
    row, others = data.count(b"\n", 0, position) + 1, _other(encoding)
    told = {"encoding": encoding, "position": position, "others": others}
    return Refused("wrong_encoding_row", file=file, row=row, **told)


def _other(encoding: str) -> str:
    return "gb18030" if encoding.lower().startswith("utf") else "utf-8"


def read_rows(
    text: str, model: type[R], *, file: str, columns: Mapping[str, str] = MappingProxyType({})
) -> Rows[R]:
    """The rows of CSV text with a header; `columns` maps the model's names to the file's own.

    Raises Refused: `missing_columns`, `repeated_columns`, `csv_broken`.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    csv.field_size_limit(_MOST_CHARACTERS_IN_A_FIELD)
    number = 1
    table: list[tuple[int, list[str]]] = []
    try:
        header = next(reader, [])
        for number, cells in enumerate(reader, start=2):
            if any(cells):
                table.append((number, cells))
    except csv.Error as error:
        raise Refused("csv_broken", file=file, row=number + 1, said=str(error)) from None
    return _checked(header, table, model, file, columns)


def read_columns(
    fields: Mapping[str, Sequence[str]], model: type[R], *, file: str, columns: Mapping[str, str]
) -> Rows[R]:
    """The rows of a table given by columns, numbered from 1. Raises as read_rows."""
    table = enumerate(zip(*fields.values(), strict=True), start=1)
    return _checked(list(fields), table, model, file, columns)


def written_rows(rows: Iterable[R], model: type[R]) -> str:
    """CSV text of rows, in the order of the model's fields."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(model.model_fields), lineterminator="\n")
    writer.writeheader()
    writer.writerows(row.model_dump(mode="json") for row in rows)
    return out.getvalue()


def _checked(
    header: Sequence[str],
    table: Iterable[tuple[int, Sequence[str]]],
    model: type[R],
    file: str,
    columns: Mapping[str, str],
) -> Rows[R]:
    ours = {theirs: name for name, theirs in columns.items()}
    names = [ours.get(name.strip(), name.strip()) for name in header]
    needed = [name for name, field in model.model_fields.items() if field.is_required()]
    if missing := [columns.get(name, name) for name in needed if name not in names]:
        known = ", ".join(header)
        raise Refused("missing_columns", file=file, columns=", ".join(missing), known=known)
    if repeated := sorted({name for name in names if name and names.count(name) > 1}):
        raise Refused("repeated_columns", file=file, columns=", ".join(repeated))
    good: list[tuple[int, R]] = []
    problems: list[Problem] = []
    for number, cells in table:
        values = {name: cell for name, cell in zip(names, cells, strict=False) if cell.strip()}
        try:
            good.append((number, model.model_validate(values)))
        except ValidationError as error:
            problems += _problems(number, values, error)
    return Rows(tuple(good), tuple(problems))


def _problems(number: int, values: dict[str, str], error: ValidationError) -> Iterator[Problem]:
    for item in error.errors(include_url=False):
        field = str(item["loc"][0]) if item["loc"] else ""
        known = _known(item["ctx"]["expected"]) if item["type"] == "enum" else ""
        yield Problem(number, field, values.get(field, "")[:80], item["type"], known)


def _known(expected: str) -> str:
    """The values of an enumeration as pydantic tells them: 'a', 'b' or 'c'."""
    return ", ".join(re.findall(r"'([^']*)'", expected))
