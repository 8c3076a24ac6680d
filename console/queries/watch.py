"""How far the journal has come: what a seat asks to see what others did."""

from dataclasses import dataclass

from sqlalchemy import bindparam, func, select

from console.domain.city_act import CityAct
from console.storage.meta import revision
from console.storage.tables import journal
from console.storage.unit import View


@dataclass(frozen=True, slots=True)
class Head:
    """The last fact's id and the revision of the city's reference data."""

    fact: int
    revision: str


_SINCE = (
    select(journal.c.case_id, func.max(journal.c.number))
    .where(journal.c.id > bindparam("fact"), journal.c.case_id.is_not(None))
    .group_by(journal.c.case_id)
    .limit(bindparam("most"))
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
    return dict(view.connection.execute(_SINCE, {"fact": fact, "most": most}).all())


def city_acts_since(view: View, fact: int) -> frozenset[CityAct]:
    """What was done to the city itself after `fact`."""
    return frozenset(map(CityAct, view.connection.execute(_ACTS, {"fact": fact}).scalars()))
