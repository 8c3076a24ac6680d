"""Reports as they come in: by whom, about what and in which words, always from a 演示 reporter."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from console.adapters.demo import posts, rare, texts
from console.adapters.demo.town import Town
from console.domain.case import Case, Source
from console.domain.report import Report
from console.storage.places import Place

# What does not come from patrols; 随手拍 alone brings 4.32 % in one published city (domain.md 5.1).
_OTHERS = ((Source.HOTLINE, 0.46), (Source.PUBLIC, 0.36), (Source.VIDEO, 0.12), (Source.TRANSFER, 0.04))

_STEPS_BESIDE = 0.0002  # degrees, about 20 m


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
        return question(town, chance)
    local = town.rhythm.local(at)
    found = town.mix.pick(
        chance(), chance(), month=local.month, hour=local.hour, wet=town.rhythm.is_wet(local.date())
    )
    what = texts.problem(found, chance(), 2 + int(chance() * 7))
    description = texts.description(source, where, what)
    self_handled = patrols and chance() < rare.SELF_HANDLED
    report = Report(source, description, found.key, lon, lat, where, reporter, self_handled=self_handled)
    return Coming(report, by)


def question(town: Town, chance: Callable[[], float]) -> Coming:
    """A call that is answered at once: about nothing that lies in the street."""
    asked, _ = texts.QUESTIONS[int(chance() * len(texts.QUESTIONS))]
    report = Report(Source.HOTLINE, f"市民来电：{asked}。", reporter=posts.REPORTERS[Source.HOTLINE])
    return Coming(report, town.crew.acceptor(chance()))


def put_right(found: Coming) -> Coming:
    """The same, if a collector reports it, as put right by himself (自处置)."""
    patrols = found.report.source is Source.PATROL
    return Coming(replace(found.report, self_handled=True), found.by) if patrols else found


def repeated(town: Town, case: Case, chance: float) -> Coming:
    """A citizen's call about what a collector has reported already, a few steps beside it."""
    what = case.description.removeprefix(f"{case.address}，").rstrip("。")
    assert case.lon is not None
    report = Report(
        Source.HOTLINE,
        texts.description(Source.HOTLINE, case.address, what),
        case.class_key,
        case.lon + _STEPS_BESIDE,
        case.lat,
        case.address,
        posts.REPORTERS[Source.HOTLINE],
    )
    return Coming(report, town.crew.acceptor(chance))


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
