"""The one door to the store: do (change), ask (look), listen (what changed).

Changes run on one writing thread in the order they were asked; looks run on reading threads and see
what was committed before them. Listeners are called on the loop's thread after the commit.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Concatenate, ParamSpec, TypeVar

from console.domain.errors import Refused
from console.storage.unit import Changes, Store, Unit, View

__all__ = ["Changes", "Desk"]

P = ParamSpec("P")
T = TypeVar("T")

REMEMBERED = 20_000  # own acts that the watch must not tell a second time
READERS = 2  # a board over a quarter must not hold back the row that was clicked

Listener = Callable[[Changes], None]


class Desk:
    """The door for one opened store. `close` waits for what is being written.

    `trouble` is why the store did not answer the last time, None where it did.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="desk-writes")
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="desk-reads")
        self._glances = ThreadPoolExecutor(1, thread_name_prefix="desk-glances")
        self._answered = time.monotonic()
        self.trouble: Refused | None = None
        self._listeners: list[Listener] = []
        self._written: OrderedDict[int, int] = OrderedDict()
        self._last_works: list[Callable[[], None]] = []
        self._unanswered = 0

    def listen(self, listener: Listener) -> None:
        self._listeners.append(listener)

    async def do(self, service: Callable[Concatenate[Unit, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a service in one transaction. Raises Refused as the service does; then nothing changed."""
        result, changes = await self._on(self._writer, lambda: self._done(service, *args, **kwargs))
        self.publish(changes)
        return result

    async def ask(self, query: Callable[Concatenate[View, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a query on one consistent view."""
        return await self._on(self._readers, lambda: self.ask_now(query, *args, **kwargs))

    async def glance(self, query: Callable[Concatenate[View, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a short query that must not wait behind longer ones: what the watch and the alarms ask."""
        return await self._on(self._glances, lambda: self.ask_now(query, *args, **kwargs))

    async def _on(self, threads: ThreadPoolExecutor, work: Callable[[], T]) -> T:
        self._unanswered += 1  # on the loop's thread only, as everything that reads it
        try:
            return await asyncio.get_running_loop().run_in_executor(threads, work)
        finally:
            self._unanswered -= 1

    @property
    def idle(self) -> bool:
        """Whether everything that was asked or told on the loop has its answer, the watch's glances too."""
        return not self._unanswered

    @property
    def silence(self) -> float:
        """Seconds since the store last answered anything."""
        return time.monotonic() - self._answered

    def do_now(self, service: Callable[Concatenate[Unit, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The same as `do` for who has no loop: the command line."""
        return self._done(service, *args, **kwargs)[0]

    def ask_now(self, query: Callable[Concatenate[View, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        with self._listened(), self.store.read() as view:
            return query(view, *args, **kwargs)

    def wrote(self, case_id: int, version: int) -> bool:
        """Whether this desk itself brought the case to `version` (or further) a while ago."""
        return self._written.get(case_id, 0) >= version

    def publish(self, changes: Changes) -> None:
        """Tell every listener; call it on the loop's thread."""
        if changes.cases or changes.everything or changes.acts:
            for listener in self._listeners:
                listener(changes)

    def before_closing(self, work: Callable[[], None]) -> None:
        """Let `work` be done once everything is written and the store is still open."""
        self._last_works.append(work)

    def close(self) -> None:
        self._writer.shutdown()
        for work in self._last_works:
            work()
        self._readers.shutdown(cancel_futures=True)
        self._glances.shutdown(cancel_futures=True)
        self.store.close()

    @contextmanager
    def _listened(self) -> Iterator[None]:
        """Note whether the store answered; what a query or service itself refuses is an answer too."""
        try:
            yield
        except Refused as problem:
            if problem.code.startswith("database"):
                self.trouble = problem
            else:
                self._hear()
            raise
        self._hear()

    def _hear(self) -> None:
        self.trouble = None
        self._answered = time.monotonic()

    def _done(
        self, service: Callable[Concatenate[Unit, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> tuple[T, Changes]:
        with self._listened(), self.store.write() as unit:
            result = service(unit, *args, **kwargs)
        for case_id, version in unit.changes.cases.items():
            self._written[case_id] = version
            self._written.move_to_end(case_id)
        while len(self._written) > REMEMBERED:
            self._written.popitem(last=False)
        return result, unit.changes
