"""What a site edits of its centre, as its pages show it: the practice with its changes, and the zones."""

from dataclasses import dataclass

from console.domain.city_act import CityAct, CityFact
from console.domain.practice import Practice
from console.domain.practice_form import as_plain, from_plain
from console.domain.zone import Zone
from console.storage.journal import city_facts
from console.storage.unit import View
from console.storage.zones import read_zones

_CHANGES_SHOWN = 20


@dataclass(frozen=True, slots=True)
class SitePractice:
    """The practice in force; its last changes, the newest first; the one before the last change."""

    practice: Practice
    changes: tuple[CityFact, ...]
    former: Practice | None


def site_practice(view: View) -> SitePractice:
    """Raises Refused("no_city")."""
    practice = view.reference.practice
    facts = [fact for fact in city_facts(view.connection) if fact.act is CityAct.PRACTICE_CHANGED]
    former = None
    if facts and (before := facts[-1].details.get("before")):
        former, _flaws = from_plain({**as_plain(practice), **before})
    return SitePractice(practice, tuple(reversed(facts[-_CHANGES_SHOWN:])), former)


def site_zones(view: View) -> tuple[Zone, ...]:
    """Every zone, the newest first."""
    return tuple(reversed(read_zones(view.connection)))
