"""Handovers that were given: those that wait for somebody, the history, and the proof against the journal."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select

from console.domain.actor import Actor
from console.domain.city_act import CityAct
from console.domain.handover import Handover
from console.storage import journal
from console.storage.handovers import handover_by_id, read_handover
from console.storage.tables import handovers
from console.storage.unit import View

_LAST = (
    select(handovers).order_by(handovers.c.given_at.desc(), handovers.c.id.desc()).limit(bindparam("most"))
)
# The condition is spelled as in the partial index, so that SQLite uses it.
_WAITING = (
    select(handovers)
    .where(handovers.c.taken_at.is_(None), handovers.c.given_at >= bindparam("since"))
    .order_by(handovers.c.given_at, handovers.c.id)
)
_WAITS = timedelta(days=3)  # whoever did not take it over by then will not: it stays in the history


def last_handovers(view: View, most: int = 50) -> tuple[Handover, ...]:
    """The last ones, the newest first."""
    return tuple(map(read_handover, view.connection.execute(_LAST, {"most": most})))


def one_handover(view: View, number: int) -> Handover:
    """Raises Refused("no_such_handover")."""
    return handover_by_id(view.connection, number)


def waiting_handovers(view: View, now: datetime, by: str) -> tuple[Handover, ...]:
    """Those that nobody has taken over and that `by` is to, the oldest first."""
    actor = view.reference.actor(by)
    found = map(read_handover, view.connection.execute(_WAITING, {"since": now - _WAITS}))
    return tuple(one for one in found if _is_for(one, actor))


def altered_handovers(view: View) -> Iterator[tuple[int, str]]:
    """The numbers of handovers that are not what the journal tells, each with the field that differs."""
    given: dict[int, tuple[str, str, str]] = {}
    taken: dict[int, str] = {}
    for fact in journal.city_facts(view.connection):
        number = int(fact.details.get("handover", 0))
        if fact.act is CityAct.HANDOVER_GIVEN:
            given[number] = (fact.by, fact.details["to"], fact.details["hash"])
        elif fact.act is CityAct.HANDOVER_TAKEN:
            taken[number] = fact.by
    found = {row.id: read_handover(row) for row in view.connection.execute(select(handovers))}
    for number in sorted(given.keys() | found.keys()):
        one = found.get(number)
        if one is None or number not in given:
            yield number, "id"
        elif not one.whole or given[number] != (one.given_by, one.given_to, one.content_hash):
            yield number, "content"
        elif taken.get(number, "") != one.taken_by:
            yield number, "taken_by"


def _is_for(one: Handover, actor: Actor) -> bool:
    if one.given_by == actor.name:
        return False
    if one.given_to:
        return one.given_to == actor.name
    told = one.told
    same_place = (told["department"], told["division"]) == (actor.department, actor.division)
    return same_place and not actor.posts.isdisjoint(told["posts"])
