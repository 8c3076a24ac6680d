"""The clock that a case shows: a stage's or the department's, its share, and how many times over it is."""

from dataclasses import replace
from datetime import timedelta

import pytest

from console.domain.case import Case
from console.domain.flow import State
from console.domain.lamp import Lamp
from console.queries.case import CaseCard
from console.ui.case.state import clock_shown
from tests.gui.test_told_lines import card
from tests.lives import MONDAY, opened

QUARTER = timedelta(minutes=15)


def waiting(**fields: object) -> CaseCard:
    case, facts = opened()
    told: Case = replace(case, **fields)  # type: ignore[arg-type]  # any field of a case
    return card(told, facts)


@pytest.mark.parametrize(
    ("minutes", "lamp", "head", "tail", "share"),
    [
        (3, Lamp.IN_TIME, "待受理 · 时限内 0:12", "受理时限 09:15", 0.2),
        (12, Lamp.SOON, "待受理 · 即将超期 0:03", "受理时限 09:15", 0.8),
        (30, Lamp.LATE, "待受理 · 超期 0:15", "受理时限 09:15 · 超期 2.0 倍", 2.0),
    ],
)
def test_that_a_stage_has_its_own_clock(minutes: int, lamp: Lamp, head: str, tail: str, share: float) -> None:
    shown = clock_shown(
        waiting(current_due_at=MONDAY + QUARTER, soon_at=MONDAY + QUARTER * 0.8),
        MONDAY + timedelta(minutes=minutes),
    )
    assert (shown.lamp, shown.head, shown.tail) == (lamp, head, tail)
    assert shown.share == pytest.approx(share)


def test_that_the_department_s_clock_shows_its_own_share() -> None:
    due = MONDAY + timedelta(hours=4)
    told = waiting(state=State.HANDLING, current_due_at=due, due_at=due, soon_at=due)
    shown = clock_shown(replace(told, share=0.5), MONDAY + timedelta(hours=2))
    assert (shown.lamp, shown.head) == (Lamp.IN_TIME, "处置中 · 时限内 2:00")
    assert (shown.tail, shown.share) == ("处置时限 13:00", 0.5)


def test_that_a_stopped_clock_tells_how_it_ended() -> None:
    due = MONDAY + timedelta(hours=4)
    for hours, lamp, head in ((3, Lamp.NONE, "已反馈 · 按期反馈"), (6, Lamp.LATE, "已反馈 · 超期反馈")):
        told = waiting(state=State.FED_BACK, due_at=due, fed_back_at=MONDAY + timedelta(hours=hours))
        shown = clock_shown(replace(told, share=hours / 4), MONDAY + timedelta(hours=8))
        assert (shown.lamp, shown.head) == (lamp, head)
        assert shown.tail.endswith("超期 1.5 倍") == (hours == 6)


def test_that_without_a_clock_only_the_state_is_told() -> None:
    shown = clock_shown(waiting(), MONDAY)
    assert (shown.lamp, shown.head, shown.tail, shown.share) == (Lamp.NONE, "待受理", "", None)
