"""The text index is brought up by itself, block by block, and what is killed in between is done again."""

import asyncio
from dataclasses import replace

import pytest

from console.domain.wanted import CaseFilter
from console.queries.text_index import Progress, index_faults, index_progress, read_block
from console.queries.verify import Mismatch
from console.runtime import text_index
from console.runtime.desk import Desk
from console.runtime.text_index import bring_up, keep_text_index, wanted
from console.services.text_index import begin_keeping, end_keeping, keep_pages, note_told, pieces
from console.storage.text import index
from console.storage.text.block import IDS
from console.storage.unit import View
from tests.queries.population import NOW, populate
from tests.text_hits import text_hits
from tests.whole_queue import queue_ids

FAR = 5 * IDS


def far(**changes: object) -> Progress:
    return replace(Progress(100, 100, FAR + 3000, 4, [], {}), **changes)  # type: ignore[arg-type]  by name


def test_that_the_newest_missing_block_comes_first_and_a_begun_one_waits() -> None:
    assert wanted(far(missing=[0, 2, 5])) == 5
    assert wanted(far(missing=[0, 2, 5], last_case=FAR + 10)) == 2
    assert wanted(far()) is None


def test_that_a_block_is_read_again_when_enough_of_it_is_told_anew() -> None:
    few = text_index.READ_AT - 1
    assert wanted(far(stale={3: few})) is None
    assert wanted(far(stale={3: few + 1, 1: 5})) == 3
    assert wanted(far(stale=dict.fromkeys(range(5), few))) is not None
    assert wanted(far(stale={5: 5 * few}, missing=[5], last_case=FAR + 10)) is None


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if a handful of cases were many."""
    for name, value in (("LOOK_SECONDS", 0.01), ("BREATH_SECONDS", 0.0), ("SMALL", 100), ("NOTED_AT", 20)):
        monkeypatch.setattr(text_index, name, value)
    monkeypatch.setattr(text_index, "READ_AT", 50)


def complete(found: Progress) -> bool:
    return found.read == 1 and not found.missing and sum(found.stale.values()) < 50 and found.unseen < 20


async def kept_up(desk: Desk) -> Progress:
    """The index after the job had time to do all it wants to."""
    work = asyncio.create_task(keep_text_index(desk))
    try:
        while not complete(found := desk.ask_now(index_progress)):
            assert not work.done()
            await asyncio.sleep(0.01)
    finally:
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)
    return found


@pytest.mark.usefixtures("quick")
def test_that_the_index_follows_the_cases_by_itself(desk: Desk) -> None:
    populate(desk.store, 300)
    assert asyncio.run(kept_up(desk)).last_case == 300
    before = desk.ask_now(text_hits, "垃圾")
    populated = len(before or ())
    assert populated == len(desk.ask_now(queue_ids, CaseFilter(text="垃圾", everything=True), NOW)) > 0


@pytest.mark.usefixtures("quick")
def test_that_a_small_store_has_no_index(desk: Desk) -> None:
    populate(desk.store, 60)

    async def look() -> None:
        work = asyncio.create_task(keep_text_index(desk))
        await asyncio.sleep(0.2)
        work.cancel()

    asyncio.run(look())
    assert desk.ask_now(index_progress).seen is None


def test_that_what_was_stopped_is_completed_later(desk: Desk) -> None:
    populate(desk.store, 200)
    steps = bring_up(desk, anew=True)
    next(steps)
    steps.close()
    found = [*bring_up(desk)][-1] if not complete(desk.ask_now(index_progress)) else None
    assert complete(found or desk.ask_now(index_progress))
    assert [*bring_up(desk, anew=True)][-1].read == 1


def test_that_searches_are_exact_while_a_block_is_put_in_its_place_piece_by_piece(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "PIECE", 1)
    populate(desk.store, 300)
    desk.do_now(note_told, 5000)
    list(bring_up(desk))
    block = desk.ask_now(read_block, 0)
    found = desk.ask_now(queue_ids, WANTED, NOW)

    def exact() -> bool:
        return desk.ask_now(queue_ids, WANTED, NOW) == found and not list(desk.ask_now(index_faults_told))

    assert found
    assert len(pieces(block)) > 1
    assert desk.do_now(begin_keeping, block, "one")
    assert exact()
    assert desk.ask_now(index_progress).missing == [0]
    for first in pieces(block):
        assert desk.do_now(keep_pages, block, "one", first)
        assert exact()
    assert desk.do_now(end_keeping, block, "one")
    assert exact()
    assert not desk.ask_now(index_progress).missing


def test_that_of_two_seats_that_put_the_same_block_the_later_one_does(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "PIECE", 1)
    populate(desk.store, 300)
    desk.do_now(note_told, 5000)
    block = desk.ask_now(read_block, 0)
    assert desk.do_now(begin_keeping, block, "one")
    assert desk.do_now(keep_pages, block, "one", 0)
    assert desk.do_now(begin_keeping, block, "other")
    assert not desk.do_now(keep_pages, block, "one", 1)
    assert not desk.do_now(end_keeping, block, "one")
    for first in pieces(block):
        assert desk.do_now(keep_pages, block, "other", first)
    assert desk.do_now(end_keeping, block, "other")
    assert not list(desk.ask_now(index_faults_told))
    assert desk.ask_now(index_progress).read == 1


WANTED = CaseFilter(text="垃圾", everything=True)


def index_faults_told(view: View) -> list[Mismatch]:
    return list(index_faults(view))
