"""The condition that a text column is one of many codes: they go over as one JSON array."""

from collections.abc import Iterable
from typing import Any

import orjson
from sqlalchemy import Boolean, ColumnElement, String, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import FunctionElement


class _AmongCodes(FunctionElement[bool]):
    """Its clauses are the column and the array."""

    inherit_cache = True
    type = Boolean()


def among_codes(column: ColumnElement[str], codes: Iterable[str]) -> ColumnElement[bool]:
    """`column` is one of the codes, however many."""
    return _AmongCodes(column, bindparam(None, orjson.dumps(sorted(codes)).decode(), String()))


@compiles(_AmongCodes, "sqlite")
def _embedded(element: FunctionElement[bool], compiler: SQLCompiler, **told: Any) -> str:
    column, codes = (compiler.process(one, **told) for one in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({codes}))"


@compiles(_AmongCodes, "postgresql")
def _served(element: FunctionElement[bool], compiler: SQLCompiler, **told: Any) -> str:
    column, codes = (compiler.process(one, **told) for one in element.clauses)
    return f"{column} IN (SELECT jsonb_array_elements_text(CAST({codes} AS jsonb)))"
