"""The whole practice: applications, suspensions, merges, people, zones, and a journal chained by hashes.

A running clock of before is told as the one visit that its deadline was set for; the deadline stays.
Each such case gets a line of the journal that says so, for a row is what its journal tells.
"""

import json
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_OPEN = sa.text("state NOT IN ('closed', 'forced_closed', 'merged', 'not_accepted', 'voided')")
_BY = "系统"
_BATCH = 5000
_HASHED = (
    "case_id", "number", "operation", "at", "by", "post", "changes", "details", "note", "evidence",
)  # fmt: skip


def upgrade() -> None:
    _add_tables()
    _widen_cases()
    _rebuild_days()
    _rebuild_journal()
    _name_store()


def _add_tables() -> None:
    op.create_table(
        "limit_variants",
        sa.Column("edition", sa.String(length=16), nullable=False),
        sa.Column("key", sa.String(length=24), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("variant", sa.String(length=16), nullable=False),
        sa.Column("limit_value", sa.Float(), nullable=False),
        sa.Column("limit_unit", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("edition", "key", "number", "variant", name="pk_limit_variants"),
    )
    op.create_table(
        "staff",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("posts", sa.Text(), nullable=False),
        sa.Column("department", sa.String(length=24), nullable=False),
        sa.Column("division", sa.String(length=24), nullable=False),
        sa.Column("responsibility_grid", sa.String(length=24), nullable=False),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("name", name="pk_staff"),
    )
    op.create_table(
        "zones",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("area_kind", sa.String(length=24), nullable=False),
        sa.Column("area_codes", sa.Text(), nullable=False),
        sa.Column("classes", sa.Text(), nullable=False),
        sa.Column("sources", sa.Text(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=True),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.Column("proposed_by", sa.Text(), nullable=False),
        sa.Column("proposed_at", sa.BigInteger(), nullable=False),
        sa.Column("approved_by", sa.Text(), nullable=False),
        sa.Column("approved_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_by", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_zones"),
    )


def _widen_cases() -> None:
    for name in ("ix_cases_open_due", "ix_cases_open_cell", "ix_cases_state_due"):
        op.drop_index(name, table_name="cases")
    columns: tuple[sa.Column[Any], ...] = (
        sa.Column("current_due_at", sa.BigInteger()),
        _text("visits", sa.Text(), "[]"),
        _text("unit", sa.String(24)),
        _text("assisting", sa.Text(), "[]"),
        _text("flags", sa.Text(), "[]"),
        sa.Column("request", sa.String(24)),
        _text("asked_by", sa.Text()),
        sa.Column("asked_at", sa.BigInteger()),
        sa.Column("asked_until", sa.BigInteger()),
        _text("barred", sa.Text()),
        _text("handler", sa.Text()),
        sa.Column("checked", sa.String(24)),
        sa.Column("held", sa.String(24)),
        sa.Column("suspended_until", sa.BigInteger()),
        *(
            sa.Column(name, sa.Integer(), nullable=False, server_default="0")
            for name in ("extensions", "suspensions", "returns", "shuffles", "appeals", "supervision")
        ),
        _text("merged_into", sa.String(32)),
        _text("split_from", sa.String(32)),
        sa.Column("closed_condition", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("satisfaction", sa.String(24)),
    )
    for column in columns:
        op.add_column("cases", column)
    _index("ix_cases_open_due", ["current_due_at", "due_at", "id"], _OPEN)
    _index("ix_cases_open_cell", ["cell"], _OPEN)
    op.create_index("ix_cases_state_due", "cases", ["state", "current_due_at", "due_at", "id"])
    _index("ix_cases_request", ["request", "asked_at"], sa.text("request IS NOT NULL"))
    _index("ix_cases_suspended_until", ["suspended_until"], sa.text("suspended_until IS NOT NULL"))
    _index("ix_cases_merged_into", ["merged_into"], sa.text("merged_into != ''"))
    _index("ix_cases_split_from", ["split_from"], sa.text("split_from != ''"))


def _text(name: str, kind: Any, default: str = "") -> "sa.Column[str]":
    return sa.Column(name, kind, nullable=False, server_default=default)


def _index(name: str, columns: list[str], where: "sa.TextClause") -> None:
    op.create_index(name, "cases", columns, sqlite_where=where, postgresql_where=where)


def _rebuild_days() -> None:
    """SQLite cannot change a primary key, and the days are few: they are read, and written anew."""
    old = sa.table("calendar_days", sa.column("day", sa.Date()), sa.column("works", sa.Boolean()))
    days = [dict(row._mapping) for row in op.get_bind().execute(sa.select(old))]
    op.drop_table("calendar_days")
    made = op.create_table(
        "calendar_days",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=8), nullable=False),
        sa.Column("works", sa.Boolean(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("day", "source", name="pk_calendar_days"),
    )
    if days:
        op.bulk_insert(made, [{**day, "source": "package", "name": ""} for day in days])


def _rebuild_journal() -> None:
    """Put the lines into a journal with hashes, under the ids they had; the guards come back with it."""
    _set_aside()
    made = op.create_table(
        "journal",
        sa.Column("id", _ID, nullable=False),
        sa.Column("case_id", _ID, nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("operation", sa.String(24), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("post", sa.String(length=24), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint("length(hash) = 64", name=op.f("ck_journal_hash")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_journal_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_journal"),
        sa.UniqueConstraint("case_id", "number", name="uq_journal_case_id_number"),
    )
    insert, batch = made.insert(), []
    for line in _chained(_all_lines()):
        batch.append(line)
        if len(batch) == _BATCH:
            op.get_bind().execute(insert, batch)
            batch = []
    if batch:
        op.get_bind().execute(insert, batch)
    op.drop_table("old_journal")
    _guard()


def _name_store() -> None:
    """A name that tells this database from every other one, for the anchors of its journal."""
    meta = sa.table("meta", sa.column("name", sa.String()), sa.column("value", sa.Text()))
    op.bulk_insert(meta, [{"name": "store", "value": uuid4().hex}])


def _set_aside() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    if sqlite:
        op.execute("DROP TRIGGER journal_no_update")
        op.execute("DROP TRIGGER journal_no_delete")
    op.rename_table("journal", "old_journal")
    if not sqlite:  # names of constraints, guards and sequences belong to the schema there
        for name in ("fk_journal_case_id", "uq_journal_case_id_number", "pk_journal"):
            op.drop_constraint(name, "old_journal")
        for name in ("journal_append_only", "journal_no_truncate"):
            op.execute(f"DROP TRIGGER {name} ON old_journal")
        op.execute("ALTER SEQUENCE journal_id_seq RENAME TO old_journal_id_seq")


def _all_lines() -> Iterator[dict[str, Any]]:
    """The lines of before in their order, then one for each case whose clock is running."""
    last = 0
    for row in _streamed(
        'SELECT id, case_id, number, operation, at, "by", changes, note FROM old_journal ORDER BY id'
    ):
        last = row["id"]
        yield row
    yield from _reclocked(last)


def _reclocked(last: int) -> Iterator[dict[str, Any]]:
    bind = op.get_bind()
    running = _streamed(
        "SELECT id, version, department, due_at, "
        "(SELECT max(at) FROM old_journal WHERE case_id = cases.id) AS at, "
        # The act that set the deadline began the clock; an import tells only when it was dispatched.
        "coalesce((SELECT min(at) FROM old_journal WHERE case_id = cases.id "
        "AND operation IN ('dispatch', 'redispatch', 'rework') "
        "AND changes LIKE '%\"due_at\"\\:' || CAST(cases.due_at AS TEXT) || '%'), dispatched_at) AS began "
        f"FROM cases WHERE {_OPEN} AND due_at IS NOT NULL AND fed_back_at IS NULL ORDER BY id"
    )
    update = sa.text(
        "UPDATE cases SET visits = :visits, current_due_at = :due, version = :version WHERE id = :id"
    )
    for number, row in enumerate(list(running), last + 1):
        began = row["at"] if row["began"] is None else row["began"]
        visits = [[row["department"], began, None, False]]
        due, version = row["due_at"], row["version"] + 1
        bind.execute(update, {"visits": _json(visits), "due": due, "version": version, "id": row["id"]})
        yield {
            "id": number,
            "case_id": row["id"],
            "number": version,
            "operation": "reclock",
            "at": row["at"],
            "by": _BY,
            "changes": _json({"current_due_at": due, "visits": visits}),
            "note": "",
        }


def _streamed(query: str) -> Iterator[dict[str, Any]]:
    found = op.get_bind().execute(sa.text(query), execution_options={"yield_per": _BATCH})
    for row in found:
        yield dict(row._mapping)


def _chained(lines: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    head = "0" * 64
    for old in lines:
        line = {**old, "post": "", "details": "{}", "evidence": "[]"}
        told = [line[name] for name in _HASHED]
        head = sha256(f"{head}\n{_json(told)}".encode()).hexdigest()
        yield {**line, "hash": head}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _guard() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER journal_no_{verb.lower()} BEFORE {verb} ON journal "
                "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
            )
        return
    op.execute("SELECT setval(pg_get_serial_sequence('journal', 'id'), max(id)) FROM journal")
    op.execute(
        "CREATE TRIGGER journal_append_only BEFORE UPDATE OR DELETE ON journal "
        "FOR EACH ROW EXECUTE FUNCTION journal_append_only()"
    )
    op.execute(
        "CREATE TRIGGER journal_no_truncate BEFORE TRUNCATE ON journal "
        "FOR EACH STATEMENT EXECUTE FUNCTION journal_append_only()"
    )
