"""What of the cases is wanted: one filter for the queue, the map and the figures of the board."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

from console.domain.case import Flag
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
    """By what the queue is sorted; every order ends in the id, so that it is total."""

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


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """Each field narrows; empty ones do not. Without step, figure, state, request or `everything`:
    every open case.

    `classes` is a class key or its beginning. `ended_since` narrows the last step; `late` keeps
    running clocks past due. `division` is a district or committee code, `handler` the name of who holds
    the case.
    """

    step: Step | None = None
    everything: bool = False
    late: bool = False
    department: str = ""
    division: str = ""
    classes: str = ""
    cell: str = ""
    text: str = ""
    ended_since: datetime | None = None
    figure: Figure | None = None
    state: State | None = None
    request: Request | None = None
    flag: Flag | None = None
    handler: str = ""
    order: Order = Order.DUE
    descending: bool = False
