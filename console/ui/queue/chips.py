"""What a filter asks, chip by chip: the words of each, and the filter without it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from console.domain.filter_form import NOWHERE, Standpoint
from console.domain.flow import Step
from console.domain.wanted import CaseFilter
from console.i18n import _, named
from console.words import COUNTS, FLAGS, POSTS, REQUESTS, SOURCES, STATES, area_words, span
from console.words.dates import day_words, moment_words

if TYPE_CHECKING:
    from console.queries.city import CityLists

_USUAL = CaseFilter()
_TYPED = 12  # letters of a search that a chip shows


@dataclass(frozen=True, slots=True)
class Chip:
    """`key` names the fields it stands for; `without` is the filter when it is taken away."""

    key: str
    words: str
    without: CaseFilter


@dataclass(frozen=True, slots=True)
class Naming:
    """What the words of chips depend on besides the filter: who looks, the city's names, its time zone."""

    here: Standpoint = NOWHERE
    divisions: dict[str, str] = field(default_factory=dict)
    streets: dict[str, str] = field(default_factory=dict)
    departments: dict[str, str] = field(default_factory=dict)
    classes: dict[str, str] = field(default_factory=dict)
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Asia/Shanghai"))


def naming(lists: "CityLists | None", here: Standpoint) -> Naming:
    """The names of a city in the language in use."""
    if lists is None:
        return Naming(here)
    return Naming(
        here,
        {one.code: named(one.name, one.name_en) for one in lists.divisions},
        {one.code: named(one.name, one.name_en) for one in lists.streets},
        {one.code: named(one.name, one.name_en) for one in lists.departments},
        {one.key: named(one.name, one.name_en) for one in lists.classes},
        ZoneInfo(lists.profile.timezone),
    )


def chips(wanted: CaseFilter, names: Naming) -> list[Chip]:
    """A chip for everything the filter asks but its step, which the strip shows, and its order."""
    return [
        Chip(key, words, _without(wanted, key.split("+"))) for key, words in _told(wanted, names) if words
    ]


def _without(wanted: CaseFilter, fields: list[str]) -> CaseFilter:
    told: dict[str, Any] = {name: getattr(_USUAL, name) for name in fields}
    return replace(wanted, **told)


def _told(wanted: CaseFilter, names: Naming) -> Iterator[tuple[str, str]]:
    here = names.here
    if wanted.figure is not None:
        yield "figure", _(COUNTS[wanted.figure.count])
    if wanted.ids:
        yield "ids", _("指定的 {count} 件").format(count=f"{len(wanted.ids):,}")
    if wanted.text:
        yield "text+everything", f"“{wanted.text[:_TYPED]}”"
    elif wanted.everything:
        yield "everything", _("含已办结")
    if wanted.handler:
        mine = bool(here.name) and wanted.handler == here.name
        yield "handler", _("我的") if mine else _("经手:{name}").format(name=wanted.handler)
    if wanted.posts:
        posts = _("、").join(_(POSTS[post]) for post in wanted.posts)
        yield "posts", _("等我办") if wanted.posts == here.posts else _("等待:{posts}").format(posts=posts)
    if wanted.late:
        yield "late", _("超期")
    if wanted.late_times:
        yield "late_times", _("超期 {times:g} 倍").format(times=wanted.late_times)
    yield from _spans(wanted)
    yield from _periods(wanted, names)
    for name, known in (
        ("division", names.divisions),
        ("department", names.departments),
        ("classes", names.classes),
    ):
        code = getattr(wanted, name)
        yield name, known.get(code, code)
    street = wanted.street
    yield "street", names.streets.get(street) or (street and _("街道 {code}").format(code=street))
    grid = wanted.responsibility_grid
    yield "responsibility_grid", grid and _("责任网格 {code}").format(code=grid)
    yield "cell", wanted.cell and _("网格 {cell}").format(cell=wanted.cell)
    yield "within", area_words(wanted.within) if wanted.within else ""
    for name, words in (("source", SOURCES), ("request", REQUESTS), ("flag", FLAGS)):
        code = getattr(wanted, name)
        yield name, "" if code is None else _(words[code])
    yield "states", _("、").join(_(STATES[state]) for state in wanted.states)


def _spans(wanted: CaseFilter) -> Iterator[tuple[str, str]]:
    told: tuple[tuple[str, Callable[[], str]], ...] = (
        ("due_within", lambda: _("{span}内到期")),
        ("older_than", lambda: _("上报超过 {span}")),
        ("newer_than", lambda: _("{span}内上报")),
    )
    for name, words in told:
        long: timedelta | None = getattr(wanted, name)
        if long is not None:
            yield name, words().format(span=span_words(long))


def span_words(long: timedelta) -> str:
    """A span as one says it."""
    hours = long.total_seconds() / 3600
    if hours >= 24 and hours % 24 == 0:
        return _("{days:g} 天").format(days=hours / 24)
    if hours >= 1 and hours % 1 == 0:
        return _("{hours:g} 小时").format(hours=hours)
    return span(long.total_seconds())


def _periods(wanted: CaseFilter, names: Naming) -> Iterator[tuple[str, str]]:
    today = names.here.today
    for began, ended, word, day in (
        ("reported_since", "reported_until", _("上报"), _("今日新件")),
        ("ended_since", "ended_until", _("办结"), _("今日办结")),
    ):
        since, until = getattr(wanted, began), getattr(wanted, ended)
        if since is None and until is None:
            continue
        if began == "ended_since" and wanted.step is Step.EVALUATION and until is None and since == today:
            continue  # the step of the strip says so
        key = f"{began}+{ended}"
        if until is None and since == today:
            yield key, day
        else:
            yield key, f"{word} {_day(since, names)} – {_day(until, names)}"


def _day(at: Any, names: Naming) -> str:
    if not isinstance(at, datetime):
        return "…"
    local = at.astimezone(names.zone)
    return day_words(local) if (local.hour, local.minute) == (0, 0) else moment_words(at, names.zone)
