"""A row as a case: every field by the mapping, every refusal with the column that caused it."""

import math
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import takewhile
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from console.adapters.intake import dates
from console.adapters.intake.cells import Cell, Line
from console.adapters.intake.lists import Lists
from console.adapters.intake.mapping import Mapping as Declared
from console.adapters.intake.placing import Point
from console.domain.case import Case, Source
from console.domain.errors import Refused
from console.domain.flow import ENDED, State
from console.domain.report import LONGEST_TEXT

JOIN = " / "
LONGEST_ID = 128

Code = TypeVar("Code")

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.IGNORECASE | re.ASCII)
_NEEDS_CLASS = frozenset(
    {State.TO_DISPATCH, State.TO_HANDLE, State.HANDLING, State.FED_BACK, State.POST_CHECK}
)
_NEEDS_DEPARTMENT = _NEEDS_CLASS - {State.TO_DISPATCH}


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something a row says that can hardly be so; the row is taken as it is."""

    code: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Draft:
    """A row as a case that is not placed yet; `point` (x, y) in the mapping's coordinate system."""

    row: int
    case: Case
    note: str
    point: Point | None
    doubts: tuple[Doubt, ...] = field(default=())


def read_row(line: Line, mapping: Declared, lists: Lists, now: datetime) -> Draft:
    """The case a row tells of.

    Raises Refused with the column as its fact `field`: `missing_value`, `text_too_long`, `bad_time`,
    `bad_number`, `half_place`, `unknown_code`, `empty_report`, and what broke the line itself.
    """
    if line.broken is not None:
        raise line.broken
    cells = line.cells
    zone = ZoneInfo(mapping.timezone)
    times, doubts = _times(cells, mapping, zone)
    classes = class_values(cells, mapping)
    class_key, edition = lists.class_of(classes)
    if classes and not class_key:
        doubts.append(Doubt("class_not_listed", {"value": " / ".join(classes)}))
    department = _department(cells, mapping, lists)
    state, ended = _course(cells, mapping, times.get("ended_at"), doubts)
    _check_order(cells, mapping, times, now, doubts)
    case = Case(
        code="",
        state=fitting(state, class_key, department),
        source=_source(cells, mapping),
        description=_description(cells, mapping, classes),
        reported_at=times["reported_at"],
        class_key=class_key,
        edition=edition,
        address=_text(cells, mapping.address),
        department=department,
        reporter=_text(cells, mapping.reporter),
        accepted_at=times.get("accepted_at"),
        filed_at=times.get("filed_at"),
        dispatched_at=times.get("dispatched_at"),
        fed_back_at=times.get("fed_back_at"),
        ended_at=ended,
        external_id=external_id(cells, mapping),
    )
    note = _note(cells, tuple(dict.fromkeys((*mapping.notes, *_unlisted(cells, mapping, lists)))))
    return Draft(line.number, case, note, point_of(cells, mapping), tuple(doubts))


def external_id(cells: Mapping[str, Cell], mapping: Declared) -> str:
    """The id in the store: `system:id`. Raises Refused: `missing_value`, `text_too_long`."""
    with of_column(mapping.external_id):
        found = f"{mapping.system}:{_needed(cells, mapping.external_id)}"
        if len(found) > LONGEST_ID:
            raise Refused("text_too_long", length=len(found), most=LONGEST_ID)
        return found


def class_values(cells: Mapping[str, Cell], mapping: Declared) -> tuple[str, ...]:
    """The texts of the class columns up to the first empty one: major and minor class.

    A single column names minor classes; their major class is then the edition itself.
    """
    declared = mapping.case_class
    if declared is None:
        return ()
    told = tuple(as_text(cells[name]) for name in takewhile(cells.__contains__, declared.columns))
    if told and declared.as_catalogue is not None and len(declared.columns) == 1:
        return declared.as_catalogue.name, *told
    return told


def point_of(cells: Mapping[str, Cell], mapping: Declared) -> Point | None:
    """x and y as the file gives them. Raises Refused: `bad_number`, `half_place`."""
    if mapping.place is None:
        return None
    x, y = _number(cells, mapping.place.lon), _number(cells, mapping.place.lat)
    if x is None and y is None:
        return None
    if x is None or y is None:
        raise Refused("half_place", field=mapping.place.lon if x is None else mapping.place.lat)
    return x, y


def as_text(value: Cell) -> str:
    return value.isoformat(" ") if isinstance(value, datetime) else value


@contextmanager
def of_column(column: str) -> Iterator[None]:
    """Refusals inside are about `column`."""
    try:
        yield
    except Refused as problem:
        raise Refused(problem.code, **problem.facts, field=column) from problem


def _needed(cells: Mapping[str, Cell], column: str) -> str:
    if column not in cells:
        raise Refused("missing_value")
    return as_text(cells[column])


def _text(cells: Mapping[str, Cell], column: str | None) -> str:
    if column is None or column not in cells:
        return ""
    with of_column(column):
        return _bounded(as_text(cells[column]))


def _bounded(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise Refused("text_too_long", length=len(text), most=LONGEST_TEXT)
    return text


def _description(cells: Mapping[str, Cell], mapping: Declared, classes: tuple[str, ...]) -> str:
    texts = dict.fromkeys(_text(cells, column) for column in mapping.description)
    # A row without words of its own still says of which class it is.
    told = JOIN.join(text for text in texts if text) or "".join(classes[-1:])
    with of_column(mapping.description[0]):
        if not told:
            raise Refused("empty_report")
        return _bounded(told)


def _note(cells: Mapping[str, Cell], columns: tuple[str, ...]) -> str:
    with of_column(columns[0] if columns else ""):
        return _bounded("\n".join(f"{name}: {as_text(cells[name])}" for name in columns if name in cells))


def _number(cells: Mapping[str, Cell], column: str) -> float | None:
    if column not in cells:
        return None
    text = as_text(cells[column])
    if not _NUMBER.fullmatch(text) or not math.isfinite(float(text)):
        raise Refused("bad_number", value=text[:80], field=column)
    return float(text)


def _times(
    cells: Mapping[str, Cell], mapping: Declared, zone: ZoneInfo
) -> tuple[dict[str, datetime], list[Doubt]]:
    found: dict[str, datetime] = {}
    doubts: list[Doubt] = []
    for name, declared in mapping.times.told().items():
        with of_column(declared.column):
            if declared.column not in cells:
                if name == "reported_at":
                    raise Refused("missing_value")
                continue
            value = cells[declared.column]
            local = value if isinstance(value, datetime) else dates.local_time(value, declared.formats)
            found[name] = dates.instant(local, zone)
            if why := dates.doubt(local, zone):
                doubts.append(Doubt(why, {"field": declared.column, "value": as_text(value)}))
    return found, doubts


def _check_order(
    cells: Mapping[str, Cell],
    mapping: Declared,
    times: Mapping[str, datetime],
    now: datetime,
    doubts: list[Doubt],
) -> None:
    told = mapping.times.told()
    reported = as_text(cells[told["reported_at"].column])
    for name, moment in times.items():
        if name == "updated_at":
            continue  # it is no step of the case
        value = as_text(cells[told[name].column])
        if moment < times["reported_at"]:
            doubts.append(
                Doubt("before_reported", {"field": told[name].column, "value": value, "reported": reported})
            )
        elif moment > now:
            doubts.append(Doubt("in_future", {"field": told[name].column, "value": value}))


def _course(
    cells: Mapping[str, Cell], mapping: Declared, ended: datetime | None, doubts: list[Doubt]
) -> tuple[State, datetime | None]:
    """The state the row tells of, and when the case ended if it has."""
    column = mapping.status.column
    state = _coded(cells, column, mapping.status.codes, mapping.status.default)
    told = as_text(cells.get(column, ""))
    if state in ENDED:
        if ended is None:
            doubts.append(Doubt("ended_without_time", {"field": column, "value": told}))
        return state, ended
    if ended is not None:
        doubts.append(Doubt("open_with_end", {"field": column, "value": told, "ended": ended.isoformat()}))
    return state, None


def fitting(state: State, class_key: str, department: str) -> State:
    """The open state from which operators can go on: no dispatch without class, no handling unsent."""
    if state in _NEEDS_CLASS and not class_key:
        return State.TO_FILE
    if state in _NEEDS_DEPARTMENT and not department:
        return State.TO_DISPATCH
    return state


def _source(cells: Mapping[str, Cell], mapping: Declared) -> Source:
    declared = mapping.source
    if declared is None:
        return Source.IMPORTED
    return _coded(cells, declared.column, declared.codes, declared.default)


def _department(cells: Mapping[str, Cell], mapping: Declared, lists: Lists) -> str:
    declared = mapping.department
    if declared is None or declared.column not in cells:
        return ""
    return _coded(cells, declared.column, lists.departments, declared.default)


def _coded(cells: Mapping[str, Cell], column: str, codes: Mapping[str, Code], default: Code | None) -> Code:
    """What the code list makes of a cell. Raises Refused: `unknown_code`, `missing_value`."""
    told = as_text(cells.get(column, ""))
    found = codes.get(told, default)
    if found is None:
        raise Refused("unknown_code" if told else "missing_value", value=told, field=column)
    return found


def _unlisted(cells: Mapping[str, Cell], mapping: Declared, lists: Lists) -> Iterator[str]:
    """The columns whose value is in no list, so that nothing but a note can keep it."""
    if mapping.case_class is not None and class_values(cells, mapping) not in lists.classes:
        yield from mapping.case_class.columns
    listed: tuple[tuple[str | None, Mapping[str, object]], ...] = (
        (mapping.department.column if mapping.department else None, lists.departments),
        (mapping.source.column if mapping.source else None, mapping.source.codes if mapping.source else {}),
        (mapping.status.column, mapping.status.codes),
    )
    for column, codes in listed:
        if column is not None and as_text(cells.get(column, "")) not in codes:
            yield column
