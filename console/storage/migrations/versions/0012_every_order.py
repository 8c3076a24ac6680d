"""The sets are made anew: every column of the list is sorted by them."""

from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.execute("DELETE FROM meta WHERE name IN ('sets', 'sets_addresses')")
    op.execute("DELETE FROM case_blocks")
