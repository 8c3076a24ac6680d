"""A list of staff from a CSV file and back: the good rows, and what is wrong with the others."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, model_validator

from console.adapters.rows import Problem, Row, read_rows, written_rows
from console.domain.actor import EVERY_POST, Post
from console.domain.staff import Member
from console.settings import may_sign


def _listed(value: Any) -> Any:
    return value.split() if isinstance(value, str) else value


def _held_by_people(posts: frozenset[Post]) -> frozenset[Post]:
    if not posts <= EVERY_POST:
        raise ValueError("the system is nobody's post")
    return posts


def _signing(name: str) -> str:
    if not may_sign(name):
        raise ValueError(name)
    return name


Name = Annotated[str, AfterValidator(_signing)]
Posts = Annotated[
    frozenset[Post],
    BeforeValidator(_listed),
    AfterValidator(_held_by_people),
    PlainSerializer(lambda posts: " ".join(sorted(posts))),
    Field(min_length=1),
]
Longitude = Annotated[float, Field(ge=-180, le=180)]
Latitude = Annotated[float, Field(ge=-90, le=90)]


class StaffRow(Row):
    """One person; posts are codes with spaces between, `lon` and `lat` EPSG:4490 degrees."""

    name: Name
    posts: Posts
    department: str = ""
    division: str = ""
    responsibility_grid: str = ""
    lon: Longitude | None = None
    lat: Latitude | None = None

    @model_validator(mode="after")
    def _whole_place(self) -> "StaffRow":
        if (self.lon is None) != (self.lat is None):
            raise ValueError("half a place")
        return self


@dataclass(frozen=True)
class Known:
    """The codes of the city that a list may name."""

    departments: Collection[str]
    divisions: Collection[str]
    responsibility_grids: Collection[str]


def read_staff(text: str, known: Known, *, file: str) -> tuple[tuple[Member, ...], tuple[Problem, ...]]:
    """The people of CSV text in its order, and every problem by row and field.

    Raises as console.adapters.rows.read_rows.
    """
    rows = read_rows(text, StaffRow, file=file)
    problems = [_named(problem) for problem in rows.problems]
    members: dict[str, Member] = {}
    for number, row in rows.good:
        wrong = list(_unknown(number, row, known))
        if row.name in members:
            wrong.append(Problem(number, "name", row.name, "repeated"))
        problems += wrong
        if not wrong:
            members[row.name] = Member(**row.model_dump() | {"posts": row.posts})
    return tuple(members.values()), tuple(sorted(problems, key=lambda problem: problem.row))


def written_staff(members: Iterable[Member]) -> str:
    """The CSV text of a list; a place that only follows from a grid is left out."""
    names = tuple(name for name in StaffRow.model_fields if name not in ("lon", "lat"))
    rows = (
        StaffRow(
            **{name: getattr(one, name) for name in names},
            lon=None if one.by_grid else one.lon,
            lat=None if one.by_grid else one.lat,
        )
        for one in members
    )
    return written_rows(rows, StaffRow)


def _named(problem: Problem) -> Problem:
    if problem.field == "posts" and problem.known:
        return replace(problem, known=", ".join(sorted(EVERY_POST)))
    if problem.field:
        return problem
    return Problem(problem.row, "lon, lat", problem.value, "half_place")


def _unknown(number: int, row: StaffRow, known: Known) -> Iterator[Problem]:
    if row.department and row.department not in known.departments:
        yield Problem(number, "department", row.department, "unknown_department")
    if row.division and row.division not in known.divisions:
        yield Problem(number, "division", row.division, "unknown_division")
    if row.responsibility_grid and row.responsibility_grid not in known.responsibility_grids:
        yield Problem(number, "responsibility_grid", row.responsibility_grid, "unknown_grid")
