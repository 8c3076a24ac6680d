"""What a key or a click on an act does: ask what it needs, do it once, say it, offer to undo it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from console.domain.case import Case
from console.domain.errors import Refused
from console.domain.lamp import Lamp
from console.domain.operation import Operation
from console.i18n import _, named
from console.ui.actions import ActAction, Asks
from console.ui.edge import Clicks
from console.ui.messages import MessageLine
from console.words import OPERATIONS, refusal

if TYPE_CHECKING:
    from console.domain.city import Department
    from console.queries.case import CaseCard
    from console.queries.city import CityLists
    from console.services.steps import Told
    from console.ui.door import Door


class Conduct(QObject):
    """The acts of one seat.

    Signals: done(Case), after every act that was committed; form_wished(ActAction), when an act has
    to ask something first.
    """

    done = Signal(object)
    form_wished = Signal(object)

    def __init__(
        self,
        messages: MessageLine,
        card: "Callable[[], CaseCard | None]",
        failed: Callable[[BaseException], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.clicks = Clicks(failed)
        self._messages = messages
        self._card = card
        self._door: Door | None = None
        self._departments: dict[str, Department] = {}
        self._last: Case | None = None
        messages.undo_wished.connect(self.undo)

    def open(self, door: "Door", lists: "CityLists") -> None:
        self._door = door
        self._departments = {item.code: item for item in lists.departments}

    def act(self, action: ActAction) -> None:
        """Do the act on the shown case, or ask for what it needs."""
        card = self._card()
        if card is None:
            self._messages.say(_("请先选一个案件"))
        elif action.asks is not Asks.NOTHING:
            self.form_wished.emit(action)
        else:
            self.take(action.operation, self._advised(action.operation, card))

    def take(self, operation: Operation, told: "Told") -> None:
        card = self._card()
        if card is not None:
            self.clicks.run(lambda: self._take(card, operation, told))

    def undo(self) -> None:
        self.clicks.run(self._undo)

    async def _take(self, card: "CaseCard", operation: Operation, told: "Told") -> None:
        assert self._door is not None
        try:
            case = await self._door.take(card.case.code, operation, told, card.case.version)
        except Refused as problem:
            self._messages.say(refusal(problem), Lamp.LATE)
            return
        self._last = case
        self._messages.offer_undo(self._told(card, operation, told, case), self._forget)
        self.done.emit(case)

    async def _undo(self) -> None:
        last = self._last
        if last is None or self._door is None:
            self._messages.say(_("没有可撤销的操作"))
            return
        self._last = None
        try:
            case = await self._door.undo(last.code, last.version)
        except Refused as problem:
            self._messages.say(refusal(problem), Lamp.LATE)
            return
        self._messages.say(_("已撤销:{code}").format(code=case.code), Lamp.IN_TIME)
        self.done.emit(case)

    def _forget(self) -> None:
        self._last = None

    def _advised(self, operation: Operation, card: "CaseCard") -> "Told":
        from console.services.steps import Told

        if operation is Operation.FILE and card.advice.condition is not None:
            return Told(class_key=card.case.class_key, condition=card.advice.condition.number)
        if operation is Operation.DISPATCH and card.advice.departments:
            return Told(department=card.advice.departments[0].code)
        return Told()

    def _told(self, card: "CaseCard", operation: Operation, told: "Told", case: Case) -> str:
        to = self._departments.get(told.department)
        whom = named(to.name, to.name_en) if to else told.department
        words = _("已{operation}:{code} {class_name} {whom}")
        class_name = named(card.case_class.name, card.case_class.name_en) if card.case_class else ""
        return words.format(
            operation=_(OPERATIONS[operation]), code=case.code, class_name=class_name, whom=whom
        ).rstrip()
