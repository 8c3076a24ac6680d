"""By what the cases of a set are sorted within it; sets of before are made anew, with these."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "case_keys",
        sa.Column("block", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("generation", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("dimension", sa.String(length=24), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("sorted_by", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("block", "generation", "dimension", "value", name="pk_case_keys"),
    )
    op.execute("DELETE FROM meta WHERE name = 'sets'")
    op.execute("DELETE FROM case_blocks")
