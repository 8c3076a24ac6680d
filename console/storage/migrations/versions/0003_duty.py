"""The duty roster, handovers from shift to shift, and indexes of what a handover has to tell."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_OPEN = "state NOT IN ('closed', 'forced_closed', 'merged', 'not_accepted', 'voided')"
_NOTED = f"(flags != '[]' OR returns > 0 OR shuffles > 0) AND {_OPEN}"
_TO_CALL_BACK = (
    "source IN ('hotline', 'public') AND satisfaction IS NULL "
    "AND ended_at IS NOT NULL AND state NOT IN ('not_accepted', 'voided')"
)


def upgrade() -> None:
    op.create_table(
        "shifts",
        sa.Column("code", sa.String(length=24), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("begins", sa.String(length=5), nullable=False),
        sa.Column("ends", sa.String(length=5), nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_shifts"),
    )
    op.create_table(
        "duties",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("shift", sa.String(length=24), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("post", sa.String(length=24), nullable=False),
        sa.Column("seat", sa.Text(), nullable=False),
        sa.Column("leads", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("day", "shift", "person", name="pk_duties"),
    )
    op.create_table(
        "handovers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("given_by", sa.String(length=64), nullable=False),
        sa.Column("given_at", sa.BigInteger(), nullable=False),
        sa.Column("given_to", sa.String(length=64), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("next_until", sa.BigInteger(), nullable=False),
        sa.Column("shift", sa.Text(), nullable=False),
        sa.Column("next_shift", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("taken_by", sa.String(length=64), nullable=False),
        sa.Column("taken_at", sa.BigInteger(), nullable=True),
        sa.Column("taken_note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_handovers"),
    )
    op.create_index("ix_handovers_given_at", "handovers", ["given_at"])
    _index("ix_handovers_waiting", "handovers", "given_at", "taken_at IS NULL")
    _index("ix_cases_open_noted", "cases", "id", _NOTED)
    _index("ix_cases_to_call_back", "cases", "ended_at", _TO_CALL_BACK)


def _index(name: str, table: str, column: str, where: str) -> None:
    op.create_index(name, table, [column], sqlite_where=sa.text(where), postgresql_where=sa.text(where))
