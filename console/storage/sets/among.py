"""The condition that a case is among many: one parameter, however many ids."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import BindParameter, Text, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.elements import ColumnElement


class Among(ColumnElement[bool]):
    """`cases.id` is one of the ids of the parameter `ids`, told as `told_ids` does."""

    # Without the type Boolean: for SQLite that would add "= 1" to the words, and it would read every row.
    inherit_cache = True

    def __init__(self) -> None:
        self.ids: BindParameter[str] = bindparam("ids", type_=Text)


@compiles(Among, "sqlite")
def _sqlite(element: Among, compiler: Any, **told: Any) -> str:
    return f"cases.id IN (SELECT value FROM json_each({compiler.process(element.ids, **told)}))"


@compiles(Among, "postgresql")
def _postgresql(element: Among, compiler: Any, **told: Any) -> str:
    ids = compiler.process(element.ids, **told)
    return f"cases.id = ANY (CAST(translate({ids}, '[]', '{{}}') AS BIGINT[]))"


def told_ids(ids: Iterable[int]) -> str:
    """Ids as the value of the parameter, a JSON array."""
    return f"[{','.join(map(str, ids))}]"
