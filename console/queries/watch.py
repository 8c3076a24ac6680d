"""How far the journal has come: what a seat asks to see what others did."""

from contextlib import closing
from dataclasses import dataclass

from sqlalchemy import bindparam, func, select

from console.domain.city_act import CityAct
from console.storage.direct import Statement, streamed
from console.storage.meta import revision
from console.storage.tables import journal
from console.storage.unit import View


@dataclass(frozen=True, slots=True)
class Head:
    """The last fact's id and the revision of the city's reference data."""

    fact: int
    revision: str


# Line by line in the order of their ids: grouped by case, SQLite walks the index of all cases there are,
# a second at 25 million lines.
_SINCE = Statement(
    select(journal.c.case_id, journal.c.number)
    .where(journal.c.id > bindparam("fact"), journal.c.case_id.is_not(None))
    .order_by(journal.c.id)
)

_ACTS = (
    select(journal.c.operation)
    .where(journal.c.case_id.is_(None), journal.c.id > bindparam("fact"))
    .distinct()
)


def journal_head(view: View) -> Head:
    last = view.connection.execute(select(func.max(journal.c.id))).scalar_one()
    return Head(last or 0, revision(view.connection))


def changed_since(view: View, fact: int, most: int) -> dict[int, int]:
    """Cases with facts after `fact`, each with the number of its last one; at most `most` of them."""
    told: dict[int, int] = {}
    lines = streamed(view.connection, _SINCE, (fact,))
    with closing(lines):
        for case_id, number in lines:
            told[case_id] = number
            if len(told) == most:
                break
    return told


def city_acts_since(view: View, fact: int) -> frozenset[CityAct]:
    """What was done to the city itself after `fact`."""
    return frozenset(map(CityAct, view.connection.execute(_ACTS, {"fact": fact}).scalars()))
