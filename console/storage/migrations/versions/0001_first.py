"""The first schema: a city, its catalogues and calendar, its cases and their journal."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_OPEN = sa.text("state NOT IN ('closed', 'not_accepted', 'voided')")


def upgrade() -> None:
    op.create_table(
        "calendar_days",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("works", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_calendar_days")),
    )
    op.create_table(
        "cases",
        sa.Column("id", _ID, nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(24), nullable=False),
        sa.Column("source", sa.String(24), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("reported_at", sa.BigInteger(), nullable=False),
        sa.Column("class_key", sa.String(length=24), nullable=False),
        sa.Column("edition", sa.String(length=16), nullable=False),
        sa.Column("condition", sa.Integer(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("cell", sa.String(length=16), nullable=False),
        sa.Column("responsibility_grid", sa.String(length=24), nullable=False),
        sa.Column("street", sa.String(length=24), nullable=False),
        sa.Column("district", sa.String(length=24), nullable=False),
        sa.Column("committee", sa.String(length=24), nullable=False),
        sa.Column("department", sa.String(length=24), nullable=False),
        sa.Column("reporter", sa.Text(), nullable=False),
        sa.Column("limit_value", sa.Float(), nullable=False),
        sa.Column("limit_unit", sa.String(length=16), nullable=False),
        sa.Column("accepted_at", sa.BigInteger(), nullable=True),
        sa.Column("filed_at", sa.BigInteger(), nullable=True),
        sa.Column("dispatched_at", sa.BigInteger(), nullable=True),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("soon_at", sa.BigInteger(), nullable=True),
        sa.Column("fed_back_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("redispatches", sa.Integer(), nullable=False),
        sa.Column("reworks", sa.Integer(), nullable=False),
        sa.Column("external_id", sa.String(length=128), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("code", name=op.f("uq_cases_code")),
    )
    op.create_index("ix_cases_dispatched_at", "cases", ["dispatched_at"], unique=False)
    op.create_index("ix_cases_ended_at", "cases", ["ended_at"], unique=False)
    op.create_index(
        "ix_cases_open_cell", "cases", ["cell"], unique=False, sqlite_where=_OPEN, postgresql_where=_OPEN
    )
    op.create_index(
        "ix_cases_open_due",
        "cases",
        ["due_at", "id"],
        unique=False,
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )
    op.create_index("ix_cases_reported_at", "cases", ["reported_at", "id"], unique=False)
    op.create_index("ix_cases_state_due", "cases", ["state", "due_at", "id"], unique=False)
    op.create_index(
        "uq_cases_external_id",
        "cases",
        ["external_id"],
        unique=True,
        sqlite_where=sa.text("external_id != ''"),
        postgresql_where=sa.text("external_id != ''"),
    )
    op.create_table(
        "catalogues",
        sa.Column("edition", sa.String(length=16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("older", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("edition", name=op.f("pk_catalogues")),
    )
    op.create_table(
        "counters",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_counters")),
    )
    op.create_table(
        "crossings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.String(length=16), nullable=False),
        sa.Column("old_key", sa.String(length=24), nullable=False),
        sa.Column("new_key", sa.String(length=24), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crossings")),
    )
    op.create_index(op.f("ix_crossings_old_key"), "crossings", ["old_key"], unique=False)
    op.create_table(
        "departments",
        sa.Column("code", sa.String(length=24), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("parent", sa.String(length=24), nullable=False),
        sa.Column("division", sa.String(length=24), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_departments")),
    )
    op.create_table(
        "divisions",
        sa.Column("code", sa.String(length=24), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("level", sa.String(length=16), nullable=False),
        sa.Column("parent", sa.String(length=24), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_divisions")),
    )
    op.create_table(
        "filing_conditions",
        sa.Column("edition", sa.String(length=16), nullable=False),
        sa.Column("key", sa.String(length=24), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("closing", sa.Text(), nullable=False),
        sa.Column("limit_value", sa.Float(), nullable=False),
        sa.Column("limit_unit", sa.String(length=16), nullable=False),
        sa.Column("proposed", sa.Boolean(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("edition", "key", "number", name=op.f("pk_filing_conditions")),
    )
    op.create_table(
        "layers",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_layers")),
    )
    op.create_table(
        "meta",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_meta")),
    )
    op.create_table(
        "responsibility_grids",
        sa.Column("code", sa.String(length=24), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("district", sa.String(length=24), nullable=False),
        sa.Column("street", sa.String(length=24), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_responsibility_grids")),
    )
    op.create_table(
        "responsibility_rules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("department", sa.String(length=24), nullable=False),
        sa.Column("class_prefix", sa.String(length=24), nullable=False),
        sa.Column("division", sa.String(length=24), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_responsibility_rules")),
    )
    op.create_table(
        "unit_grids",
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("responsibility_grid", sa.String(length=24), nullable=False),
        sa.Column("community", sa.String(length=24), nullable=False),
        sa.Column("street", sa.String(length=24), nullable=False),
        sa.Column("district", sa.String(length=24), nullable=False),
        sa.Column("committee", sa.String(length=24), nullable=False),
        sa.Column("area_m2", sa.Float(), nullable=False),
        sa.Column("length_m", sa.Float(), nullable=False),
        sa.Column("lon", sa.Float(), nullable=False),
        sa.Column("lat", sa.Float(), nullable=False),
        sa.Column("start_date", sa.Date(), nullable=False),
        sa.Column("end_date", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_unit_grids")),
        sa.UniqueConstraint("position", name=op.f("uq_unit_grids_position")),
    )
    op.create_table(
        "work_periods",
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("periods", sa.Text(), nullable=False),
        sa.Column("weekdays", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("since", name=op.f("pk_work_periods")),
    )
    op.create_table(
        "case_classes",
        sa.Column("edition", sa.String(length=16), nullable=False),
        sa.Column("key", sa.String(length=24), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("major", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["edition"], ["catalogues.edition"], name=op.f("fk_case_classes_edition")),
        sa.PrimaryKeyConstraint("edition", "key", name=op.f("pk_case_classes")),
    )
    op.create_table(
        "journal",
        sa.Column("id", _ID, nullable=False),
        sa.Column("case_id", _ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("operation", sa.String(24), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_journal_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_journal_case_id_number")),
    )

    _keep_journal()


def _keep_journal() -> None:
    """Let the database itself refuse to change or drop a journal line."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER journal_no_{verb.lower()} BEFORE {verb} ON journal "
                "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION journal_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the journal is append-only'; END $$"
    )
    op.execute(
        "CREATE TRIGGER journal_append_only BEFORE UPDATE OR DELETE ON journal "
        "FOR EACH ROW EXECUTE FUNCTION journal_append_only()"
    )
    op.execute(
        "CREATE TRIGGER journal_no_truncate BEFORE TRUNCATE ON journal "
        "FOR EACH STATEMENT EXECUTE FUNCTION journal_append_only()"
    )
