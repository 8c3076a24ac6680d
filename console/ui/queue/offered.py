"""The views a seat is offered: the built-in ones, what all share, its own, and how many cases are in each."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

from console.domain.errors import Refused
from console.domain.filter_form import NOWHERE, Standpoint, read_filter_form
from console.domain.saved_view import SavedView
from console.domain.wanted import CaseFilter
from console.i18n import N_, _
from console.words import refusal


@dataclass(frozen=True, slots=True)
class Offered:
    """One view; without `wanted` nobody is known to sit here yet, or `problem` says why it cannot be read."""

    name: str
    wanted: CaseFilter | None
    saved: SavedView | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """How many cases a view lets through, and how many of these are late."""

    number: int
    late: int


_SOON = timedelta(hours=2)
_BUILT_IN: tuple[tuple[str, Callable[[Standpoint], CaseFilter]], ...] = (
    (N_("我的"), lambda here: CaseFilter(handler=here.name)),
    (N_("等我办"), lambda here: CaseFilter(posts=here.posts)),
    (N_("2 小时内到期"), lambda _here: CaseFilter(due_within=_SOON)),
    (N_("超期"), lambda _here: CaseFilter(late=True)),
    (N_("超期 2 倍"), lambda _here: CaseFilter(late_times=2)),
    (N_("今日新件"), lambda here: CaseFilter(everything=True, reported_since=here.today)),
)


def offered(saved: Iterable[SavedView], here: Standpoint) -> list[Offered]:
    """In the order of their keys."""
    return [
        *(Offered(_(name), None if here == NOWHERE else wanted(here)) for name, wanted in _BUILT_IN),
        *(_own(one, here) for one in saved),
    ]


def _own(view: SavedView, here: Standpoint) -> Offered:
    try:
        return Offered(view.name, read_filter_form(json.loads(view.form), here), view)
    except Refused as problem:
        return Offered(view.name, None, view, refusal(problem))
    except ValueError:
        return Offered(view.name, None, view, refusal(Refused("filter_damaged", field="JSON")))


def also_late(views: Iterable[Offered]) -> list[CaseFilter]:
    """The filters to count: each view's, and its late ones."""
    asked = [one.wanted for one in views if one.wanted is not None]
    return [*asked, *(replace(wanted, late=True) for wanted in asked)]
