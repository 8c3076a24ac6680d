"""What the sets answer is what the rows say: before they are sealed, half sealed, and after more acts."""

import random
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import islice

import pytest
from pyroaring import BitMap
from sqlalchemy import Connection

from console.domain.actor import Post
from console.domain.case import Case, Fact, Flag, Source
from console.domain.flow import ENDED, State, Step
from console.domain.operation import Operation, Request
from console.domain.wanted import CaseFilter, Figure, Order
from console.queries import seeking
from console.queries.paging import queue_around, queue_beside, queue_count, queue_counts, queue_page
from console.runtime.sealing import sealed
from console.storage.sets import seal as blocks
from console.storage.sets.memory import Memory
from console.storage.sets.packed import Packed
from console.storage.unit import Store, View
from tests.cities import ERQI, ZHENGDONG
from tests.queries.population import CELLS, HANDLERS, KEYS, MOMENTS, NOW, SINCE, UNTIL, made, populate
from tests.storage.seats import add_case
from tests.whole_queue import queue_ids

COUNTS = (
    "accepted", "filed", "dispatched", "effective", "to_handle", "handled", "handled_in_time",
    "to_close", "closed", "closed_in_time", "reworked", "extended",
)  # fmt: skip


@pytest.fixture
def cases(city_store: Store, monkeypatch: pytest.MonkeyPatch) -> list[Case]:
    monkeypatch.setattr(blocks, "BLOCK_BITS", 7)  # 128 ids: 400 cases lie in four blocks
    monkeypatch.setattr("console.queries.arranged._THIN", 2)  # so that both rows and keys are sorted by
    monkeypatch.setattr("console.queries.arranged._FEW", 40)
    monkeypatch.setattr("console.runtime.sealing._CUTS", 8)  # a stretch of texts holds several, or one text
    monkeypatch.setattr("console.runtime.sealing.BLOCK_BITS", 7)
    monkeypatch.setattr("console.storage.sets.reading.BLOCK_BITS", 7)
    monkeypatch.setattr("console.storage.sets.reading.CHUNK", 50)
    return populate(city_store)


def seal(store: Store, pieces: int | None = None) -> None:
    """Seal whatever is loose, or do so many pieces of that work and break off."""
    list(islice(sealed(store, worth=1, loose=1), pieces))


def in_use(store: Store) -> bool:
    with store.read() as view, view.sets() as sets:
        return sets is not None


def asked(dice: random.Random) -> CaseFilter:
    """A filter of one to three conditions, in any order."""

    def span() -> timedelta:
        return timedelta(hours=dice.choice([1, 24, 48, 100]))

    every = {
        "step": lambda: dice.choice(list(Step)),
        "late": lambda: True,
        "late_times": lambda: dice.choice([0.25, 1, 2]),
        "due_within": span,
        "older_than": span,
        "newer_than": span,
        "reported_since": lambda: dice.choice(MOMENTS),
        "reported_until": lambda: dice.choice(MOMENTS),
        "ended_since": lambda: dice.choice(MOMENTS),
        "ended_until": lambda: dice.choice(MOMENTS),
        "department": lambda: dice.choice(["D105", "D103", "P01", "nobody"]),
        "division": lambda: dice.choice([ERQI, ZHENGDONG, "1"]),
        "cell": lambda: dice.choice(CELLS),
        "classes": lambda: dice.choice([KEYS[0], "part:", "%", "event_"]),
        "source": lambda: dice.choice(list(Source)),
        "text": lambda: dice.choice(["垃圾", "%", "a_b 井盖", "金水区城管局"]),
        "figure": lambda: Figure(
            dice.choice(COUNTS), SINCE, UNTIL, dice.choice(["area", "district", "department"]),
            dice.choice([None, None, ERQI, ZHENGDONG, "D105"]),
        ),
        "states": lambda: tuple(dice.sample(list(State), 2)),
        "request": lambda: Request.EXTENSION,
        "flag": lambda: dice.choice([Flag.URGENT, Flag.EXEMPT]),
        "handler": lambda: dice.choice(HANDLERS[3:]),
        "posts": lambda: (dice.choice(list(Post)),),
    }  # fmt: skip
    told = {name: every[name]() for name in dice.sample(sorted(every), dice.choice([1, 1, 2, 3]))}
    return CaseFilter(
        **told,
        everything=dice.random() < 0.7,
        order=dice.choice(list(Order)),
        descending=dice.random() < 0.5,
    )


def filters(seed: int, number: int) -> Iterator[CaseFilter]:
    dice = random.Random(seed)
    for at, order in enumerate(Order, seed):  # the other way round for every second seed
        yield CaseFilter(everything=True, order=order, descending=at % 2 == 0)
        yield replace(asked(dice), order=order, descending=at % 2 == 1)
    for _one in range(number):
        yield asked(dice)


def compare(store: Store, seed: int, number: int = 60) -> None:
    """Each answer beside the whole list that plain SQL sorts."""
    dice = random.Random(seed)
    asked = list(filters(seed, number))
    with store.read() as view:
        whole = [list(queue_ids(view, wanted, NOW)) for wanted in asked]
        assert queue_counts(view, asked, NOW) == list(map(len, whole))
        for wanted, listed in zip(asked, whole, strict=True):
            pages(view, wanted, listed, dice)


def pages(view: View, wanted: CaseFilter, listed: list[int], dice: random.Random) -> None:
    found: list[int] = []
    page = queue_page(view, wanted, NOW, 0, 61)
    while page.rows:
        assert page.first == len(found)
        found += [row.id for row in page.rows]
        last = page.rows[-1]
        page = queue_beside(view, wanted, NOW, last, page.first + len(page.rows) - 1, 61, before=False)
    assert found == listed, wanted
    for at in (*dice.sample(range(len(listed)), min(3, len(listed))), len(listed)):
        page = queue_page(view, wanted, NOW, at, 20)
        assert (page.first, [row.id for row in page.rows]) == (at, listed[at : at + 20]), wanted
        if page.rows:
            before = queue_beside(view, wanted, NOW, page.rows[0], at, 30, before=True)
            assert [row.id for row in before.rows] == listed[max(0, at - 30) : at], wanted
            around = queue_around(view, wanted, NOW, listed[at], 7)
            assert around is not None
            assert around.rows[at - around.first].id == listed[at], wanted


def acts(store: Store, dice: random.Random) -> None:
    """Cases end, are opened again, change their places in every order, and new ones come."""
    with store.write() as unit:
        for case_id in dice.sample(range(1, 401), 60):
            case = unit.cases.by_id(case_id)
            other = made(case_id, dice)
            names = ("state", "department", "current_due_at", "due_at", "ended_at", "fed_back_at", "flags",
                     "address", "cell", "class_key", "reported_at", "reworks", "handler", "description",
                     "source", "street", "responsibility_grid", "limit_value", "limit_unit", "extensions",
                     "returns", "suspended_until")  # fmt: skip
            changes = {name: getattr(other, name) for name in names}
            fact = Fact(case.version + 1, Operation.RECLOCK, NOW, "甲", changes)
            unit.save(replace(case, **changes, version=fact.number), fact)
        for number in range(5):
            case = made(1000 + number, dice)
            case = replace(case, code=f"new{dice.random()}", external_id="", version=1)
            from console.domain.case import opening

            unit.add(case, opening(case, operation=Operation.IMPORT, at=NOW, by="甲"))


def test_that_the_sets_answer_as_the_rows_do(city_store: Store, cases: list[Case]) -> None:
    assert any(case.state in ENDED for case in cases)
    assert not in_use(city_store)
    compare(city_store, 1, 15)
    seal(city_store)
    assert in_use(city_store)
    compare(city_store, 2)


def test_that_sets_in_one_piece_are_weighed_as_they_are_kept() -> None:
    """Each with one case in each of 49 pieces, as a value that a few of three million cases have."""
    weighed = (
        "import psutil\n"
        "from pyroaring import BitMap\n"
        "from console.storage.sets.packed import Packed\n"
        "thin, this = BitMap(range(0, 49 * 65_536, 65_536)).serialize(), psutil.Process()\n"
        "before = this.memory_info().rss\n"
        "kept = [Packed((f'{at:08}{each:024}', thin) for at in range(1000)) for each in range(20)]\n"
        "print(this.memory_info().rss - before, sum(one.weight for one in kept))\n"
    )
    # A process of its own: in this one there may be room that was freed before, and nothing would grow.
    told = subprocess.run([sys.executable, "-c", weighed], capture_output=True, text=True, check=True)
    held, weight = map(int, told.stdout.split())
    assert held / 1.5 < weight < 1.5 * held


def test_that_sets_in_one_piece_are_those_that_went_in() -> None:
    dice = random.Random(11)
    blocks_ = [
        {f"v{value}": BitMap(dice.sample(range(block << 17, block + 1 << 17), 50)) for value in range(9)}
        for block in range(4)
    ]
    packed = Packed((value, ids.serialize()) for one in blocks_ for value, ids in one.items())
    for value in blocks_[0]:
        assert packed.get(value) == BitMap.union(*(one[value] for one in blocks_))
    found = packed.get("v3")
    assert found is not None
    found.clear()  # the caller's own
    assert packed.get("v3") == BitMap.union(*(one["v3"] for one in blocks_))
    assert packed.get("v9") is None


@pytest.mark.parametrize(("most", "reads"), [(1, ["state", "due", "state"]), (10_000_000, ["state", "due"])])
def test_that_what_was_not_asked_for_longest_makes_room_and_is_read_again(
    city_store: Store, cases: list[Case], monkeypatch: pytest.MonkeyPatch, most: int, reads: list[str]
) -> None:
    monkeypatch.setattr("console.storage.sets.memory._MOST_BYTES", most)
    seal(city_store)
    read: list[str] = []

    def told(connection: Connection, dimension: str) -> Iterator[tuple[str, bytes]]:
        read.append(dimension)
        return blocks.kept_sets(connection, dimension)

    monkeypatch.setattr("console.storage.sets.memory.kept_sets", told)
    with city_store.read() as view:
        memory = Memory()
        values = sorted(memory.values(view.connection, "state"))
        memory.keep(view.connection, "state")
        first = [memory.one(view.connection, "state", value) for value in values]
        assert all(first)
        memory.keep(view.connection, "due")
        memory.keep(view.connection, "state")
        assert [memory.one(view.connection, "state", value) for value in values] == first
    assert read == reads
    monkeypatch.setattr("console.storage.sets.memory.kept_sets", blocks.kept_sets)
    compare(city_store, seed=5)


def test_that_later_acts_are_told_before_they_are_sealed_and_after(
    city_store: Store, cases: list[Case]
) -> None:
    assert cases
    dice = random.Random(5)
    seal(city_store)
    for round_ in range(3):
        acts(city_store, dice)
        assert in_use(city_store)
        compare(city_store, 10 + round_, 30)
        seal(city_store, dice.randint(1, 60))  # broken off somewhere
        compare(city_store, 20 + round_, 20)
        acts(city_store, dice)
        seal(city_store)
        compare(city_store, 30 + round_, 30)


def test_that_a_sealing_broken_off_at_any_moment_is_gone_on_with(
    city_store: Store, cases: list[Case]
) -> None:
    assert cases
    for pieces in range(1, 40, 7):
        seal(city_store, pieces)
        compare(city_store, 40 + pieces, 4)
        add_case(city_store, f"more{pieces}")
    seal(city_store)
    assert in_use(city_store)
    compare(city_store, 50)


def test_that_a_view_older_than_the_sets_is_answered_by_its_own_rows(
    city_store: Store, cases: list[Case]
) -> None:
    assert cases
    seal(city_store)
    every = CaseFilter(everything=True)
    with city_store.read() as old:
        before = seeking.count(old, every, NOW)
        add_case(city_store, "later")
        with city_store.read() as young:
            assert queue_count(young, every, NOW) == before + 1
        assert queue_count(old, every, NOW) == before
    with city_store.write() as unit:
        assert queue_count(unit, every, NOW) == before + 1
