"""The command line per key: a line of the parser's set read and completed with the words of the demo city."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from console.command.city_lexicon import city_lexicon
from console.command.completion import completions
from console.command.reader import read
from console.runtime.bootstrap import open_desk
from tests.command.test_queries import queries
from tests.perf.demo_store import UNTIL, copy_of_store
from tests.perf.figures import percentile, record

MOST_MS = 30.0


def records() -> Iterator[dict[str, object]]:
    """Every beginning of every line, as it is typed; and how long the words take to be made ready."""
    with TemporaryDirectory() as folder:
        desk = open_desk(copy_of_store(Path(folder)), None)
        try:
            began = perf_counter()
            lexicon, vocabulary = desk.ask_now(city_lexicon, "演示", {})
            yield record("command line, words made ready", "ms", _ms(began), None, None)
            lines = [query[:end] for query, _meaning in queries() for end in range(1, len(query) + 1)]
            times = []
            now: datetime = UNTIL
            for line in lines:
                began = perf_counter()
                read(line, lexicon, now)
                completions(line, lexicon, vocabulary)
                times.append(_ms(began))
        finally:
            desk.close()
    for share in (0.5, 0.95, 0.99):
        name = f"command line, a key, p{share * 100:.0f}"
        yield record(name, "ms", percentile(times, share), None, MOST_MS)


def _ms(began: float) -> float:
    return (perf_counter() - began) * 1000
