"""Twenty filters as operators set them, each with the bare SQL that asks for the same cases."""

from dataclasses import dataclass
from datetime import timedelta

from console.domain.case import Flag, Source
from console.domain.flow import State, Step
from console.domain.wanted import CaseFilter, Order
from console.storage.columns import ticks
from tests.perf.demo_store import UNTIL

_OPEN = "state NOT IN ('closed', 'forced_closed', 'merged', 'not_accepted', 'voided')"
_DUE = "current_due_at IS NULL, current_due_at, due_at IS NULL, due_at, id"
_NOW = ticks(UNTIL)
_DAY = 86_400_000_000
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Asked:
    """A filter, and its condition and order in bare SQL."""

    name: str
    wanted: CaseFilter
    where: str
    order: str = _DUE


def _states(step: Step) -> str:
    from console.domain.flow import STEP_OF

    return ", ".join(f"'{state.value}'" for state in State if STEP_OF[state] is step)


FILTERS: tuple[Asked, ...] = (
    Asked("open", CaseFilter(), _OPEN),
    Asked("to file", CaseFilter(step=Step.FILING), f"state IN ({_states(Step.FILING)}) AND {_OPEN}"),
    Asked("to dispatch", CaseFilter(step=Step.DISPATCH), f"state IN ({_states(Step.DISPATCH)}) AND {_OPEN}"),
    Asked("handling", CaseFilter(step=Step.HANDLING), f"state IN ({_states(Step.HANDLING)}) AND {_OPEN}"),
    Asked("late", CaseFilter(late=True), f"{_OPEN} AND current_due_at < {_NOW}"),
    Asked("of a department", CaseFilter(department="410105-03"), f"{_OPEN} AND department = '410105-03'"),
    Asked("of a district", CaseFilter(division="410105"), f"{_OPEN} AND district = '410105'"),
    Asked("of a major class", CaseFilter(classes="event:09"), f"{_OPEN} AND class_key LIKE 'event:09%'"),
    Asked("by the hotline", CaseFilter(source=Source.HOTLINE), f"{_OPEN} AND source = 'hotline'"),
    Asked("supervised", CaseFilter(flag=Flag.SUPERVISED), f"{_OPEN} AND flags LIKE '%\"supervised\"%'"),
    Asked("due within two hours", CaseFilter(due_within=timedelta(hours=2)),
          f"{_OPEN} AND current_due_at >= {_NOW} AND current_due_at < {_NOW + _DAY // 12}"),
    Asked("suspended", CaseFilter(states=(State.SUSPENDED,)), "state = 'suspended'"),
    Asked("everything", CaseFilter(everything=True), "1"),
    Asked("everything by report, newest first",
          CaseFilter(everything=True, order=Order.REPORTED, descending=True),
          "1", "reported_at DESC, id DESC"),
    Asked("everything by code", CaseFilter(everything=True, order=Order.CODE), "1", "code, id"),
    Asked("everything of a department", CaseFilter(everything=True, department="410105-03"),
          "department = '410105-03'"),
    Asked("everything of a class, newest first",
          CaseFilter(everything=True, classes="event:06", order=Order.REPORTED, descending=True),
          "class_key LIKE 'event:06%'", "reported_at DESC, id DESC"),
    Asked("reported within a week", CaseFilter(everything=True, reported_since=UNTIL - _WEEK),
          f"reported_at >= {_NOW - 7 * _DAY}"),
    Asked("closed in the last week, newest first",
          CaseFilter(step=Step.EVALUATION, ended_since=UNTIL - _WEEK, order=Order.ENDED, descending=True),
          f"ended_at >= {_NOW - 7 * _DAY}", "ended_at DESC, id DESC"),
    Asked("everything of a street", CaseFilter(everything=True, street="410105416"), "street = '410105416'"),
)  # fmt: skip
