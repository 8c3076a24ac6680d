"""A case as a row of the values that the database keeps, by place and without asking column types."""

from collections.abc import Callable, Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Any

import orjson

from console.domain.case import Case
from console.storage.columns import Kept, Listed
from console.storage.tables import cases

READ = tuple(cases.c[one.name] for one in fields(Case))  # what `read_case` reads
WRITTEN = tuple(column.name for column in cases.columns)  # what `row_of` writes, the id first

_SIMPLE = {column.name: column.type.simple for column in READ if isinstance(column.type, Kept)}


def _readers(*, of_lists: bool) -> list[tuple[int, Callable[[Any], Any]]]:
    return [
        (place, column.type.typed)
        for place, column in enumerate(READ)
        if isinstance(column.type, Kept) and isinstance(column.type, Listed) is of_lists
    ]


_TYPED = _readers(of_lists=False)
_LISTS = _readers(of_lists=True)
_VALUES = attrgetter(*WRITTEN)
_WRITERS = [_SIMPLE.get(name) for name in WRITTEN]


def read_case(row: Sequence[Any]) -> Case:
    """The case of the kept values of READ."""
    values = list(row)
    for place, typed in _TYPED:
        value = values[place]
        if value is not None:
            values[place] = typed(value)
    for place, typed in _LISTS:
        text = values[place]
        values[place] = () if text == "[]" else typed(orjson.loads(text))
    return Case(*values)


def row_of(case: Case) -> tuple[Any, ...]:
    """The kept values of a case, in the order of WRITTEN."""
    return tuple(
        value if writer is None or value is None else writer(value)
        for writer, value in zip(_WRITERS, _VALUES(case), strict=True)
    )


def simple(name: str, value: Any) -> Any:
    """What the database keeps of one field."""
    writer = _SIMPLE.get(name)
    return value if writer is None or value is None else writer(value)
