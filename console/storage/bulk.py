"""Many rows in one statement, past the work that the statement layer does for every single row."""

from collections.abc import Sequence

from sqlalchemy import Connection, Table, insert, text

from console.storage.direct import Direct, Row, Statement


def insert_rows(connection: Connection, table: Table, names: Sequence[str], rows: Sequence[Row]) -> None:
    """Insert rows of the values that the database keeps, each in the order of `names`, the table's.

    Measured with a quarter's history: six tenths of the time.
    """
    Direct(connection).many(Statement(insert(table).inline(), names), rows)


def follow_ids(connection: Connection, table: Table) -> None:
    """Let the ids that the database gives go on after those that were given to it.

    SQLite does so by itself; PostgreSQL counts ids beside the table.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(
            text(f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), max(id)) FROM {table.name}")
        )
