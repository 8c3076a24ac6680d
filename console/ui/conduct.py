"""What a key or a click on an act does: ask what it needs, do it once, say it, take it back."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from console.domain.acts import standing
from console.domain.case import Case
from console.domain.errors import Refused
from console.domain.lamp import Lamp
from console.domain.operation import Operation
from console.i18n import _, named
from console.ui.actions import ACTS, ActAction
from console.ui.bulking import Bulking, Cases
from console.ui.case.offer import for_many, on_case
from console.ui.done import Memory
from console.ui.edge import Clicks
from console.ui.messages import MessageLine
from console.ui.news import news
from console.words import OPERATIONS, refusal

if TYPE_CHECKING:
    from console.domain.city import Department
    from console.queries.case import CaseCard
    from console.queries.city import CityLists
    from console.services.steps import Told
    from console.ui.door import Door

COUNTER = next(act for act in ACTS if act.operation is Operation.COUNTER)

# After these refusals the last act can never be taken back from here.
_LOST = frozenset(
    {"stale", "grace_over", "not_yours", "nothing_to_undo", "parts_moved", "merge_ended", "no_such_case"}
)


class Conduct(QObject):
    """The acts of one seat.

    Signals: done(Case), after every act that was committed; taken(operation, Told or None), what an act
    was begun with, None where the city's lists advise; form_wished(ActAction), when an act has to
    ask something first; refused(Refused), when what a form told was refused; counter_wished(CaseCard),
    when taking back has to be given a reason.
    """

    done = Signal(object)
    taken = Signal(object, object)
    form_wished = Signal(object)
    refused = Signal(object)
    counter_wished = Signal(object)

    def __init__(
        self,
        messages: MessageLine,
        card: "Callable[[], CaseCard | None]",
        failed: Callable[[BaseException], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.clicks = Clicks(failed)
        self.memory = Memory()
        self._messages = messages
        self._card = card
        self._door: Door | None = None
        self._departments: dict[str, Department] = {}
        self._marked: Callable[[], int] = lambda: 0
        self._many: Bulking | None = None
        self._warning: Callable[[int], str] = lambda _case_id: ""
        self._cases: Cases | None = None
        messages.undo_wished.connect(self.undo)

    def follow_marks(self, marked: Callable[[], int], cases: Cases, many: Bulking) -> None:
        """Act on all marked cases together: how many there are, and their codes and versions as seen."""
        self._marked, self._cases, self._many = marked, cases, many
        many.done.connect(self.done)

    def warn_of(self, warning: Callable[[int], str]) -> None:
        """Say with an act on a case who else is about to do something to it; empty where nobody is."""
        self._warning = warning

    def open(self, door: "Door", lists: "CityLists") -> None:
        self._door = door
        self._departments = {item.code: item for item in lists.departments}

    def act(self, action: ActAction) -> None:
        """Do the act on the shown case, or ask for what it needs."""
        card = self._card()
        if card is None:
            self._messages.say(_("请先选一个案件"))
            return
        concrete = for_many(action, card) if self._marked() else on_case(action, card)
        if concrete is None:
            self._messages.say(_("每件的拆法不同,不能成批办理:请只选一件"))
        elif concrete.asks:
            self.form_wished.emit(concrete)
            if words := self._warning(card.case.id):
                self._messages.say(words, Lamp.SOON)
        else:
            self.take(concrete, self._advised(concrete.operation, card))

    def take(self, action: ActAction, told: "Told", seen: int | None = None) -> None:
        """Do the act on the shown case as it was at version `seen`, by default as it is shown."""
        card = self._card()
        if card is not None:
            self.taken.emit(action.operation, told if action.asks else None)
            version = card.case.version if seen is None else seen
            many, cases = self._many, self._cases
            if self._marked() and many is not None and cases is not None:
                self.clicks.run(lambda: many.begin(card, action, told, cases))
                return
            concrete = on_case(action, card)
            self.clicks.run(lambda: self._take(card, concrete, told, version))

    def take_on(
        self, card: "CaseCard", action: ActAction, told: "Told", seen: Sequence[tuple[str, int]]
    ) -> None:
        """Do the act on cases as they were seen, whichever is shown; `card` is that of the first."""
        self.taken.emit(action.operation, told)
        many = self._many
        if len(seen) == 1 or many is None:
            self.clicks.run(lambda: self._take(card, action, told, seen[0][1]))
            return

        async def listed() -> list[tuple[str, int]]:
            return list(seen)

        self.clicks.run(lambda: many.begin(card, action, told, listed))

    def say_beside(self, words: str) -> None:
        """Tell why an act is not done where acts are told; the one before it can be undone as before."""
        self._messages.say_beside(words)

    def undo(self) -> None:
        """Take back the last act of this seat; where there is none, the last act on the shown case."""
        self.clicks.run(self._undo)

    async def _take(self, card: "CaseCard", action: ActAction, told: "Told", seen: int) -> None:
        assert self._door is not None
        assert isinstance(action.operation, Operation)
        code, at = card.case.code, self._door.now()
        try:
            if action.operation is Operation.COUNTER:
                case = await self._door.undo(code, seen, told.note)
            else:
                case = await self._door.take(code, action.operation, told, seen)
        except Refused as problem:
            await self._on_refused(card, action, problem, seen)
            return
        if action.operation is Operation.COUNTER:
            self._say_undone(case, OPERATIONS[standing(card.facts)[-1].operation])
            self._forget_countered(code, seen, case)
        else:
            self.memory.add(OPERATIONS[action.operation], [case])
            words = self._told(card, action.operation, told, case)
            words = " · ".join(filter(None, (words, self._warning(case.id))))
            self._offer_undo(words, at, card, action.operation)
        self.done.emit(case)

    async def _on_refused(self, card: "CaseCard", action: ActAction, problem: Refused, seen: int) -> None:
        """A form keeps what was typed; an act that needs words after all gets the form that asks them."""
        if action.asks:
            self.refused.emit(problem)
            return
        asking = next((act for act in ACTS if act.operation is action.operation and act.asks), None)
        shown = self._card()
        is_shown = shown is not None and shown.case.id == card.case.id
        if asking is not None and is_shown and problem.code.startswith("needs_"):
            self.form_wished.emit(asking)
        words = refusal(problem)
        if problem.code == "stale":
            words += await self._meanwhile(card.case.code, seen)
            self.refused.emit(problem)
        self._messages.say(words, Lamp.LATE)

    async def _meanwhile(self, code: str, seen: int) -> str:
        assert self._door is not None
        told = news(await self._door.card(code), seen, self._door.now())
        return _("({more})").format(more=told) if told else ""

    async def _undo(self) -> None:
        last = self.memory.last
        if last is None or self._door is None:
            self._wish_counter(self._card())
            return
        if len(last.versions) > 1:
            assert self._many is not None
            await self._many.take_back(last)
            return
        ((code, version),) = last.versions.items()
        try:
            if last.steps > 1:
                case = await self._door.undo_way(code, last.steps, version)
            else:
                case = await self._door.undo(code, version)
        except Refused as problem:
            await self._on_undo_refused(code, problem)
            return
        self.memory.took_back(last, [case])
        self._say_undone(case, last.words)
        self.done.emit(case)

    async def _on_undo_refused(self, code: str, problem: Refused) -> None:
        assert self._door is not None
        if problem.code == "needs_reason":
            self._wish_counter(await self._door.card(code))
            return
        if problem.code in _LOST:
            self.memory.forget_last()
        self._messages.say(refusal(problem), Lamp.LATE)

    def _wish_counter(self, card: "CaseCard | None") -> None:
        if card is None or card.releases_at is None:
            self._messages.say(_("没有可撤销的操作"))
        else:
            self._messages.say(_("已过撤销时间:写明理由后冲正"))
            self.counter_wished.emit(card)

    def _forget_countered(self, code: str, seen: int, case: Case) -> None:
        last = self.memory.last
        if last is not None and last.versions.get(code) == seen:
            self.memory.took_back(last, [case])

    def _say_undone(self, case: Case, act: str) -> None:
        words = _("已撤销“{operation}”:{code}")
        self._messages.say(words.format(operation=_(act), code=case.code), Lamp.IN_TIME)

    def _offer_undo(self, words: str, at: datetime, card: "CaseCard", operation: Operation) -> None:
        assert self._door is not None
        grace = card.grace.get(operation)
        if grace:
            self._messages.offer_undo(words, at + grace, grace, self._door.now)
        else:
            self._messages.say(words, Lamp.IN_TIME)

    def _advised(self, operation: object, card: "CaseCard") -> "Told":
        from console.services.steps import Told

        if operation is Operation.FILE and card.advice.condition is not None:
            return Told(class_key=card.case.class_key, condition=card.advice.condition.number)
        if operation is Operation.DISPATCH and card.advice.departments:
            return Told(department=card.advice.departments[0].code)
        return Told()

    def _told(self, card: "CaseCard", operation: Operation, told: "Told", case: Case) -> str:
        to = self._departments.get(told.unit or told.department)
        whom = named(to.name, to.name_en) if to else told.person
        words = _("已{operation}:{code} {class_name} {whom}")
        class_name = named(card.case_class.name, card.case_class.name_en) if card.case_class else ""
        return words.format(
            operation=_(OPERATIONS[operation]), code=case.code, class_name=class_name, whom=whom
        ).rstrip()
