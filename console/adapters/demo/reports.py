"""Reports as they come in: by whom, about what and in which words, always from a 演示 reporter."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from console.adapters.demo import posts, rare, texts
from console.adapters.demo.town import Town
from console.domain.case import Source
from console.domain.report import Report
from console.storage.places import Place

# What does not come from patrols; 随手拍 alone brings 4.32 % in one published city (domain.md 5.1).
_OTHERS = ((Source.HOTLINE, 0.46), (Source.PUBLIC, 0.36), (Source.VIDEO, 0.12), (Source.TRANSFER, 0.04))


@dataclass(frozen=True, slots=True)
class Coming:
    """A report and who registers it."""

    report: Report
    by: str


def coming(
    town: Town, at: datetime, place: Place, lon: float, lat: float, address: str, chance: Callable[[], float]
) -> Coming:
    """The report made at an instant and a place; `chance` gives numbers in [0, 1) one after the other."""
    source = _source(town, at, chance())
    where = town.address(address, place)
    patrols = source is Source.PATROL
    reporter = town.crew.patroller(place.responsibility_grid) if patrols else posts.REPORTERS[source]
    by = reporter if patrols else town.crew.acceptor(chance())
    if source is Source.HOTLINE and chance() < rare.QUESTIONS:
        asked, _ = texts.QUESTIONS[int(chance() * len(texts.QUESTIONS))]
        return Coming(Report(source, f"市民来电：{asked}。", reporter=reporter), by)
    local = town.rhythm.local(at)
    found = town.mix.pick(
        chance(), chance(), month=local.month, hour=local.hour, wet=town.rhythm.is_wet(local.date())
    )
    what = texts.problem(found, chance(), 2 + int(chance() * 7))
    description = texts.description(source, where, what)
    self_handled = patrols and chance() < rare.SELF_HANDLED
    report = Report(source, description, found.key, lon, lat, where, reporter, self_handled=self_handled)
    return Coming(report, by)


def _source(town: Town, at: datetime, chance: float) -> Source:
    patrols = town.rhythm.patrol_share(at)
    if chance < patrols:
        return Source.PATROL
    rest = (chance - patrols) / (1 - patrols)
    for source, share in _OTHERS:
        if rest < share:
            return source
        rest -= share
    return Source.LEADER
