"""A filter as plain JSON values and back: what is kept of it in a saved view.

What depends on who looks and when is kept as such: "mine", "waiting for me" and "today" mean another
handler, other posts and another midnight for everybody who opens the view.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, get_args

from console.domain.actor import Post
from console.domain.area import Area, read_area
from console.domain.case import Flag, Source
from console.domain.errors import Refused
from console.domain.evaluation import Count
from console.domain.flow import State, Step
from console.domain.operation import Request
from console.domain.wanted import CaseFilter, Figure, Grouping, Order

VERSION = 1


@dataclass(frozen=True, slots=True)
class Standpoint:
    """Who looks, with which posts, and the midnight his day began with."""

    name: str = ""
    posts: tuple[Post, ...] = ()
    today: datetime | None = None


NOWHERE = Standpoint()

# The fields that may hold what depends on the standpoint, and its word in the form.
_RELATIVE = {"handler": "mine", "posts": "waiting", "reported_since": "today", "ended_since": "today"}
_ENUMS: Mapping[str, type[StrEnum]] = {
    "step": Step, "source": Source, "request": Request, "flag": Flag, "order": Order,
    "states": State, "posts": Post,
}  # fmt: skip
_SPANS = ("due_within", "older_than", "newer_than")
_INSTANTS = ("reported_since", "reported_until", "ended_since", "ended_until")
_USUAL = CaseFilter()
_NAMES = tuple(one.name for one in fields(CaseFilter))


def filter_form(wanted: CaseFilter, here: Standpoint = NOWHERE) -> dict[str, Any]:
    """What differs from the filter that narrows nothing, and the version of this form."""
    found: dict[str, Any] = {"version": VERSION}
    for name in _NAMES:
        value = getattr(wanted, name)
        if value != getattr(_USUAL, name):
            relative = name in _RELATIVE and value == _meant(name, here)
            found[name] = {"is": _RELATIVE[name]} if relative else _told(value)
    return found


def read_filter_form(form: object, here: Standpoint = NOWHERE) -> CaseFilter:
    """The filter that a form tells of, for who stands here.

    Raises Refused: `filter_damaged` naming the field; `filter_newer` for the form of a newer program;
    `filter_fields` for one that asks what this program does not know, so that nothing is shown as if it
    were all that was asked.
    """
    if not isinstance(form, dict) or not isinstance(form.get("version"), int):
        raise Refused("filter_damaged", field="version")
    if form["version"] > VERSION:
        raise Refused("filter_newer", version=form["version"])
    unknown = sorted(str(name) for name in form.keys() - {"version", *_NAMES})
    if unknown:
        raise Refused("filter_fields", fields=", ".join(unknown))
    told: dict[str, Any] = {}
    for name, value in form.items():
        if name != "version":
            try:
                told[name] = _read(name, value, here)
            except (ValueError, TypeError, KeyError, OverflowError, AttributeError, Refused) as problem:
                raise Refused("filter_damaged", field=name) from problem
    return replace(_USUAL, **told)


def _meant(name: str, here: Standpoint) -> Any:
    by_word = {"mine": here.name, "waiting": here.posts, "today": here.today}
    return by_word[_RELATIVE[name]] or None


def _told(value: Any) -> Any:
    match value:
        case StrEnum():
            return value.value
        case timedelta():
            return value.total_seconds()
        case datetime():
            return value.astimezone(UTC).isoformat()
        case tuple():
            return [_told(one) for one in value]
        case Area():
            return value.told()
        case Figure():
            return {one.name: _told(getattr(value, one.name)) for one in fields(Figure)}
    return value


def _read(name: str, value: Any, here: Standpoint) -> Any:
    if isinstance(value, dict) and value.keys() == {"is"}:
        if name not in _RELATIVE or value["is"] != _RELATIVE[name]:
            raise ValueError(value)
        found = _meant(name, here)
        return getattr(_USUAL, name) if found is None else found
    if name == "figure":
        return _figure(value)
    if name == "within":
        return read_area(value)
    if name in _SPANS:
        return timedelta(seconds=_number(value))
    if name in _INSTANTS:
        return _instant(value)
    if name in {"states", "posts"}:
        return tuple(_ENUMS[name](one) for one in _checked(value, list))
    if name == "ids":
        return tuple(_checked(one, int) for one in _checked(value, list))
    if name in _ENUMS:
        return _ENUMS[name](value)
    if name == "late_times":
        return _number(value)
    return _checked(value, type(getattr(_USUAL, name)))


def _figure(value: Any) -> Figure:
    if value.keys() - {"count", "since", "until", "grouping", "code"}:
        raise ValueError(value)
    grouping = value["grouping"]
    if grouping not in get_args(Grouping) or value["count"] not in get_args(Count):
        raise ValueError(value)
    if not isinstance(value["code"], str | None):
        raise ValueError(value)
    since, until = _instant(value["since"]), _instant(value["until"])
    return Figure(value["count"], since, until, grouping, value["code"])


def _instant(value: Any) -> datetime:
    found = datetime.fromisoformat(value)
    if found.tzinfo is None:
        raise ValueError(value)
    return found


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < _MOST:
        raise ValueError(value)
    return value


_MOST = 1e10  # seconds; what is longer is no span of a case


def _checked(value: Any, kind: type | Callable[..., Any]) -> Any:
    if type(value) is not kind:
        raise ValueError(value)
    return value
