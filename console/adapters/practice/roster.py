"""A duty roster from a CSV file or workbook and back: the good rows, and what is wrong with the others."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from console.adapters.practice.workbook import sheet_text
from console.adapters.rows import Problem, Row, decoded, read_rows
from console.domain.actor import Post
from console.domain.duty import Duty, Shift
from console.domain.errors import Refused

# How a sheet may head its columns.
_HEADS: Mapping[str, Sequence[str]] = {
    "day": ("day", "date", "日期"),
    "shift": ("shift", "班次"),
    "person": ("person", "name", "姓名"),
    "post": ("post", "岗位"),
    "seat": ("seat", "席位"),
    "leads": ("leads", "leader", "带班"),
}
_YES = frozenset({"1", "true", "yes", "y", "x", "是", "带班", "√", "✓"})
_NO = frozenset({"", "0", "false", "no", "n", "否"})


def _day(value: Any) -> Any:
    """2026-3-9 and 2026/03/09 are the same day."""
    parts = str(value).strip().replace("/", "-").replace(".", "-").split("-")
    if len(parts) != 3 or not all(part.isdigit() for part in parts):
        raise ValueError("not a day")
    return date(*map(int, parts))


def _leads(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    word = str(value).strip().casefold()
    if word not in _YES | _NO:
        raise ValueError("neither yes nor no")
    return word in _YES


class RosterRow(Row):
    """One person in one shift; `shift` its code or name, `post` a code or the post's name."""

    day: Annotated[date, BeforeValidator(_day)]
    shift: Annotated[str, Field(min_length=1)]
    person: Annotated[str, Field(min_length=1, max_length=64)]
    post: str = ""
    seat: Annotated[str, Field(max_length=32)] = ""
    leads: Annotated[bool, BeforeValidator(_leads)] = False


@dataclass(frozen=True)
class Listable:
    """What a roster may name: the shifts, the posts of each person of the staff (nobody: anybody), words."""

    shifts: Sequence[Shift]
    staff: Mapping[str, Collection[Post]]
    posts: Mapping[str, Post]


def roster_text(file: Path, encoding: str) -> str:
    """The CSV text of a file, whichever of the two it is.

    Raises Refused: `file_unreadable`, `wrong_encoding_row`, `encoding_unknown`, those of a workbook.
    """
    if file.suffix.lower() == ".xlsx":
        return sheet_text(file)
    try:
        data = file.read_bytes()
    except OSError as problem:
        raise Refused("file_unreadable", file=file, said=problem.strerror) from problem
    return decoded(data, file=file.name, encoding=encoding)


def read_roster(text: str, known: Listable, *, file: str) -> tuple[tuple[Duty, ...], tuple[Problem, ...]]:
    """The duties of CSV text in its order, and every problem by row and field.

    Raises as console.adapters.rows.read_rows.
    """
    rows = read_rows(text, RosterRow, file=file, columns=_headed(text))
    problems = list(rows.problems)
    good: dict[tuple[date, str, str], Duty] = {}
    led: set[tuple[date, str]] = set()
    shifts = {word: one.code for one in known.shifts for word in (one.code, one.name, one.name_en)}
    for number, row in rows.good:
        shift = shifts.get(row.shift, "")
        wrong = list(_wrong(number, row, shift, known))
        if (row.day, shift, row.person) in good:
            wrong.append(Problem(number, "person", row.person, "on_duty_twice"))
        if row.leads and (row.day, shift) in led:
            wrong.append(Problem(number, "leads", row.person, "second_leader"))
        problems += wrong
        if not wrong:
            post = known.posts.get(row.post) if row.post else None
            good[row.day, shift, row.person] = Duty(row.day, shift, row.person, post, row.seat, row.leads)
            if row.leads:
                led.add((row.day, shift))
    return tuple(good.values()), tuple(sorted(problems, key=lambda problem: problem.row))


def _headed(text: str) -> dict[str, str]:
    """What the file calls our columns."""
    header = [name.strip() for name in text.split("\n", 1)[0].replace('"', "").split(",")]
    return {ours: name for ours, names in _HEADS.items() for name in header if name.casefold() in names}


def _wrong(number: int, row: RosterRow, shift: str, known: Listable) -> Iterator[Problem]:
    if not shift:
        yield Problem(number, "shift", row.shift, "unknown_shift")
    if known.staff and row.person not in known.staff:
        yield Problem(number, "person", row.person, "unknown_person")
    if row.post:
        post = known.posts.get(row.post)
        if post is None:
            yield Problem(number, "post", row.post, "unknown_post")
        elif known.staff and row.person in known.staff and post not in known.staff[row.person]:
            yield Problem(number, "post", row.post, "not_of_post")
