"""Everything the window asks and does, by name; nothing of the store is imported before it is asked.

The store's libraries take half a second to import: `open_door` and `Door.load` load them on a thread while
the window is already painted, so the imports inside these methods find them ready.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from console.domain.actor import Actor
from console.domain.case import Case
from console.domain.decision import Decision
from console.domain.errors import Refused
from console.domain.evidence import Evidence, Role
from console.domain.flow import Step
from console.domain.operation import Operation
from console.domain.presence import Doing, Present
from console.domain.report import Report
from console.domain.wanted import CaseFilter, Grouping
from console.system import cache_folder, give_back

if TYPE_CHECKING:
    from console.command.lexicon import Lexicon as CommandLexicon
    from console.domain.lexicon import Lexicon as Vocabulary
    from console.queries.approvals import Applications, Approval
    from console.queries.board import BoardRow, Day
    from console.queries.case import CaseCard
    from console.queries.city import CityLists
    from console.queries.map import CityMap, OpenPoints
    from console.queries.paging import Page
    from console.queries.point_columns import PointColumns
    from console.queries.queue import QueueRow, StepCount
    from console.queries.seats import Seated
    from console.queries.similar import Similar
    from console.queries.wall import WallState
    from console.queries.watch import Head
    from console.queries.why import CaseWhy
    from console.runtime.desk import Desk
    from console.runtime.evidence import EvidenceRoom, Picture
    from console.services.foresight import Foreseen
    from console.services.steps import Outcome, Told, Wanted

Clock = Callable[[], datetime]
_GIVE_BACK_S = 60.0


def utc_now() -> datetime:
    return datetime.now(UTC)


class Door:
    """The window's way to the desk. `by` signs the acts, `now` tells the time (fixed in tests)."""

    def __init__(self, desk: "Desk", by: str, now: Clock = utc_now) -> None:
        self.desk = desk
        self.by = by
        self.now = now
        self.seat = uuid4().hex  # tells this window from every other at the same store
        self.opened: Head | None = None  # where the journal ended before anything was read from it
        self._room: EvidenceRoom | None = None
        self._points: OpenPoints | None = None
        self._applications: Applications | None = None

    async def lists(self) -> "CityLists":
        from console.queries.city import city_lists

        return await self.desk.ask(city_lists)

    async def queue_count(self, wanted: CaseFilter) -> int:
        from console.queries.paging import queue_count

        return await self.desk.ask(queue_count, wanted, self.now())

    async def queue_counts(self, wanted: "Sequence[CaseFilter]") -> list[int]:
        """The number of cases of each of several filters, at one moment."""
        from console.queries.paging import queue_counts

        return await self.desk.ask(queue_counts, wanted, self.now())

    async def queue_page(self, wanted: CaseFilter, at: int = 0, size: int = 200) -> "Page":
        """The rows at a place of the filter's order."""
        from console.queries.paging import queue_page

        return await self.desk.ask(queue_page, wanted, self.now(), at, size)

    async def queue_beside(
        self, wanted: CaseFilter, row: "QueueRow", place: int, size: int, *, before: bool
    ) -> "Page":
        """The rows after a known row, or before it."""
        from console.queries.paging import queue_beside

        return await self.desk.ask(queue_beside, wanted, self.now(), row, place, size, before=before)

    async def queue_around(self, wanted: CaseFilter, case_id: int, size: int) -> "Page | None":
        """The page that holds a case, None where the filter does not let it through."""
        from console.queries.paging import queue_around

        return await self.desk.ask(queue_around, wanted, self.now(), case_id, size)

    async def step_counts(self, ended_since: datetime) -> "dict[Step, StepCount]":
        from console.queries.queue import step_counts

        return await self.desk.ask(step_counts, self.now(), ended_since)

    async def wall(self, since: datetime) -> "WallState":
        """What the wall shows; the day began at `since`."""
        from console.queries.wall import wall

        return await self.desk.ask(wall, self.now(), since)

    async def card(self, asked: int | str) -> "CaseCard":
        """A case by id or code as this seat may see and do it. Raises Refused("no_such_case")."""
        from console.queries.case import case_card

        return await self.desk.ask(case_card, asked, self.now(), self.by)

    async def command_words(
        self, windows: "Callable[[], Mapping[str, Sequence[str]]]", shown: Sequence[str]
    ) -> "tuple[CommandLexicon, Vocabulary]":
        """What lines are read by and completed from, as this seat means "mine"."""
        from console.command.city_lexicon import city_lexicon

        return await self.desk.ask(lambda view: city_lexicon(view, self.by, windows(), shown))

    async def why(self, code: str) -> "CaseWhy":
        """The accounts of a case's clocks. Raises Refused("no_such_case")."""
        from console.queries.why import why_case

        return await self.desk.ask(why_case, code, self.now())

    async def similar(self, case: Case) -> "list[Similar]":
        """Open cases that may tell of the same problem."""
        from console.queries.similar import similar_cases

        return await self.desk.ask(similar_cases, case)

    async def approvals(self) -> "list[Approval]":
        """The applications that wait, as this seat sees them."""
        from console.queries.approvals import Applications

        self._applications = self._applications or Applications()
        return await self.desk.ask(self._applications.look, self.by)

    async def seats(self) -> "tuple[Seated, ...]":
        """Who may sit here; nobody where the city keeps no list of its staff."""
        from console.queries.seats import seats

        return await self.desk.ask(seats)

    async def sitting(self) -> Actor:
        """Who sits here, with his posts."""
        from console.queries.seats import sitting

        return await self.desk.ask(sitting, self.by)

    async def city_map(self) -> "CityMap":
        from console.queries.map import city_map

        return await self.desk.ask(city_map)

    @property
    def open_points(self) -> "OpenPoints":
        """The open cases with a place, kept in memory for everything that counts them."""
        from console.queries.map import OpenPoints

        self._points = self._points or OpenPoints()
        return self._points

    async def map_state(
        self, packed: "Callable[[PointColumns, datetime], bytes]"
    ) -> tuple[dict[int, int], bytes]:
        """Open cases per cell, and every mark as `packed` packs them: both made on the reading thread."""
        return await self.desk.ask(self.open_points.state, packed, self.now())

    async def board(self, since: datetime, until: datetime, grouping: Grouping) -> "list[BoardRow]":
        from console.queries.board import board

        return await self.desk.ask(board, since, until, grouping, self.now())

    async def daily(
        self, since: datetime, until: datetime, grouping: Grouping, code: str | None
    ) -> "list[Day]":
        from console.queries.board import daily

        return await self.desk.ask(daily, since, until, grouping, code)

    async def take(self, code: str, operation: Operation, told: "Told", seen: int) -> Case:
        """Do one operation on the case as the operator saw it. Raises Refused."""
        from console.services.steps import take_step

        return await self.desk.do(take_step, code, operation, told, by=self.by, at=self.now(), seen=seen)

    async def undo(self, code: str, seen: int, note: str = "") -> Case:
        """Take back the last act on the case. Raises Refused; `needs_reason` once its time is over."""
        from console.services.steps import undo_step

        return await self.desk.do(undo_step, code, by=self.by, at=self.now(), seen=seen, note=note)

    async def undo_way(self, code: str, count: int, seen: int) -> Case:
        """Take back the last `count` acts on the case, all or none. Raises Refused."""
        from console.services.steps import undo_way

        return await self.desk.do(undo_way, code, count, by=self.by, at=self.now(), seen=seen)

    async def take_many(
        self, wanted: "Sequence[Wanted]", operation: "Operation | Decision", told: "Told"
    ) -> "list[Outcome]":
        """Do one operation to many cases, each as the operator saw it."""
        from console.services.steps import take_steps

        return await self.desk.do(take_steps, wanted, operation, told, by=self.by, at=self.now())

    async def foreseen(
        self, wanted: "Sequence[Wanted]", operation: "Operation | Decision", told: "Told"
    ) -> "list[Foreseen]":
        """What `take_many` would do now, and why not; nothing is written."""
        from console.services.foresight import foreseen

        return await self.desk.ask(foreseen, wanted, operation, told, by=self.by, at=self.now())

    async def foreseen_undoing(self, wanted: "Sequence[Wanted]", note: str = "") -> "list[Foreseen]":
        """What `undo_many` would do now, and why not; nothing is written."""
        from console.services.foresight import foreseen_undoing

        return await self.desk.ask(foreseen_undoing, wanted, by=self.by, at=self.now(), note=note)

    async def attend(self, doing: "Mapping[int, Doing]") -> None:
        """Let other seats see at which cases this one is; saying so again is its beat."""
        from console.services.presence import attend

        await self.desk.do(attend, self.seat, doing, by=self.by)

    def leave_now(self) -> None:
        """Be at no case any more: the desk is about to be closed."""
        from console.services.presence import attend

        self.desk.do_now(attend, self.seat, {}, by=self.by)

    async def others(self) -> "tuple[Present, ...]":
        """The other seats that are at a case now."""
        from console.queries.presence import others

        return await self.desk.ask(others, self.seat)

    async def undo_many(
        self, wanted: "Sequence[Wanted]", note: str = "", at: datetime | None = None
    ) -> "list[Outcome]":
        """Take back the last act on each of many cases; `at` is when that was asked, where not now."""
        from console.services.steps import undo_steps

        return await self.desk.do(undo_steps, wanted, by=self.by, at=at or self.now(), note=note)

    async def take_in(self, paths: "Sequence[Path]", role: Role) -> "list[Evidence | Refused]":
        """Keep photos and files that an act is going to name; for each the evidence, or why not."""
        return await self._evidence().take_in(paths, role)

    async def pictures(self, evidence: "Sequence[Evidence]", edge: int) -> "list[Picture]":
        """Small pictures of photos; what was altered is told."""
        return await self._evidence().pictures(evidence, edge)

    async def export(self, evidence: "Sequence[Evidence]", target: "Path") -> "list[Path | Refused]":
        """Copies for others, without place and maker; for each the file, or why there is none."""
        return await self._evidence().export(evidence, target)

    async def dossier(self, code: str, target: "Path", progress: "Callable[[str], None]") -> int:
        """Write a case's dossier, in the place of a file the user agreed to replace; its bytes.

        `progress` is told each stage (console.words.dossier). Raises Refused.
        """
        from console.runtime.dossier import save_dossier

        room = self._evidence()
        return await save_dossier(
            self.desk, room, code, target, by=self.by, at=self.now(), replacing=True, progress=progress
        )

    def _evidence(self) -> "EvidenceRoom":
        from console.runtime.evidence import EvidenceRoom

        if self._room is None:
            self._room = EvidenceRoom(self.desk.store.evidence, cache_folder())
        return self._room

    async def register(self, report: Report) -> Case:
        """Open a case for a report. Raises Refused."""
        from console.services.collection import register_report

        return await self.desk.do(register_report, report, by=self.by, at=self.now())

    async def feed(self, speed: int) -> None:
        """Simulate reports and departments at `speed` times the real pace until cancelled."""
        from console.runtime.jobs import run_feed

        await run_feed(self.desk, speed, self.now)

    async def watch(self, since: "Head | None" = None) -> None:
        """Tell the window what others commit to the same store, or did since then, until cancelled."""
        from console.runtime.jobs import watch

        await watch(self.desk, since)

    async def resume_when_over(self) -> None:
        """Take suspended cases up again when their time has come, until cancelled."""
        from console.runtime.jobs import resume_when_over

        await resume_when_over(self.desk, self.now)

    async def keep_text_index(self) -> None:
        """Read what searches have to look at case by case into the text index, until cancelled."""
        from console.runtime.text_index import keep_text_index

        await keep_text_index(self.desk)

    async def keep_sealed(self) -> None:
        """Keep the sets that count and place the cases of a big store, until cancelled."""
        from console.runtime.sealing import keep_sealed

        await keep_sealed(self.desk)

    async def keep_anchors(self, folder: Path) -> None:
        """Note every hour how the journal ends, until cancelled."""
        from console.runtime.anchor import keep_anchors

        await keep_anchors(self.desk, folder)

    async def keep_memory(self) -> None:
        """Give back every minute what was freed, until cancelled."""
        import asyncio

        while True:
            await asyncio.sleep(_GIVE_BACK_S)
            await asyncio.get_running_loop().run_in_executor(None, give_back)

    async def keep_holidays(self) -> frozenset[int]:
        """Take up the official years that the kept package knows and the city lacks; which these were."""
        from console.runtime.holidays import keep_holidays

        return await keep_holidays(self.desk, self.now)

    async def missing_years(self) -> tuple[int, ...]:
        """The years whose holidays should be known by now and are not."""
        from console.queries.calendar import calendar_gaps

        now = self.now()
        return await self.desk.ask(lambda view: calendar_gaps(view, view.reference.calendar.day(now)))

    async def load(self) -> None:
        """Import, on a thread, what the first click or word asks for."""
        import asyncio

        from console.ui.store_parts import load_rest

        await asyncio.get_running_loop().run_in_executor(None, load_rest)

    async def warm(self) -> None:
        """Build what the first click would wait for: calendar and point index."""
        import asyncio

        await self.load()
        from console.queries.warm import warm

        await self.desk.ask(warm)
        await asyncio.get_running_loop().run_in_executor(None, give_back)


async def open_door(
    folder: Path,
    url: str | None,
    by: str,
    now: Clock = utc_now,
    tell: Callable[[int, int, Path | None], None] | None = None,
) -> Door:
    """Open the store on a thread. Raises Refused as console.runtime.bootstrap.open_desk."""
    import asyncio

    def opened() -> Door:
        from console.runtime.bootstrap import open_desk
        from console.ui.store_parts import load_first

        door = Door(open_desk(folder, url, tell), by, now)
        load_first()  # on this thread: the methods above must find it loaded
        from console.queries.watch import journal_head

        door.opened = door.desk.ask_now(journal_head)
        return door

    return await asyncio.get_running_loop().run_in_executor(None, opened)
