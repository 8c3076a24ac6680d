"""The past of a day of 10,000 cases: read, looked up, scrubbed in the real window, filmed; and a naive fold.

    python -m tests.perf replay

The naive fold is what there would be without the arrays: every journal of the store folded for one
second. REPLAY_STORE names another data folder, such as a year store of tests.perf.year_store; its day is
then the one in the middle of its history.
"""

import os
import random
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from console.adapters.demo.city import demo_city
from console.adapters.demo.history import Span, write_history
from console.domain.case import fold
from console.domain.flow import ENDED
from console.domain.replay import Period
from console.queries.map import CityMap, city_map
from console.queries.past import Past
from console.queries.replay import journal_span, read_past
from console.runtime.bootstrap import open_desk
from console.runtime.film import Film, Scene, make_film
from console.services.city import load_city
from console.storage import journal
from console.storage.engine import database_url
from console.storage.unit import Store, View
from tests.perf.borrowed import borrowed
from tests.perf.demo_store import UNTIL
from tests.perf.figures import percentile, record
from tests.perf.page_child import child_of, main

DAYS, A_DAY = 5, 10_000
LOOKS, SCRUBS = 1000, 60
WARM = 5  # the first ones fill an empty map, and find nothing to keep
FILMED = timedelta(hours=6)
SIZE = (1280, 720)
WINDOW = (1920, 1080)
SETTLED_S = 0.3
SEED = 7


def records() -> Iterator[dict[str, object]]:
    """One record per figure."""
    kept = Path(os.environ.get("REPLAY_STORE") or dense_store())
    with borrowed(kept) as folder:
        store = Store(database_url(None, folder), folder / "evidence")
        store.prepare()
        with store.read() as view:
            yield from _measured(view, folder)
        store.close()


def _measured(view: View, folder: Path) -> Iterator[dict[str, object]]:
    day = _day(view)
    before = _memory()
    past, read_s = _timed(lambda: read_past(view, day))
    yield record("replay: read a day", "s", read_s, None, None)
    yield record("replay: cases of that day and before", "cases", len(past.ids), None, None)
    yield record("replay: the day in memory", "MB", past.size / 2**20, None, None)
    yield record("replay: memory for reading it", "MB", _memory() - before, None, None)
    dice = random.Random(SEED)
    moments = [day.at_share(dice.random()) for _ in range(LOOKS)]
    looks = [1000 * _timed(lambda at=at: _look(past, at))[1] for at in moments]
    named = bool(os.environ.get("REPLAY_STORE"))  # such a store takes minutes to fold
    fold_ms = None if named else 1000 * _timed(lambda: _naive(view, moments[0]))[1]
    for share, name in ((0.5, "p50"), (0.95, "p95"), (0.99, "p99")):
        yield record(f"replay: state at a second {name}", "ms", percentile(looks, share), fold_ms, 100)
    scrub = child_of("tests.perf.replay", str(folder), day.since.isoformat())
    yield record("replay: scrub to painted p50", "ms", percentile(scrub, 0.5), None, None)
    yield record("replay: scrub to painted p95", "ms", percentile(scrub, 0.95), None, 100)
    city = city_map(view)
    for kind in ("film.webm", "pictures"):
        yield record(f"replay: {kind} 1280x720", "frames/s", _filmed(past, city, kind), None, None)


def _filmed(past: Past, city: CityMap, kind: str) -> float:
    """Pictures a second, with what is made once."""
    since = past.period.since
    with tempfile.TemporaryDirectory() as place:
        film = Film(since, since + FILMED, 3600, Scene(*SIZE), Path(place) / kind)
        number, took = _timed(lambda: make_film(past, city, film))
    return number / took


def _look(past: Past, at: datetime) -> None:
    """All that is shown of a second: cells, lamps, steps."""
    moment = past.at(at)
    moment.counts()
    moment.steps()


def _naive(view: View, at: datetime) -> int:
    """How many cases were open: every journal folded up to the second."""
    number = 0
    for _case_id, facts in journal.every_case(view.connection):
        told = [fact for fact in facts or () if fact.at <= at]
        number += bool(told) and fold(told).state not in ENDED
    return number


def child(folder: str, day: str) -> list[float]:
    """The times, ms, of SCRUBS random seconds of a day in the real window, its page of the past as it comes.

    From the hand on the line of time to the second frame after the page has drawn: then the picture is seen.
    """
    from tests.perf.open_window import opened_window, pass_time, until

    times: list[float] = []
    dice = random.Random(SEED)
    with opened_window(Path(folder)) as opened:
        opened.window.resize(*WINDOW)
        opened.window.pages.turn("replay")
        page = opened.window.charting.replaying.page
        until(lambda: page.past is not None and page.map.courier.is_open and _at_rest(page))
        chosen = datetime.fromisoformat(day).astimezone(page._zone).date()
        before = page.past
        page.choose_days(chosen, chosen)
        until(lambda: page.past is not before and _at_rest(page))
        page.map.run_script(_HEARD_WHEN_SEEN)
        period = page.past.period
        for number in range(WARM + SCRUBS):
            at = period.at_share(dice.random())
            begun = time.perf_counter()
            page.timeline.sought.emit(at)
            until(lambda at=at: page.shown.at == at and _at_rest(page))
            if number >= WARM:
                times.append(1000 * (time.perf_counter() - begun))
            pass_time(SETTLED_S)
        gone: list[bool] = []
        page.ended.connect(lambda: gone.append(True))
        page.rest()
        until(lambda: gone)
    return times


def _at_rest(page: Any) -> bool:
    """Whether what was wished is drawn, and the page has said that it heard of it."""
    return bool(
        page.drawing.idle and not page.clicks.busy and page._on_map is page.shown and page.map.courier.idle
    )


# The page says that it has heard only when two frames have gone by: the first of them brings the picture.
_HEARD_WHEN_SEEN = """
const { grid } = gridConsole;
const take = grid.take.bind(grid);
grid.take = async (news) => {
  await take(news);
  for (let k = 0; k < 2; k++) await new Promise(requestAnimationFrame);
};
"""


def dense_store() -> Path:
    """The demo city with days of 10,000 cases, built once and kept beside the demo store."""
    folder = Path(tempfile.gettempdir()) / f"grid-console-perf-dense-{A_DAY}-{DAYS}"
    if not (folder / "console.sqlite").exists():
        fresh = Path(tempfile.mkdtemp(prefix="grid-console-perf-"))
        desk = open_desk(fresh, None)
        try:
            desk.do_now(load_city, demo_city(), by="演示", at=UNTIL)
            desk.do_now(write_history, Span(UNTIL, count=A_DAY * DAYS, days=DAYS))
        finally:
            desk.close()
        fresh.rename(folder)
    return folder


def _day(view: View) -> Period:
    """The last whole day; in a store that was named, the day in the middle of its history."""
    span = journal_span(view)
    assert span is not None
    if os.environ.get("REPLAY_STORE"):
        middle = span[0] + (span[1] - span[0]) / 2
        return Period(middle, middle + timedelta(days=1))
    return Period(UNTIL - timedelta(days=1), UNTIL)


def _memory() -> float:
    """The most this process ever had, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    begun = time.perf_counter()
    found = work()
    return found, time.perf_counter() - begun


if __name__ == "__main__":
    main(records, child, application=False)
