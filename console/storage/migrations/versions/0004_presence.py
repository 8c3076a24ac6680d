"""Who is at which case now, and the cases that somebody passed over in triage."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_CASE_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "presence",
        sa.Column("seat", sa.String(length=32), nullable=False),
        sa.Column("case_id", _CASE_ID, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("doing", sa.String(length=8), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("beat", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("seat", "case_id", name="pk_presence"),
    )
    op.create_table(
        "skips",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", _CASE_ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_skips"),
    )
    op.create_index("ix_skips_case_id", "skips", ["case_id"])
    op.create_index("ix_skips_by_at", "skips", ["by", "at"])
