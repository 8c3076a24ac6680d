"""The text index, empty at first: its blocks are read in the background, searches look at rows meanwhile."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "text_blocks",
        sa.Column("block", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("through", sa.BigInteger(), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.Column("firsts", sa.LargeBinary(), nullable=False),
        sa.Column("counts", sa.LargeBinary(), nullable=False),
        sa.Column("long", sa.LargeBinary(), nullable=False),
        sa.Column("apart", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("block", name="pk_text_blocks"),
    )
    op.create_table(
        "text_pages",
        sa.Column("place", _ID, autoincrement=False, nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("place", name="pk_text_pages"),
    )
    op.create_table(
        "text_stale",
        sa.Column("case_id", _ID, autoincrement=False, nullable=False),
        sa.Column("line", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", name="pk_text_stale"),
    )
