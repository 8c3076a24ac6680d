"""What of the cases is wanted: one filter for the queue, the map and the figures of the board."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal

from console.domain.actor import Post
from console.domain.area import Area
from console.domain.case import Flag, Source
from console.domain.evaluation import Count
from console.domain.flow import State, Step
from console.domain.operation import Request

# An area is a district or the committee that manages a part of one: cities rank both side by side.
Grouping = Literal["area", "district", "department"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the board: what is counted, over which period (half open), for whom.

    `code` None counts the whole city.
    """

    count: Count
    since: datetime
    until: datetime
    grouping: Grouping = "area"
    code: str | None = None


class Order(StrEnum):
    """By what the queue is sorted; every order ends in the id, so that it is total.

    Cases of which there is nothing to show come last in both directions.
    """

    DUE = "due_at"
    REPORTED = "reported_at"
    CODE = "code"
    STATE = "state"
    CLASS = "class_key"
    DEPARTMENT = "department"
    DISTRICT = "district"
    ADDRESS = "address"
    CELL = "cell"
    FED_BACK = "fed_back_at"
    ENDED = "ended_at"
    SUSPENDED_UNTIL = "suspended_until"
    TEXT = "description"
    SOURCE = "source"
    HANDLER = "handler"
    STREET = "street"
    GRID = "responsibility_grid"
    FLAGS = "flags"
    LIMIT = "limit"
    REWORKS = "reworks"
    EXTENSIONS = "extensions"
    RETURNS = "returns"


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """Each field narrows; empty ones do not. Without step, figure, states, request or `everything`:
    every open case.

    `classes` is a class key or its beginning. `ended_since` narrows the last step. `division` is a
    district or committee code, `handler` the name of who holds the case, `posts` keeps the cases whose
    next step is for one of these posts. All periods are half open, all spans are by the wall clock:
    `late` keeps running clocks past due, `late_times` those that are past due by so many times the time
    they were given (2: twice), `due_within` those that run out within the span and are not late,
    `older_than` and `newer_than` go by the time since the report. `ids` keeps these very cases: those of
    an alarm. `within` keeps those that lie in an area drawn on the map.
    """

    step: Step | None = None
    everything: bool = False
    late: bool = False
    late_times: float = 0
    due_within: timedelta | None = None
    older_than: timedelta | None = None
    newer_than: timedelta | None = None
    reported_since: datetime | None = None
    reported_until: datetime | None = None
    ended_since: datetime | None = None
    ended_until: datetime | None = None
    department: str = ""
    division: str = ""
    street: str = ""
    responsibility_grid: str = ""
    cell: str = ""
    within: Area | None = None
    classes: str = ""
    source: Source | None = None
    text: str = ""
    figure: Figure | None = None
    states: tuple[State, ...] = ()
    request: Request | None = None
    flag: Flag | None = None
    handler: str = ""
    posts: tuple[Post, ...] = ()
    ids: tuple[int, ...] = ()
    order: Order = Order.DUE
    descending: bool = False

    @property
    def unsorted(self) -> "CaseFilter":
        """The same cases in the usual order."""
        return replace(self, order=Order.DUE, descending=False)

    @property
    def narrows(self) -> bool:
        """Whether anything but the step is asked for."""
        return replace(self.unsorted, step=None, everything=False) != CaseFilter()

    @property
    def moves(self) -> bool:
        """Whether other cases may be let through a moment later, though nothing was done."""
        spans = (self.due_within, self.older_than, self.newer_than, self.figure)
        return self.late or bool(self.late_times) or any(span is not None for span in spans)
