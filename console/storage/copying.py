"""A city's reference data from one store into another that is empty: lists, layers, calendar, practice."""

from sqlalchemy import Connection, insert, select

from console.storage import tables
from console.storage.meta import REVISION, STORE, touch
from console.storage.seat_tables import saved_views, shared_macros

_TABLES = (
    tables.counters,
    tables.layers,
    tables.divisions,
    tables.responsibility_grids,
    tables.unit_grids,
    tables.departments,
    tables.responsibility_rules,
    tables.catalogues,
    tables.case_classes,
    tables.filing_conditions,
    tables.limit_variants,
    tables.crossings,
    tables.work_periods,
    tables.calendar_days,
    tables.staff,
    tables.zones,
    tables.shifts,
    tables.duties,
    saved_views,
    shared_macros,
)
# What is said of the very store, or of indexes that the other one has not.
_OWN = frozenset({REVISION, STORE, "text_seen", "sets", "sets_alphabets"})
_AT_ONCE = 2000


def copy_city(source: Connection, target: Connection) -> None:
    """Everything but cases, journal and what seats do; as it is now, whatever moment is asked for."""
    for table in _TABLES:
        rows = [dict(row._mapping) for row in source.execute(select(table))]
        for first in range(0, len(rows), _AT_ONCE):
            target.execute(insert(table), rows[first : first + _AT_ONCE])
    told = source.execute(select(tables.meta.c.name, tables.meta.c.value))
    kept = [{"name": name, "value": value} for name, value in told if name not in _OWN]
    if kept:
        target.execute(insert(tables.meta), kept)
    touch(target)
