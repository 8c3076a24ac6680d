"""The tables of the store; changing one means a new file in migrations/versions, a test compares the two."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ColumnElement,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    literal_column,
    text,
)

from console.domain.case import CheckResult, Flag, Satisfaction, Source
from console.domain.flow import ENDED, State
from console.domain.operation import Request
from console.storage.columns import Code, Instant, Listed, visit

_NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}

metadata = MetaData(naming_convention=_NAMING)


def _some(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """An index of the rows that fulfil `where` only; PostgreSQL's form of it would load its whole dialect."""
    return Index(name, *columns, unique=unique, sqlite_where=text(where))  # the migrations make both


# SQLite gives rowids only to INTEGER PRIMARY KEY; PostgreSQL needs eight bytes for ten years.
_Id = BigInteger().with_variant(Integer, "sqlite")

meta = Table(
    "meta", metadata, Column("name", String(64), primary_key=True), Column("value", Text, nullable=False)
)

counters = Table(
    "counters",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", BigInteger, nullable=False),
)

layers = Table(
    "layers",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("data", LargeBinary, nullable=False),
)

divisions = Table(
    "divisions",
    metadata,
    Column("code", String(24), primary_key=True),
    Column("name", Text, nullable=False),
    Column("name_en", Text, nullable=False),
    Column("level", String(16), nullable=False),
    Column("parent", String(24), nullable=False),
)

responsibility_grids = Table(
    "responsibility_grids",
    metadata,
    Column("code", String(24), primary_key=True),
    Column("name", Text, nullable=False),
    Column("district", String(24), nullable=False),
    Column("street", String(24), nullable=False),
)

unit_grids = Table(
    "unit_grids",
    metadata,
    Column("code", String(16), primary_key=True),
    Column("position", Integer, nullable=False, unique=True),
    Column("responsibility_grid", String(24), nullable=False),
    Column("community", String(24), nullable=False),
    Column("street", String(24), nullable=False),
    Column("district", String(24), nullable=False),
    Column("committee", String(24), nullable=False),
    Column("area_m2", Float, nullable=False),
    Column("length_m", Float, nullable=False),
    Column("lon", Float, nullable=False),
    Column("lat", Float, nullable=False),
    Column("start_date", Date, nullable=False),
    Column("end_date", Date),
)

departments = Table(
    "departments",
    metadata,
    Column("code", String(24), primary_key=True),
    Column("name", Text, nullable=False),
    Column("name_en", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("parent", String(24), nullable=False),
    Column("division", String(24), nullable=False),
)

responsibility_rules = Table(
    "responsibility_rules",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("department", String(24), nullable=False),
    Column("class_prefix", String(24), nullable=False),
    Column("division", String(24), nullable=False),
    Column("priority", Integer, nullable=False),
)

catalogues = Table(
    "catalogues",
    metadata,
    Column("edition", String(16), primary_key=True),
    Column("name", Text, nullable=False),
    Column("older", String(16), nullable=False),
)

case_classes = Table(
    "case_classes",
    metadata,
    Column("edition", String(16), ForeignKey("catalogues.edition"), primary_key=True),
    Column("key", String(24), primary_key=True),
    Column("kind", String(8), nullable=False),
    Column("code", String(12), nullable=False),
    Column("major", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("name_en", Text, nullable=False),
)

filing_conditions = Table(
    "filing_conditions",
    metadata,
    Column("edition", String(16), primary_key=True),
    Column("key", String(24), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    Column("closing", Text, nullable=False),
    Column("limit_value", Float, nullable=False),
    Column("limit_unit", String(16), nullable=False),
    Column("proposed", Boolean, nullable=False),
    Column("source", Text, nullable=False),
)

limit_variants = Table(
    "limit_variants",
    metadata,
    Column("edition", String(16), primary_key=True),
    Column("key", String(24), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("variant", String(16), primary_key=True),
    Column("limit_value", Float, nullable=False),
    Column("limit_unit", String(16), nullable=False),
)

crossings = Table(
    "crossings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("edition", String(16), nullable=False),
    Column("old_key", String(24), nullable=False, index=True),
    Column("new_key", String(24), nullable=False),
    Column("basis", Text, nullable=False),
)

work_periods = Table(
    "work_periods",
    metadata,
    Column("since", Date, primary_key=True),
    Column("periods", Text, nullable=False),
    Column("weekdays", String(16), nullable=False),
)

calendar_days = Table(
    "calendar_days",
    metadata,
    Column("day", Date, primary_key=True),
    Column("source", String(8), primary_key=True),
    Column("works", Boolean, nullable=False),
    Column("name", Text, nullable=False),
)

staff = Table(
    "staff",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("posts", Text, nullable=False),
    Column("department", String(24), nullable=False),
    Column("division", String(24), nullable=False),
    Column("responsibility_grid", String(24), nullable=False),
    Column("lon", Float),
    Column("lat", Float),
)

zones = Table(
    "zones",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("reason", Text, nullable=False),
    Column("area_kind", String(24), nullable=False),
    Column("area_codes", Text, nullable=False),
    Column("classes", Text, nullable=False),
    Column("sources", Text, nullable=False),
    Column("since", Instant),
    Column("until", Instant),
    Column("proposed_by", Text, nullable=False),
    Column("proposed_at", Instant, nullable=False),
    Column("approved_by", Text, nullable=False),
    Column("approved_at", Instant),
    Column("ended_by", Text, nullable=False),
    Column("ended_at", Instant),
)

shifts = Table(
    "shifts",
    metadata,
    Column("code", String(24), primary_key=True),
    Column("name", Text, nullable=False),
    Column("name_en", Text, nullable=False),
    Column("begins", String(5), nullable=False),
    Column("ends", String(5), nullable=False),
)

duties = Table(
    "duties",
    metadata,
    Column("day", Date, primary_key=True),
    Column("shift", String(24), primary_key=True),
    Column("person", String(64), primary_key=True),
    Column("post", String(24), nullable=False),
    Column("seat", Text, nullable=False),
    Column("leads", Boolean, nullable=False),
)

# `content` is what was handed over, word for word; the journal's line tells its hash and the same words.
handovers = Table(
    "handovers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("given_by", String(64), nullable=False),
    Column("given_at", Instant, nullable=False, index=True),
    Column("given_to", String(64), nullable=False),
    Column("since", Instant, nullable=False),
    Column("until", Instant, nullable=False),
    Column("next_until", Instant, nullable=False),
    Column("shift", Text, nullable=False),
    Column("next_shift", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("taken_by", String(64), nullable=False),
    Column("taken_at", Instant),
    Column("taken_note", Text, nullable=False),
    _some("ix_handovers_waiting", "given_at", where="taken_at IS NULL"),
)

# Written out, not bound: SQLite matches a partial index only to the very words of its condition. And
# without the type Boolean: for SQLite that would add "= 1" to the words.
_ENDED = ", ".join(f"'{state.value}'" for state in sorted(ENDED))
_STILL_OPEN = f"state NOT IN ({_ENDED})"
# What a handover has to look at among the open cases; and whom nobody has called back yet.
_NOTED = "cases.flags != '[]' OR cases.returns > 0 OR cases.shuffles > 0"
_TO_CALL_BACK = (
    "cases.source IN ('hotline', 'public') AND cases.satisfaction IS NULL "
    "AND cases.ended_at IS NOT NULL AND cases.state NOT IN ('not_accepted', 'voided')"
)
still_open: ColumnElement[bool] = literal_column(f"cases.{_STILL_OPEN}")
noted: ColumnElement[bool] = literal_column(f"({_NOTED}) AND cases.{_STILL_OPEN}")
to_call_back: ColumnElement[bool] = literal_column(_TO_CALL_BACK)
merged: ColumnElement[bool] = literal_column("cases.merged_into != ''")
split: ColumnElement[bool] = literal_column("cases.split_from != ''")
_RETOLD = "number > 1 AND operation IN ('undo', 'counter', 'import')"
retold: ColumnElement[bool] = literal_column(_RETOLD)


def _bare(condition: str) -> str:
    """The condition as it stands in the table itself."""
    return condition.replace("cases.", "")


def _text(name: str, kind: String) -> Column[str]:
    """A text of a case since 0002: old rows have none."""
    return Column(name, kind, nullable=False, server_default=text("''"))


def _number(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False, server_default="0")


def _list(name: str, kind: Listed) -> Column[tuple[Any, ...]]:
    return Column(name, kind, nullable=False, server_default="[]")


cases = Table(
    "cases",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("code", String(32), nullable=False, unique=True),
    Column("state", Code(State), nullable=False),
    Column("source", Code(Source), nullable=False),
    Column("description", Text, nullable=False),
    Column("reported_at", Instant, nullable=False),
    Column("class_key", String(24), nullable=False),
    Column("edition", String(16), nullable=False),
    Column("condition", Integer, nullable=False),
    Column("address", Text, nullable=False),
    Column("lon", Float),
    Column("lat", Float),
    Column("cell", String(16), nullable=False),
    Column("responsibility_grid", String(24), nullable=False),
    Column("street", String(24), nullable=False),
    Column("district", String(24), nullable=False),
    Column("committee", String(24), nullable=False),
    Column("department", String(24), nullable=False),
    Column("reporter", Text, nullable=False),
    Column("limit_value", Float, nullable=False),
    Column("limit_unit", String(16), nullable=False),
    Column("accepted_at", Instant),
    Column("filed_at", Instant),
    Column("dispatched_at", Instant),
    Column("due_at", Instant),
    Column("soon_at", Instant),
    Column("fed_back_at", Instant),
    Column("ended_at", Instant),
    Column("redispatches", Integer, nullable=False),
    Column("reworks", Integer, nullable=False),
    Column("external_id", String(128), nullable=False),
    Column("version", Integer, nullable=False),
    Column("current_due_at", Instant),
    _list("visits", Listed(visit)),
    _text("unit", String(24)),
    _list("assisting", Listed(str)),
    _list("flags", Listed(Flag)),
    Column("request", Code(Request)),
    _text("asked_by", Text()),
    Column("asked_at", Instant),
    Column("asked_until", Instant),
    _text("barred", Text()),
    _text("handler", Text()),
    Column("checked", Code(CheckResult)),
    Column("held", Code(State)),
    Column("suspended_until", Instant),
    _number("extensions"),
    _number("suspensions"),
    _number("returns"),
    _number("shuffles"),
    _number("appeals"),
    _number("supervision"),
    _text("merged_into", String(32)),
    _text("split_from", String(32)),
    _number("closed_condition"),
    Column("satisfaction", Code(Satisfaction)),
    _some("ix_cases_open_due", "current_due_at", "due_at", "id", where=_STILL_OPEN),
    _some("ix_cases_open_cell", "cell", where=_STILL_OPEN),
    Index("ix_cases_state_due", "state", "current_due_at", "due_at", "id"),
    Index("ix_cases_reported_at", "reported_at", "id"),
    Index("ix_cases_dispatched_at", "dispatched_at"),
    Index("ix_cases_ended_at", "ended_at"),
    _some("ix_cases_request", "request", "asked_at", where="request IS NOT NULL"),
    _some("ix_cases_suspended_until", "suspended_until", where="suspended_until IS NOT NULL"),
    _some("ix_cases_merged_into", "merged_into", where="merged_into != ''"),
    _some("ix_cases_split_from", "split_from", where="split_from != ''"),
    _some("ix_cases_open_noted", "id", where=f"({_bare(_NOTED)}) AND {_STILL_OPEN}"),
    _some("ix_cases_to_call_back", "ended_at", where=_bare(_TO_CALL_BACK)),
    _some("uq_cases_external_id", "external_id", where="external_id != ''", unique=True),
)

# Kept as they were written, texts and all: the hash of a line is over its very bytes.
journal = Table(
    "journal",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("case_id", _Id, ForeignKey("cases.id")),
    Column("number", Integer, nullable=False),
    Column("operation", String(24), nullable=False),
    Column("at", Instant, nullable=False),
    Column("by", Text, nullable=False),
    Column("post", String(24), nullable=False),
    Column("changes", Text, nullable=False),
    Column("details", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("hash", String(64), CheckConstraint("length(hash) = 64", name="hash"), nullable=False),
    UniqueConstraint("case_id", "number"),
    _some("ix_journal_retold", "at", "case_id", where=_RETOLD),
)
