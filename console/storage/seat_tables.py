"""The tables of what is written beside the journal: who is at which case or where, what was passed over."""

from sqlalchemy import BigInteger, Column, Float, Index, Integer, String, Table, Text, UniqueConstraint

from console.storage.columns import Instant
from console.storage.tables import cases, metadata

_CaseId = cases.c.id.type

# Outside the journal, and written over: who is at which case now, by the database's clock in seconds.
presence = Table(
    "presence",
    metadata,
    Column("seat", String(32), primary_key=True),
    Column("case_id", _CaseId, primary_key=True),
    Column("by", Text, nullable=False),
    Column("doing", String(8), nullable=False),
    Column("since", BigInteger, nullable=False),
    Column("beat", BigInteger, nullable=False),
)

# Outside the journal, and written over: where a patroller last said he was, EPSG:4490 degrees.
positions = Table(
    "positions",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("lon", Float, nullable=False),
    Column("lat", Float, nullable=False),
    Column("at", Instant, nullable=False),
)

# Cases that somebody passed over in triage, with the version he saw.
skips = Table(
    "skips",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", _CaseId, nullable=False),
    Column("version", Integer, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("reason", String(16), nullable=False),
    Column("note", Text, nullable=False),
    Index("ix_skips_case_id", "case_id"),
    Index("ix_skips_by_at", "by", "at"),
)

saved_views = Table(
    "saved_views",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("owner", String(64), nullable=False),
    Column("name", String(64), nullable=False),
    Column("form", Text, nullable=False),
    Column("position", Integer, nullable=False),
    UniqueConstraint("owner", "name"),
)

shared_macros = Table(
    "shared_macros",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("owner", String(64), nullable=False),
    Column("name", String(64), nullable=False),
    Column("lines", Text, nullable=False),
    UniqueConstraint("owner", "name"),
)
