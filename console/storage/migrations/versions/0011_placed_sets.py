"""The sets are made anew: beside each community's set stands where its cases lie."""

from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.execute("DELETE FROM meta WHERE name = 'sets'")
    op.execute("DELETE FROM case_blocks")
