"""What is said once of the whole store, by name."""

from uuid import uuid4

from sqlalchemy import Connection, bindparam, delete, insert, select

from console.storage import tables
from console.storage.direct import Statement, one

REVISION = "city_revision"
_VALUE = Statement(select(tables.meta.c.value).where(tables.meta.c.name == bindparam("name")))


def get_meta(connection: Connection, name: str) -> str | None:
    found = one(connection, _VALUE, (name,))
    return None if found is None else found[0]


def put_meta(connection: Connection, name: str, value: str) -> None:
    connection.execute(delete(tables.meta).where(tables.meta.c.name == name))
    connection.execute(insert(tables.meta).values(name=name, value=value))


def touch(connection: Connection) -> None:
    """Say that reference data changed: readers load it anew."""
    # A name that never comes again: a number could be drawn twice when a transaction rolls back.
    put_meta(connection, REVISION, uuid4().hex)


def revision(connection: Connection) -> str:
    return get_meta(connection, REVISION) or ""
