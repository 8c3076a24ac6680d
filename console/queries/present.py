"""The present of a store: the moment of the last thing that happened in it."""

from datetime import datetime

from sqlalchemy import func, select

from console.storage.tables import journal
from console.storage.unit import View


def last_moment(view: View) -> datetime | None:
    """The instant of the latest line of the journal, None where nothing has happened yet."""
    last: datetime | None = view.connection.execute(select(func.max(journal.c.at))).scalar_one()
    return last
