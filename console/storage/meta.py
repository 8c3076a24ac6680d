"""What is said once of the whole store, by name."""

from uuid import uuid4

from sqlalchemy import Connection, bindparam, delete, insert, literal_column, select

from console.storage import tables
from console.storage.direct import Direct, Statement
from console.storage.known import known

REVISION = "city_revision"
STORE = "store"  # the name of this very database, given to it once
revision_now = (
    select(tables.meta.c.value).where(tables.meta.c.name == literal_column(f"'{REVISION}'")).scalar_subquery()
)
_VALUE = Statement(select(tables.meta.c.value).where(tables.meta.c.name == bindparam("name")))


def get_meta(connection: Connection, name: str) -> str | None:
    found = Direct(connection).one(_VALUE, (name,))
    return None if found is None else found[0]


def put_meta(connection: Connection, name: str, value: str) -> None:
    connection.execute(delete(tables.meta).where(tables.meta.c.name == name))
    connection.execute(insert(tables.meta).values(name=name, value=value))


def touch(connection: Connection) -> None:
    """Say that reference data changed: readers load it anew."""
    # A name that never comes again: a number could be drawn twice when a transaction rolls back.
    put_meta(connection, REVISION, uuid4().hex)
    mine = known(connection)
    mine.revision = mine.reference = None


def revision(connection: Connection) -> str:
    """The revision of the reference data, as this transaction sees it."""
    mine = known(connection)
    if mine.revision is None:
        mine.revision = get_meta(connection, REVISION) or ""
    return mine.revision
