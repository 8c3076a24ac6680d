"""A macro done: line by line on the chosen cases, stopped at the first refusal, told where."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from console.command.readings import Acting, Filtering
from console.domain.case import Case
from console.domain.decision import Decision
from console.i18n import _
from console.ui.actions import ACTS
from console.ui.command.doing import told_of
from console.ui.conduct import Conduct
from console.ui.macros.book import Macro, checked
from console.ui.selection import Selection
from console.words import OPERATIONS, refusal

if TYPE_CHECKING:
    from console.command.lexicon import Lexicon
    from console.services.steps import Told
    from console.ui.door import Door

Seen = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Ran:
    """So many lines were done, the last of them to these cases; `problem` says where it stopped and why."""

    lines: int
    cases: tuple[Case, ...] = ()
    problem: str = ""


class Runner:
    """Runs macros through the window's own door; each act may be taken back as any."""

    def __init__(self, door: "Door", selection: Selection, conduct: Conduct) -> None:
        self._door = door
        self._selection = selection
        self._conduct = conduct

    async def foresee(self, macro: Macro, seen: Sequence[Seen], lexicon: "Lexicon") -> list[str]:
        """Why its first act would be refused, for each case that does. Raises Refused, see `checked`."""
        readings = checked(macro.lines, lexicon, self._door.now())
        first = next((one for one in readings if isinstance(one, Acting)), None)
        if first is None:
            return []
        found = await self._door.foreseen(list(seen), first.operation, _told(first))
        return [refusal(one.problem) for one in found if one.problem is not None]

    async def run(self, macro: Macro, seen: Sequence[Seen], lexicon: "Lexicon") -> Ran:
        """Do it. Raises Refused, see `checked`; then nothing was done."""
        readings = checked(macro.lines, lexicon, self._door.now())
        done: list[Case] = []
        acts = 0
        problem = ""
        number = 0
        for number, reading in enumerate(readings, 1):
            if isinstance(reading, Filtering):
                self._selection.want(reading.wanted)
                continue
            outcomes = await self._door.take_many(list(seen), reading.operation, _told(reading))
            fresh = [one.case for one in outcomes if one.case is not None]
            refused = next((one.problem for one in outcomes if one.problem is not None), None)
            if fresh:
                done, acts = fresh, acts + 1
                if len(seen) > 1:
                    self._conduct.memory.add(_name(reading), fresh)
            if refused is not None:
                words = _("停在第 {number} 步“{line}”:{why}")
                problem = words.format(number=number, line=macro.lines[number - 1], why=refusal(refused))
                break
            seen = [(case.code, case.version) for case in fresh]
        last = next((one for one in reversed(readings[:number]) if isinstance(one, Acting)), None)
        if done and last is not None and len(done) == 1 and len(seen) == 1:
            self._conduct.memory.add(_name(last), done, acts)  # all of it is taken back at once
        for case in done:
            self._conduct.done.emit(case)
        return Ran(number - bool(problem), tuple(done), problem)


def _told(acting: Acting) -> "Told":
    return replace(told_of(acting.given), by_advice=True)


def _name(acting: Acting) -> str:
    if isinstance(acting.operation, Decision):
        return next(act.words for act in ACTS if act.operation is acting.operation)
    return OPERATIONS[acting.operation]
