"""The tables of the sets: what may be thrown away and made again from the cases at any time."""

from sqlalchemy import Column, Integer, LargeBinary, String, Table, Text

from console.storage.tables import metadata

case_blocks = Table(
    "case_blocks",
    metadata,
    Column("block", Integer, primary_key=True, autoincrement=False),
    Column("generation", Integer, nullable=False),
)

case_sets = Table(
    "case_sets",
    metadata,
    Column("block", Integer, primary_key=True, autoincrement=False),
    Column("generation", Integer, primary_key=True, autoincrement=False),
    Column("dimension", String(24), primary_key=True),
    Column("value", Text, primary_key=True),
    Column("ids", LargeBinary, nullable=False),
)

# By what the cases of a set are sorted within it, in the order of their ids.
case_keys = Table(
    "case_keys",
    metadata,
    Column("block", Integer, primary_key=True, autoincrement=False),
    Column("generation", Integer, primary_key=True, autoincrement=False),
    Column("dimension", String(24), primary_key=True),
    Column("value", Text, primary_key=True),
    Column("sorted_by", LargeBinary, nullable=False),
)
