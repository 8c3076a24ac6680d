"""The whole quarter on the whole demo city, beside the figures that were published of it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from console.adapters.demo.city import demo_city
from console.adapters.demo.history import QUARTER, Span, write_history
from console.adapters.practice import standard
from console.domain.actor import Post
from console.domain.flow import Step
from console.domain.wanted import CaseFilter
from console.queries.board import BoardRow, board
from console.queries.map import map_points
from console.queries.queue import step_counts
from console.queries.verify import mismatches
from console.storage.unit import Store
from tests.adapters.demo_store import new_city_store
from tests.whole_queue import queue_ids

pytestmark = pytest.mark.city

UNTIL = datetime(2025, 11, 20, 7, 0, tzinfo=UTC)  # a Thursday, three in the afternoon
ZHENGDONG = "郑东新区"


@pytest.fixture(scope="module")
def quarter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = new_city_store(tmp_path_factory.mktemp("quarter"), demo_city(), standard())
    with store.write() as unit:
        write_history(unit, Span(UNTIL))
    yield store
    store.close()


def whole(rows: list[BoardRow]) -> BoardRow:
    return next(row for row in rows if row.code is None)


def test_that_the_quarter_holds_what_the_report_of_2015_counts(quarter: Store) -> None:
    with quarter.read() as view:
        cases = len(queue_ids(view, CaseFilter(everything=True), UNTIL))
        row = whole(board(view, UNTIL - timedelta(days=91), UNTIL, "district", UNTIL))
    assert cases == QUARTER == 51_135
    assert row.counts["dispatched"] - row.counts["effective"] == 51_135 - 51_046
    assert f"{row.ratios['effective_rate']:.2%}" == "99.83%"
    dispatched = row.ratios["dispatch_rate"]
    assert dispatched is not None
    assert 0.999 < dispatched < 1, "the report prints 100 %; the last ones still wait here"


def test_that_the_last_week_is_like_the_printed_one(quarter: Store) -> None:
    with quarter.read() as view:
        rows = board(view, UNTIL - timedelta(days=7), UNTIL, "committee", UNTIL)
    zhengdong = next(row for row in rows if ZHENGDONG in row.name)
    assert zhengdong.ratios["closing_rate"] == pytest.approx(0.8098, abs=0.04)
    assert zhengdong.ratios["closed_in_time_rate"] == pytest.approx(0.5054, abs=0.04)
    assert whole(rows).ratios["rework_rate"] == pytest.approx(0.010, abs=0.006)


def test_that_work_waits_in_every_step_and_has_its_place_on_the_map(quarter: Store) -> None:
    with quarter.read() as view:
        steps = step_counts(view, UNTIL, UNTIL - timedelta(days=1))
        points = map_points(view)
    waiting = [steps[step].number for step in Step if step is not Step.EVALUATION]
    assert min(waiting) > 0
    assert 30 <= steps[Step.COLLECTION].number + steps[Step.FILING].number + steps[Step.DISPATCH].number <= 60
    assert 200 < steps[Step.HANDLING].number < 1000
    assert 0 < steps[Step.HANDLING].late < steps[Step.HANDLING].number
    assert len(points) == sum(waiting) - 1, "a question on the telephone has no place"


def test_that_every_row_is_what_its_journal_tells(quarter: Store) -> None:
    with quarter.read() as view:
        found = list(mismatches(view))
    assert found[-1] == QUARTER
    assert all(isinstance(item, int) for item in found)


def test_that_everybody_acts_in_a_post_he_holds_and_desks_only_for_their_own_department(
    quarter: Store,
) -> None:
    with quarter.read() as view:
        staff = view.reference.staff
        lines = view.connection.exec_driver_sql("SELECT DISTINCT by, post FROM journal WHERE case_id > 0")
        acted = [(name, Post(post)) for name, post in lines if post]
    assert {post for _, post in acted} == set(Post)
    assert all(post in staff[name].posts for name, post in acted if post is not Post.SYSTEM)
