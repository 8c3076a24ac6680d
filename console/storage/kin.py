"""Cases that belong to a case: the parts it was split into, the duplicates that were merged into it."""

from sqlalchemy import Connection, bindparam, func, select

from console.domain.case import Case
from console.storage.cases import case_of
from console.storage.tables import cases, merged, split

# An empty code would ask for every case that belongs to none: such a question is a mistake. And without
# the very words of its condition SQLite does not use the partial index.
_PARTS = select(*cases.columns).where(cases.c.split_from == bindparam("code"), split).order_by(cases.c.id)
_DUPLICATES = select(func.count()).where(cases.c.merged_into == bindparam("code"), merged)


def parts_of(connection: Connection, code: str) -> list[Case]:
    """The sub-cases of a case, the first one first."""
    return [case_of(row) for row in connection.execute(_PARTS, {"code": code})]


def duplicates_of(connection: Connection, code: str) -> int:
    """How many cases rest in a case."""
    found: int = connection.execute(_DUPLICATES, {"code": code}).scalar_one()
    return found
