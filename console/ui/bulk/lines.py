"""What is told of each of many cases, and the groups they fall into by what becomes of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from console.domain.errors import Refused
from console.domain.flow import State
from console.i18n import _
from console.words import refusal


class Fate(Enum):
    """What becomes, or became, of one case."""

    MAY = "may"
    REFUSED = "refused"
    DONE = "done"
    LEFT = "left"  # it was stopped before this one came


@dataclass(frozen=True, slots=True)
class Line:
    """One case of many. `class_name` and `place` are as they are shown; `case_id` 0 where there is none."""

    code: str
    version: int | None
    case_id: int
    class_name: str
    place: str
    state: State | None
    fate: Fate
    problem: Refused | None = None
    others: str = ""  # who else is about to do something to it


@dataclass(frozen=True, slots=True)
class Group:
    """Cases of one fate, refused ones by their reason; `key` None holds all of them."""

    key: tuple[Fate, str] | None
    words: str
    count: int


def fate_words(line: Line) -> str:
    """What becomes of a case, and why not."""
    if line.problem is not None:
        return refusal(line.problem)
    if line.fate is Fate.MAY and line.others:
        return _("可办,但{others}").format(others=line.others)
    return {
        Fate.MAY: _("可办"),
        Fate.DONE: _("已办"),
        Fate.LEFT: _("未办:已停止"),
        Fate.REFUSED: _("不能办"),
    }[line.fate]


def key_of(line: Line) -> tuple[Fate, str]:
    """The group of a case: its own code makes no difference, the other facts of a refusal do."""
    return line.fate, _reason(line)


def groups(lines: Sequence[Line]) -> list[Group]:
    """All of them, then each group, those that are or will be done first, then the largest."""
    counts: dict[tuple[Fate, str], int] = {}
    for line in lines:
        key = key_of(line)
        counts[key] = counts.get(key, 0) + 1
    ordered = sorted(counts.items(), key=lambda one: (one[0][0] is Fate.REFUSED, -one[1], one[0][1]))
    found = [Group(key, key[1], count) for key, count in ordered]
    return [Group(None, _("全部"), len(lines)), *found]


def of_fate(lines: Iterable[Line], fate: Fate) -> list[Line]:
    return [line for line in lines if line.fate is fate]


def _reason(line: Line) -> str:
    if line.fate is Fate.MAY and line.others:
        return _("可办,但别的席位正在办理")
    if line.problem is None:
        return fate_words(line)
    facts = line.problem.facts
    alike = {**facts, "code": "…"} if "code" in facts else facts
    return refusal(Refused(line.problem.code, **alike))
