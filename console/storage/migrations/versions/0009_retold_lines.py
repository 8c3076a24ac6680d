"""The lines after which a row may tell of an earlier end: what was open at a moment is found by them."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
_RETOLD = sa.text("number > 1 AND operation IN ('undo', 'counter', 'import')")


def upgrade() -> None:
    op.create_index(
        "ix_journal_retold",
        "journal",
        ["at", "case_id"],
        sqlite_where=_RETOLD,
        postgresql_where=_RETOLD,
    )
