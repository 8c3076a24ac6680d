"""Acting on many cases: seen ahead, done in batches, told case by case, taken back together."""

from collections.abc import Callable, Coroutine, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from console.domain.case import Case
from console.domain.decision import Decision
from console.domain.errors import Refused
from console.domain.lamp import Lamp
from console.domain.operation import Operation
from console.i18n import _, named
from console.ui.actions import ActAction
from console.ui.bulk.dock import BulkDock
from console.ui.bulk.lines import Fate, Line, of_fate
from console.ui.done import Done, Memory
from console.ui.edge import Clicks
from console.ui.messages import MessageLine
from console.ui.news import bulk_words

if TYPE_CHECKING:
    from console.queries.case import CaseCard
    from console.queries.city import CityLists
    from console.services.foresight import Foreseen
    from console.services.steps import Outcome, Told
    from console.ui.door import Door

FEW = 20  # so many are done at once where none is refused: there is an undo
BATCH = 100  # of one transaction: a single click of any seat waits for one of them at most
BREATH = 500  # after so many other seats get their turn for sure
_BREATH_S = 0.1  # a writer that waits for SQLite looks this often at the least
_AHEAD = 500  # looked at in one asking
_NO_FLICKER_MS = 300  # what is over sooner shows no progress

Wanted = list[tuple[str, int | None]]
Cases = Callable[[], Coroutine[Any, Any, list[tuple[str, int]]]]


@dataclass(frozen=True, slots=True)
class Plan:
    """An act on many cases: `words` is its name in the user's language, `source` in Chinese.

    `grace` is how long it may be undone, `asked`: a form told it; `taken_back` is what it takes back,
    where it does.
    """

    act: Operation | Decision
    words: str
    told: "Told"
    grace: timedelta | None
    source: str
    asked: bool = False
    taken_back: Done | None = None
    at: datetime | None = None


class Bulking(QObject):
    """The acts of one seat on many cases.

    Signals: done(Case), for each case after it was committed; ended, when what a form told was done.
    """

    done = Signal(object)
    ended = Signal()

    def __init__(
        self,
        dock: BulkDock,
        messages: MessageLine,
        clicks: Clicks,
        memory: Memory,
        keyboard_freed: Callable[[], None],
    ) -> None:
        super().__init__(dock)
        self.dock = dock
        self._messages = messages
        self._clicks = clicks
        self._memory = memory
        self._keyboard_freed = keyboard_freed
        self._door: Door | None = None
        self._classes: dict[str, str] = {}
        self._others: Callable[[int], str] = lambda _case_id: ""
        self._plan: Plan | None = None
        self._lines: list[Line] = []
        self._running = False
        self._stopped = False
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(_NO_FLICKER_MS)
        self._late.timeout.connect(self._show_progress)
        self._progress = ("", 0, 0)
        dock.confirmed.connect(self._on_confirmed)
        dock.left.connect(self.leave)
        dock.retry_wished.connect(self._on_retry)

    def warn_of(self, warning: Callable[[int], str]) -> None:
        """Tell beforehand which cases somebody else is about to act on."""
        self._others = warning

    def open(self, door: "Door", lists: "CityLists") -> None:
        self._door = door
        self._classes = {one.key: named(one.name, one.name_en) for one in lists.classes}

    def leave(self) -> bool:
        """Stop what runs, or close the dock; False where there is neither."""
        if self._running:
            self._stopped = True
            return True
        if not self.dock.isVisible():
            return False
        self._close()
        return True

    async def begin(self, card: "CaseCard", action: ActAction, told: "Told", cases: Cases) -> None:
        """See ahead what the act would do; do it where nothing speaks against it, else show it first."""
        operation = action.operation
        if not action.asks:  # what the lists advise for the shown case holds for no other
            told = replace(told, class_key="", condition=0, department="", by_advice=True)
        grace = card.grace.get(operation) if isinstance(operation, Operation) else None
        plan = Plan(operation, _(action.words), told, grace, action.words, bool(action.asks))
        wanted: Wanted = [(code, version) for code, version in await cases()]
        await self._look(plan, wanted)

    async def take_back(self, last: Done) -> None:
        """Undo an act on many, all of it; what is too late for that is asked a reason for."""
        from console.services.steps import NOTHING

        words = _("撤销“{operation}”").format(operation=_(last.words))
        assert self._door is not None
        at = self._door.now()  # within the grace is what was asked within it, however many there are
        plan = Plan(Operation.UNDO, words, NOTHING, None, last.words, taken_back=last, at=at)
        wanted: Wanted = list(last.versions.items())
        lines = [Line(code, seen, 0, "", "", None, Fate.MAY) for code, seen in wanted]
        await self._do(plan, lines)

    async def _look(self, plan: Plan, wanted: Wanted) -> None:
        assert self._door is not None
        self._plan = plan
        lines: list[Line] = []
        self._start(plan.words, len(wanted))
        try:
            for some in _parts(wanted, _AHEAD):
                if self._stopped:
                    break
                lines += map(self._line, await self._foreseen(plan, some))
                self._through(len(lines))
        finally:
            self._stop()
        if self._stopped:
            self._close()
            return
        may = of_fate(lines, Fate.MAY)
        if len(may) == len(lines) <= FEW and not any(line.others for line in lines):
            await self._do(plan, lines)
            return
        self._lines = lines
        self.dock.show_preview(_title(plan, len(lines)), lines, len(may))

    async def _foreseen(self, plan: Plan, some: Wanted) -> "Sequence[Foreseen]":
        assert self._door is not None
        if plan.act is Operation.COUNTER:
            return await self._door.foreseen_undoing(some, plan.told.note)
        return await self._door.foreseen(some, plan.act, plan.told)

    async def _do(self, plan: Plan, lines: Sequence[Line]) -> None:
        """Do it to the lines that may be done, and tell what became of all of them."""
        assert self._door is not None
        self._plan = plan
        may = of_fate(lines, Fate.MAY)
        outcomes: dict[str, Outcome] = {}
        cases: list[Case] = []
        at = self._door.now()
        self.dock.hide()
        self._start(plan.words, len(may))
        try:
            for some in _parts([(line.code, line.version) for line in may], BATCH):
                if self._stopped:
                    break
                at = self._door.now()
                told = await self._batch(plan, some)
                outcomes |= {one.code: one for one in told}
                fresh = [one.case for one in told if one.case is not None]
                cases += fresh
                self._through(len(outcomes))
                for case in fresh:
                    self.done.emit(case)
                if len(outcomes) % BREATH == 0 and len(outcomes) < len(may):
                    await _breath()
        finally:  # what was done stays done, whatever came between, and can be taken back
            self._stop()
            self._remember(plan, cases, outcomes.values())
        self._tell(plan, [_after(line, outcomes) for line in lines], len(cases), at)
        if plan.asked and cases:
            self.ended.emit()

    async def _batch(self, plan: Plan, some: Wanted) -> "list[Outcome]":
        assert self._door is not None
        if plan.act in (Operation.UNDO, Operation.COUNTER):
            return await self._door.undo_many(some, plan.told.note, plan.at)
        return await self._door.take_many(some, plan.act, plan.told)

    def _remember(self, plan: Plan, cases: list[Case], outcomes: "Iterable[Outcome]") -> None:
        last = plan.taken_back
        if plan.act is Operation.COUNTER and last is None:
            return
        if last is None:
            if cases:
                self._memory.add(plan.source, cases)
        elif cases:
            self._memory.took_back(last, cases)
        elif not any(_needs_reason(one.problem) for one in outcomes):
            self._memory.forget_last()

    def _tell(self, plan: Plan, lines: list[Line], count: int, at: datetime) -> None:
        assert self._door is not None
        self._lines = lines
        late = [line for line in lines if _needs_reason(line.problem)]
        words = bulk_words(plan.source, lines, back=plan.taken_back is not None)
        if plan.grace and count:
            self._messages.offer_undo(words, at + plan.grace, plan.grace, self._door.now)
        else:
            self._messages.say(words, Lamp.IN_TIME if count else Lamp.LATE)
        if plan.taken_back is not None and late:
            self._lines = [replace(line, fate=Fate.MAY, problem=None) for line in late]
            words = _("冲正“{operation}”").format(operation=_(plan.source))
            self._plan = replace(plan, act=Operation.COUNTER, words=words, at=None)
            self.dock.show_preview(_title(self._plan, len(late)), self._lines, len(late), asks_reason=True)
        elif len(of_fate(lines, Fate.DONE)) < len(lines):
            self.dock.show_result(_title(plan, len(lines)), lines, again=plan.taken_back is None)
            self._keyboard_freed()
        else:
            self._close()

    def _line(self, one: "Foreseen") -> Line:
        fate = Fate.MAY if one.problem is None else Fate.REFUSED
        case = one.case
        if case is None:
            return Line(one.code, None, 0, "", "", None, fate, one.problem)
        name = self._classes.get(case.class_key, case.class_key)
        place = (case.address or case.cell)[:80]
        others = self._others(case.id)
        return Line(one.code, case.version, case.id, name, place, case.state, fate, one.problem, others)

    def _on_confirmed(self, words: str) -> None:
        plan = self._plan
        if plan is None:
            return
        if words:
            plan = replace(plan, told=replace(plan.told, note=words))
        self._clicks.run(lambda: self._do(plan, self._lines))

    def _on_retry(self) -> None:
        """The same once more to those that were not done, as they are now."""
        plan = self._plan
        if plan is not None:
            wanted: Wanted = [(line.code, None) for line in self._lines if line.fate is not Fate.DONE]
            self._clicks.run(lambda: self._look(plan, wanted))

    def _start(self, title: str, total: int) -> None:
        """Something runs in parts: it can be stopped, and shows how far it is where it takes long."""
        self._running, self._stopped = True, False
        self._progress = (title, 0, total)
        self._late.start()

    def _through(self, count: int) -> None:
        title, _count, total = self._progress
        self._progress = (title, count, total)
        if self.dock.isVisible():
            self._show_progress()

    def _stop(self) -> None:
        self._running = False
        self._late.stop()

    def _show_progress(self) -> None:
        self.dock.show_running(*self._progress)

    def _close(self) -> None:
        keyboard = QApplication.focusWidget()
        held = self.dock is keyboard or (keyboard is not None and self.dock.isAncestorOf(keyboard))
        self.dock.hide()
        self._plan, self._lines = None, []
        if held:
            self._keyboard_freed()


async def _breath() -> None:
    import asyncio  # the window is painted before it is loaded

    await asyncio.sleep(_BREATH_S)


def _parts(wanted: Wanted, size: int) -> Iterator[Wanted]:
    for first in range(0, len(wanted), size):
        yield wanted[first : first + size]


def _after(line: Line, outcomes: "dict[str, Outcome]") -> Line:
    if line.fate is not Fate.MAY:
        return line
    outcome = outcomes.get(line.code)
    if outcome is None:
        return replace(line, fate=Fate.LEFT)
    if outcome.case is None:
        return replace(line, fate=Fate.REFUSED, problem=outcome.problem)
    return replace(line, fate=Fate.DONE, case_id=outcome.case.id, state=outcome.case.state)


def _needs_reason(problem: Refused | None) -> bool:
    return problem is not None and problem.code == "needs_reason"


def _title(plan: Plan, count: int) -> str:
    return _("{operation} × {count} 件").format(operation=plan.words, count=f"{count:,}")
