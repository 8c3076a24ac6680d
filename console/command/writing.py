"""A filter written as a line of the command language, which reads back as the same filter."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from console.command.lexicon import Kind, Lexicon
from console.command.periods import written_period
from console.command.reader import read
from console.command.readings import Filtering
from console.command.spans import written_span
from console.command.tokens import quote
from console.command.trade_words import (
    ALL,
    DOWN,
    FLAGS,
    KEYS,
    OPEN,
    ORDERS,
    POSTS,
    REQUESTS,
    SOURCES,
    STATES,
    STEPS,
    Means,
)
from console.domain.wanted import CaseFilter, Figure, Order
from console.i18n import language

_SOME_DAY = datetime(2000, 1, 3, 12, tzinfo=UTC)  # what we write means the same on every day
_TABLES: dict[str, Any] = {"step": STEPS, "source": SOURCES, "request": REQUESTS, "flag": FLAGS}
_NAMES = {
    "division": Kind.DIVISION,
    "street": Kind.STREET,
    "department": Kind.DEPARTMENT,
    "classes": Kind.CLASS,
}


def told_filter(wanted: CaseFilter, lexicon: Lexicon) -> str:
    """The filter as text in the language in use: as it is said, or with keys where that is not exact."""
    said = " ".join(_said(wanted, lexicon)) or (OPEN[2] if language() == "en" else OPEN[0])
    return said if _reads_back(said, wanted, lexicon) else " ".join(_strict(wanted, lexicon))


def written_means(means: Means) -> str:
    """One thing said of cases, in the language in use."""
    table = _TABLES.get(means.field)
    if table is not None:
        return _word(table[means.value])
    if means.field == "states":
        return " ".join(_word(STATES[state]) for state in means.value)
    return f"{means.field}:{means.value}"


def _reads_back(text: str, wanted: CaseFilter, lexicon: Lexicon) -> bool:
    return read(text, lexicon, _SOME_DAY) == Filtering(wanted)


def _word(languages: tuple[tuple[str, ...], tuple[str, ...]]) -> str:
    return languages[1 if language() == "en" else 0][0]


def _key(field: str) -> str:
    words = KEYS[field]
    return next(word for word in words if word.isascii() is (language() == "en"))


def _said(wanted: CaseFilter, lexicon: Lexicon) -> Iterator[str]:
    """As an operator would write it: names and words of the trade without keys."""
    english = language() == "en"
    for field, kind in _NAMES.items():
        code = getattr(wanted, field)
        if code:
            name = lexicon.named(kind, code)
            shown = (name.name_en or name.name) if name and english else name.name if name else ""
            yield shown if shown else _pair(field, code)
    for field in ("step", "source", "request", "flag"):
        value = getattr(wanted, field)
        if value is not None:
            yield _word(_TABLES[field][value])
    for state in wanted.states:
        yield _word(STATES[state])
    if wanted.late:
        yield "late" if english else "超期"
    if wanted.late_times:
        yield f"late>{_number(wanted.late_times)}x" if english else f"超期{_number(wanted.late_times)}倍"
    yield from _spans(wanted, english=english)
    yield from _rest(wanted, lexicon)
    alone = bool(wanted.text) and wanted == CaseFilter(
        text=wanted.text, everything=True, order=wanted.order, descending=wanted.descending
    )
    if wanted.everything and not alone:
        yield (ALL[-2] if english else ALL[0])
    elif wanted.text and not wanted.everything and wanted == CaseFilter(text=wanted.text):
        yield OPEN[2] if english else OPEN[0]
    if wanted.text:
        yield wanted.text if _is_plain(wanted.text, lexicon) else quote(wanted.text)
    yield from _sorted(wanted, lexicon)


def _strict(wanted: CaseFilter, lexicon: Lexicon) -> Iterator[str]:
    """Everything with its key: what is said so has no other meaning."""
    for field in (*_NAMES, "handler", "responsibility_grid", "cell"):
        value = getattr(wanted, field)
        if value:
            yield f"{_key(field)}:{quote(value)}"
    yield from _within(wanted)
    for field, table in _TABLES.items():
        value = getattr(wanted, field)
        if value is not None:
            yield f"{_key(field)}:{_quoted_if_spaced(_word(table[value]))}"
    if wanted.states:
        yield f"{_key('states')}:{','.join(state.value for state in wanted.states)}"
    if wanted.posts:
        yield f"{_key('posts')}:{','.join(post.value for post in wanted.posts)}"
    if wanted.late:
        yield "late" if language() == "en" else "超期"
    if wanted.late_times:
        yield f"{_key('late')}:{_number(wanted.late_times)}x"
    for field in ("due_within", "older_than", "newer_than"):
        amount = getattr(wanted, field)
        if amount is not None:
            yield f"{_key(field)}:{written_span(amount)}"
    yield from _periods(wanted, lexicon)
    if wanted.figure is not None:
        yield f"{_key('figure')}:{_written_figure(wanted.figure)}"
    yield f"{_key('scope')}:{_scope_word(everything=wanted.everything)}"
    if wanted.text:
        yield f"{_key('text')}:{quote(wanted.text)}"
    yield from _sorted(wanted, lexicon)


def _rest(wanted: CaseFilter, lexicon: Lexicon) -> Iterator[str]:
    """What is said with keys in any case."""
    for field in ("responsibility_grid", "cell", "handler"):
        value = getattr(wanted, field)
        if value:
            yield _pair(field, value)
    yield from _within(wanted)
    if wanted.posts:
        yield f"{_key('posts')}:{','.join(_quoted_if_spaced(_word(POSTS[post])) for post in wanted.posts)}"
    yield from _periods(wanted, lexicon)
    if wanted.figure is not None:
        yield f"{_key('figure')}:{_written_figure(wanted.figure)}"


def _within(wanted: CaseFilter) -> Iterator[str]:
    if wanted.within is not None:
        yield f"{_key('within')}:{quote(wanted.within.told())}"


def _spans(wanted: CaseFilter, *, english: bool) -> Iterator[str]:
    if wanted.due_within is not None:
        yield (
            f"due <{written_span(wanted.due_within)}"
            if english
            else f"到期<{written_span(wanted.due_within)}"
        )
    if wanted.older_than is not None:
        yield f">{written_span(wanted.older_than)}"
    if wanted.newer_than is not None:
        yield f"<{written_span(wanted.newer_than)}"


def _periods(wanted: CaseFilter, lexicon: Lexicon) -> Iterator[str]:
    for field in ("reported", "ended"):
        since, until = getattr(wanted, f"{field}_since"), getattr(wanted, f"{field}_until")
        if since is not None or until is not None:
            yield f"{_key(field)}:{written_period(since, until, lexicon.zone)}"


def _sorted(wanted: CaseFilter, _lexicon: Lexicon) -> Iterator[str]:
    if wanted.order is not Order.DUE or wanted.descending:
        english = language() == "en"
        word = _word(ORDERS[wanted.order])
        way = DOWN[4] if wanted.descending else "↑"
        yield f"{_key('order')}:{_quoted_if_spaced(word + way)}" if english else f"按:{word}{way}"


def _written_figure(figure: Figure) -> str:
    since, until = (at.astimezone(UTC).isoformat() for at in (figure.since, figure.until))
    code = "" if figure.code is None else f"/{figure.code}"
    return quote(f"{figure.count}/{since}/{until}/{figure.grouping}{code}")


def _scope_word(*, everything: bool) -> str:
    if language() == "en":
        return "all" if everything else "open"
    return ALL[0] if everything else OPEN[0]


def _pair(field: str, value: str) -> str:
    return f"{_key(field)}:{_quoted_if_spaced(value)}"


def _quoted_if_spaced(text: str) -> str:
    return (
        text if text and not any(one.isspace() or one in '"“”「」\\,,;;。::' for one in text) else quote(text)
    )


def _number(value: float) -> str:
    return f"{value:g}" if float(f"{value:g}") == value else repr(value)


def _is_plain(text: str, lexicon: Lexicon) -> bool:
    """Whether a text is read as itself without quotes."""
    return _reads_back(text, CaseFilter(text=text, everything=True), lexicon)
