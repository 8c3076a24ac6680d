"""What cases are sorted by where the bare column is not it, as SQL: NULL where the list shows nothing."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Float, Text, case, func, literal_column, type_coerce

from console.domain.ranks import FLAG_WEIGHTS, NO_FLAG, SOURCE_RANKS, STATE_RANKS, UNIT_RANKS
from console.storage.tables import cases

SORTED_TEXT = 200  # letters: what a line of the list can show; a case text may hold 100 kB


def constant(value: int) -> ColumnElement[int]:
    """A number written out: the statements are handed to the driver with the values of their own only."""
    return literal_column(str(value), BigInteger)


def _word(code: str) -> ColumnElement[str]:
    return literal_column(f"'{code}'", Text)


def cut(name: str, length: int) -> ColumnElement[str]:
    """The beginning of a text."""
    return func.substr(cases.c[name], constant(1), constant(length), type_=Text)


def filled(said: ColumnElement[str]) -> ColumnElement[str]:
    return func.nullif(said, _word(""), type_=Text)


def counted(name: str) -> ColumnElement[int]:
    return func.nullif(cases.c[name], constant(0), type_=BigInteger)


def _ranked(name: str, ranks: Mapping[str, int]) -> ColumnElement[int]:
    column = type_coerce(cases.c[name], Text)
    return case(*((column == _word(code), constant(rank)) for code, rank in ranks.items()))


def _flags() -> ColumnElement[int]:
    told = type_coerce(cases.c.flags, Text)
    rank: Any = constant(NO_FLAG)
    for flag, weight in FLAG_WEIGHTS.items():  # a JSON array of codes that hold no quotes
        has = func.replace(told, _word(f'"{flag.value}"'), _word("")) != told
        rank += case((has, constant(-weight)), else_=constant(0))
    return func.nullif(rank, constant(NO_FLAG), type_=BigInteger)


state = _ranked("state", STATE_RANKS)
source = _ranked("source", SOURCE_RANKS)
flags = _flags()
limit: ColumnElement[float] = type_coerce(
    case(
        *(
            (cases.c.limit_unit == _word(unit.value), cases.c.limit_value + constant(rank))
            for unit, rank in UNIT_RANKS.items()
        )
    ),
    Float,
)
description = cut("description", SORTED_TEXT)
