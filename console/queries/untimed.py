"""How many cases of a period the board cannot count, for their source told none of the times it goes by."""

from datetime import datetime

from sqlalchemy import and_, func, select

from console.storage.tables import cases
from console.storage.unit import View

_TIMES = (
    cases.c.accepted_at,
    cases.c.filed_at,
    cases.c.dispatched_at,
    cases.c.due_at,
    cases.c.fed_back_at,
)


def untimed(view: View, since: datetime, until: datetime) -> int:
    """Imported cases reported in the half-open period without any time of a later step."""
    reported = and_(cases.c.reported_at >= since, cases.c.reported_at < until, cases.c.external_id != "")
    silent = (column.is_(None) for column in _TIMES)
    return view.connection.execute(
        select(func.count()).select_from(cases).where(reported, *silent)
    ).scalar_one()
