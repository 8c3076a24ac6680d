"""A case's whole life of nine operations, one durable transaction each, beside bare sqlite3 and Roundup."""

import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import event

from console.domain.case import Source
from console.domain.operation import Operation
from console.domain.report import Report
from console.queries.city import city_lists
from console.queries.map import map_points
from console.runtime.desk import Desk
from console.services.collection import register_report
from console.services.steps import NOTHING, Told, take_step
from console.storage.engine import database_url
from console.storage.unit import Store
from tests.perf import roundup_tracker
from tests.perf.bare_writer import Bare, Write, journal_end, written_since
from tests.perf.demo_store import UNTIL, copy_of_store
from tests.perf.figures import record

# Of one round, long enough for its share of checkpoints; product, bare and Roundup take turns, for the
# machine is not the same all the time.
LIVES = 100
ROUNDS = 7
OPERATIONS = 9
CLASS = "暴露垃圾"
BY = "操作员"
# The targets, as shares of the other's speed.
OF_BARE = {"FULL": 0.45, "NORMAL": 0.35}
OF_ROUNDUP = 2.0


class Product:
    """A store whose operators live through cases."""

    def __init__(self, data: Path, synchronous: str) -> None:
        self.file = data / "console.sqlite"
        store = Store(database_url(None, data))
        pragma = f"PRAGMA synchronous={synchronous}"
        event.listen(store.engine, "connect", lambda driver, _record: driver.execute(pragma))
        store.prepare()
        self.desk = Desk(store)
        lists = self.desk.ask_now(city_lists)
        self._key = next(item.key for item in lists.classes if item.name == CLASS)
        self._department = lists.departments[0].code
        self._points = self.desk.ask_now(map_points)
        self._lives = 0
        self.live()  # the first one builds the point index

    def live(self) -> None:
        """One life, from the report to the closing."""
        self._lives += 1
        at = UNTIL + timedelta(minutes=self._lives)
        point = self._points[self._lives % len(self._points)]
        report = Report(
            Source.HOTLINE, "人行道上有成堆垃圾", self._key, point.lon, point.lat, "大学路 1 号", "王"
        )
        case = self.desk.do_now(register_report, report, by=BY, at=at)
        for number, (operation, told) in enumerate(self._steps(), 1):
            at += timedelta(seconds=number)
            case = self.desk.do_now(take_step, case.code, operation, told, by=BY, at=at)

    def _steps(self) -> Iterator[tuple[Operation, Told]]:
        yield Operation.ACCEPT, NOTHING
        yield Operation.FILE, Told(condition=1)
        yield Operation.DISPATCH, Told(department=self._department)
        yield Operation.RECEIVE, NOTHING
        yield Operation.FEED_BACK, Told(note="已清理干净")
        yield Operation.CHECK, NOTHING
        yield Operation.PASS_CHECK, NOTHING
        yield Operation.CLOSE, NOTHING


def records() -> Iterator[dict[str, object]]:
    """Milliseconds for one life, median over rounds; the ratio is the median of the rounds' own ratios."""
    with tempfile.TemporaryDirectory() as folder:
        for synchronous, share in OF_BARE.items():
            yield from _beside_bare(Path(folder) / synchronous, synchronous, share)
        yield from _beside_roundup(Path(folder) / "roundup")


def _beside_bare(folder: Path, synchronous: str, share: float) -> Iterator[dict[str, object]]:
    folder.mkdir()
    data = copy_of_store(folder)
    shutil.copyfile(data / "console.sqlite", folder / "bare.sqlite")
    last = journal_end(folder / "bare.sqlite")
    product, bare = Product(data, synchronous), Bare(folder / "bare.sqlite", synchronous)
    _written(bare, written_since(product.file, last))
    pairs = []
    for _round in range(ROUNDS):
        last = journal_end(product.file)
        ours = _timed(partial(_repeated, product.live))
        writes = written_since(product.file, last)
        if len(writes) != LIVES * OPERATIONS:
            raise ValueError(f"{len(writes)} lines were written, not {LIVES * OPERATIONS}")
        pairs.append((ours, _timed(partial(_written, bare, writes))))
    product.desk.close()
    bare.close()
    yield _compared(f"whole life, {synchronous}, beside bare sqlite3", pairs, 1 / share)


def _beside_roundup(folder: Path) -> Iterator[dict[str, object]]:
    name = "whole life, FULL, beside Roundup"
    folder.mkdir()
    if not roundup_tracker.installed():
        yield record(f"{name}: not installed (pip install '.[perf]')", "ms", 0.0, None, None)
        return
    product = Product(copy_of_store(folder), "FULL")
    with roundup_tracker.opened(folder / "tracker", product.file) as tracker:
        pairs = [
            (_timed(partial(_repeated, product.live)), _timed(partial(_repeated, tracker.live)))
            for _round in range(ROUNDS)
        ]
    product.desk.close()
    yield _compared(name, pairs, 1 / OF_ROUNDUP)


def _compared(name: str, pairs: list[tuple[float, float]], target: float) -> dict[str, object]:
    ours = statistics.median(ours for ours, _theirs in pairs)
    ratio = statistics.median(ours / theirs for ours, theirs in pairs)
    return record(name, "ms", ours, ours / ratio, round(target, 3), of_ratio=True)


def _repeated(live: Callable[[], None]) -> None:
    for _life in range(LIVES):
        live()


def _written(bare: Bare, writes: Sequence[Write]) -> None:
    for one in writes:
        bare.write(one)


def _timed(work: Callable[[], object]) -> float:
    """Milliseconds for one of LIVES lives."""
    began = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - began) / LIVES
