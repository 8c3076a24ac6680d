"""What people type on the command line: days and instants in the city's time, photos, parts of a case."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import click

from console.domain.acts import Part
from console.domain.errors import Refused
from console.domain.evidence import Role
from console.domain.text import cleaned

K = TypeVar("K", bound=StrEnum)

DAY = click.DateTime(["%Y-%m-%d"])
_LAST_MINUTE = time(23, 59)
_MINUTES = ("%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M")


def span_of_days(first: date, last: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Both days included, as the half-open span of their instants.

    Raises Refused: `period_reversed`, `period_out_of_range`.
    """
    if first > last:
        raise Refused("period_reversed", first=first, last=last)
    try:
        begin = datetime.combine(first, time.min, zone)
        end = datetime.combine(last + timedelta(days=1), time.min, zone)
        begin.astimezone(UTC), end.astimezone(UTC)
    except OverflowError as problem:
        raise Refused("period_out_of_range", first=first, last=last) from problem
    return begin, end


@dataclass(frozen=True, slots=True)
class Photo:
    """A file to take in, and what it is for."""

    path: Path
    role: Role


class Coded(click.Choice[K]):
    """One of the codes of an enumeration, handed on as its member."""

    def normalize_choice(self, choice: object, ctx: click.Context | None) -> str:
        return str(choice)


class _Until(click.ParamType[datetime]):
    """A day, which is meant to its last minute as in the window, or a minute; on the city's own clock."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        with suppress(ValueError):
            return datetime.combine(date.fromisoformat(value), _LAST_MINUTE)
        for form in _MINUTES:
            with suppress(ValueError):
                return datetime.strptime(value, form)  # noqa: DTZ007  its zone is the city's
        raise click.BadParameter(f"{value!r}: YYYY-MM-DD, YYYY-MM-DDTHH:MM", ctx, param)


class _Photo(click.ParamType[Photo]):
    """FILE or FILE:ROLE."""

    name = "file[:role]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Photo:
        if isinstance(value, Photo):
            return value
        path, colon, role = value.rpartition(":")
        if colon and role in set(Role):
            return Photo(Path(path), Role(role))
        return Photo(Path(value), Role.OTHER)


class _Part(click.ParamType[Part]):
    """TEXT or TEXT=DEPARTMENT, the last equals sign divides."""

    name = "text[=department]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Part:
        if isinstance(value, Part):
            return value
        text, equals, department = cleaned(value).rpartition("=")
        return Part(text, department) if equals else Part(department)


UNTIL, PHOTO, PART = _Until(), _Photo(), _Part()


def at_city(local: datetime | None, timezone: str) -> datetime | None:
    """A time on the city's clock as an instant (UTC). Raises Refused("period_out_of_range")."""
    if local is None:
        return None
    try:
        return local.replace(tzinfo=ZoneInfo(timezone)).astimezone(UTC)
    except OverflowError as problem:
        raise Refused("period_out_of_range", first=local, last=local) from problem


def once(codes: Sequence[str]) -> tuple[str, ...]:
    """The codes without repetitions: a case that is named twice is meant once."""
    return tuple(dict.fromkeys(codes))
