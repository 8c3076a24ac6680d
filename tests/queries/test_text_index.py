"""What is searched is what the texts say, whatever the index has read of them so far."""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from sqlalchemy import text

from console.domain.case import Case, Fact, Source, opening
from console.domain.flow import State
from console.domain.operation import Operation
from console.domain.wanted import CaseFilter
from console.queries.text_index import index_faults, index_progress, read_block
from console.services.text_index import begin_anew, keep_block, note_told
from console.storage.text.block import IDS
from console.storage.unit import Store
from tests.lives import BY, MONDAY
from tests.queries.population import NOW
from tests.text_hits import text_hits
from tests.whole_queue import queue_ids

ALPHABET = "井盖路口垃圾中原１号Ｋkf3a%_'\\-]^[*?😀𠮷é\n　 。，"
PIECES = (
    "井盖",
    "共享单车",
    "KFC",
    "ｋｆｃ",
    "中原路123号",
    "１２３",
    "'; --",
    "a_b",
    "😀😀",
    "100%",
    "\n",
    "[a-z]",
    "",
)


def folded(text: str) -> str:
    """By hand: the full width forms of ASCII, and capital letters of ASCII."""
    half = "".join(chr(ord(one) - 0xFEE0) if "！" <= one <= "～" else one for one in text)
    return "".join(one.lower() if one.isascii() else one for one in half)


class World:
    """A store and, beside it, what its texts are."""

    def __init__(self, store: Store, seed: int) -> None:
        self.store, self.dice, self.cases = store, random.Random(seed), dict[int, Case]()
        self._number = 0

    def text(self) -> str:
        if self.dice.random() < 0.3:
            return "".join(self.dice.choices(PIECES, k=self.dice.randint(0, 6)))
        return "".join(self.dice.choices(ALPHABET, k=self.dice.choice([0, 1, 3, 30, 300])))

    def made(self, description: str | None = None) -> tuple[Case, Fact]:
        self._number += 1
        case = Case(
            f"20260309{self._number:05d}",
            self.dice.choice([State.REPORTED, State.CLOSED]),
            Source.HOTLINE,
            self.text() if description is None else description,
            MONDAY,
            address=self.text(),
            external_id=self.dice.choice(["", f"sf:{self._number}"]),
        )
        fact = opening(case, operation=Operation.IMPORT, at=MONDAY, by=BY)
        return replace(case, version=1), fact

    def add(self, count: int) -> None:
        with self.store.write() as unit:
            for _ in range(count):
                case, fact = self.made()
                case_id = unit.add(case, fact)
                self.cases[case_id] = replace(case, id=case_id)

    def add_at(self, first: int, count: int) -> None:
        """Whole lives with ids given to them, as imports of a history do."""
        lives = []
        for case_id in range(first, first + count):
            case, fact = self.made()
            self.cases[case_id] = replace(case, id=case_id)
            lives.append((self.cases[case_id], [fact]))
        with self.store.write() as unit:
            unit.cases.add_many(lives)

    def tell(self, case_id: int, **changes: str) -> None:
        """Another text for a case, or an act that tells none."""
        case = self.cases[case_id]
        fact = Fact(case.version + 1, Operation.MARK, MONDAY, BY, changes or {"reporter": self.text()})
        self.cases[case_id] = replace(case, **changes, version=fact.number)
        with self.store.write() as unit:
            unit.save(self.cases[case_id], fact)

    def change(self) -> None:
        before = {case_id: self.cases[case_id] for case_id in self.dice.sample(sorted(self.cases), 8)}
        for case_id, case in before.items():
            what = self.dice.choice(["description", "address", "nothing", "back"])
            self.tell(
                case_id, **({} if what == "nothing" else {what.replace("back", "address"): self.text()})
            )
            if what == "back":  # what an undo does
                self.tell(case_id, address=case.address)

    def read(self, number: int) -> bool:
        with self.store.read() as view:
            block = read_block(view, number)
        with self.store.write() as unit:
            return keep_block(unit, block)

    def note(self, most: int = 1_000_000) -> int:
        with self.store.write() as unit:
            return note_told(unit, most)

    def words(self, count: int) -> Iterator[str]:
        every = list(self.cases.values())
        for _ in range(count):
            case = self.dice.choice(every)
            said = self.dice.choice([case.description, case.address, case.code, case.external_id])
            begin = self.dice.randrange(len(said) + 1)
            yield said[begin : begin + self.dice.choice([1, 1, 2, 2, 3, 4, 5, 8, 13, 20])]
        yield from (
            "%",
            "_",
            "'; --",
            "a_b",
            "[",
            "]",
            "^",
            "-",
            "*",
            "?",
            "\\",
            "😀",
            "没有",
            "KFC",
            "17",
            "0017",
        )

    def says(self, case: Case, asked: str) -> bool:
        texts = [folded(one) for one in (case.description, case.address, case.code, case.external_id)]
        return all(any(folded(word) in one for one in texts) for word in asked.split())

    def check(self, count: int = 60) -> None:
        with self.store.read() as view:
            for asked in self.words(count):
                hits = text_hits(view, asked)
                by_hand = {case_id for case_id, case in self.cases.items() if self.says(case, asked)}
                assert hits is None if not asked.split() else set(hits or ()) == by_hand, asked
                listed = queue_ids(view, CaseFilter(text=asked, everything=True), NOW)
                assert set(listed) == by_hand, asked


@pytest.fixture
def world(city_store: Store) -> World:
    return World(city_store, 11)


def test_that_a_search_is_exact_before_during_and_after_indexing(world: World) -> None:
    world.add(150)
    world.check()
    world.note()
    world.check(20)
    assert world.read(0)
    world.check()
    for _ in range(4):
        world.add(10)
        world.change()
        world.check(30)
        world.note(world.dice.randint(1, 40))
        world.change()
        world.check(30)
        if world.dice.random() < 0.5:
            world.read(0)
    world.note()
    world.read(0)
    world.check()
    with world.store.read() as view:
        assert list(index_faults(view)) == []


def test_that_blocks_meet_without_a_gap(world: World) -> None:
    world.add_at(IDS - 40, 80)
    world.add_at(3 * IDS - 5, 10)
    world.note()  # what is there when the index begins lies in no block, and is told anew by nobody
    for number in (1, 3, 0, 2):
        world.check(20)
        world.read(number)
    world.check()
    with world.store.read() as view:
        found = index_progress(view)
    assert (found.read, list(found.missing), sum(found.stale.values())) == (4, [], 0)


def test_that_a_block_read_while_others_write_is_no_older_than_it_says(world: World) -> None:
    world.add(50)
    world.note()
    with world.store.read() as view:
        block = read_block(view, 0)
    world.change()
    world.add(5)
    world.note()
    with world.store.write() as unit:
        assert keep_block(unit, block)
    world.check()
    assert world.read(0)
    with world.store.write() as unit:
        assert not keep_block(unit, block), "an earlier reading must not take the place of a later one"
    world.check()


def test_that_a_text_as_long_as_a_file_is_searched_too(world: World) -> None:
    world.note()
    for description in (
        "井" * 100_000 + "盖",
        "垃" * 255 + "圾",
        "x" * 256 + "井盖",
        "路口" * 3000,
        "盖井" + "路" * 254,
    ):
        case, fact = world.made(description)
        with world.store.write() as unit:
            case_id = unit.add(case, fact)
        world.cases[case_id] = replace(case, id=case_id)
    world.add(30)
    world.read(0)
    world.check(100)
    with world.store.read() as view:
        for asked in ("井盖路", "垃圾路", "井盖", "路盖井", "口路口路", "xx井", "圾"):
            assert set(text_hits(view, asked) or ()) == {
                case_id for case_id, case in world.cases.items() if world.says(case, asked)
            }


class PowerError(Exception):
    """The power switch."""


@pytest.mark.parametrize("step", ["note", "keep", "anew"])
def test_that_what_breaks_off_leaves_the_index_as_it_was(world: World, step: str) -> None:
    world.add(60)
    world.note()
    world.read(0)
    world.change()
    with world.store.read() as view:
        block, before = read_block(view, 0), index_progress(view)
    acts: dict[str, Callable[..., object]] = {
        "note": lambda unit: note_told(unit, 10),
        "keep": lambda unit: keep_block(unit, block),
        "anew": begin_anew,
    }

    def broken_off() -> None:
        with world.store.write() as unit:
            acts[step](unit)
            raise PowerError

    with pytest.raises(PowerError):
        broken_off()
    with world.store.read() as view:
        assert index_progress(view) == before
    world.check(30)
    world.note()
    world.read(0)
    world.check(30)


def test_that_a_damaged_block_is_found_and_made_whole(world: World) -> None:
    world.add(60)
    world.note()
    world.read(0)
    with world.store.read() as view:
        assert list(index_faults(view)) == []
    case_id = next(iter(world.cases))
    with world.store.write() as unit:  # past the journal
        unit.connection.execute(text("UPDATE cases SET address = '另一处' WHERE id = :id"), {"id": case_id})
    with world.store.read() as view:
        assert [(one.code, one.problem) for one in index_faults(view)] == [
            (world.cases[case_id].code, "index_differs")
        ]
    with world.store.write() as unit:
        unit.connection.execute(text("UPDATE text_pages SET data = :data"), {"data": b"\1\0\0\0"})
    with world.store.read() as view:
        assert world.cases[case_id].code in {one.code for one in index_faults(view)}
    world.cases[case_id] = replace(world.cases[case_id], address="另一处")
    world.check(10)
    with world.store.write() as unit:
        unit.connection.execute(text("DELETE FROM text_pages"))
    world.check(10)
    with world.store.write() as unit:
        begin_anew(unit)
    world.check(10)
    world.read(0)
    world.check(30)
    with world.store.read() as view:
        assert list(index_faults(view)) == []
