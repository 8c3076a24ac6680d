"""The handover of a shift: told where one waits, laid over the workspace by a key, given and taken over."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from console.domain.lamp import Lamp
from console.i18n import _
from console.ui.documents import documents
from console.ui.duty_door import DutyDoor
from console.ui.edge import Clicks, Reload
from console.ui.first_picture import after_first_picture
from console.ui.layers import Layers
from console.ui.messages import MessageLine
from console.ui.qt_words import word_dialog
from console.ui.selection import Selection
from console.ui.theme import Theme

if TYPE_CHECKING:
    from console.domain.handover import Brief, Edit, Handover
    from console.ui.attention.handover_panel import HandoverPanel

_WIDTH = 980


class Handing(QObject):
    """Signals: waiting(int): so many handovers are to be taken over here."""

    waiting = Signal(int)

    def __init__(
        self,
        layers: Layers,
        messages: MessageLine,
        selection: Selection,
        theme: Theme,
        show_queue: Callable[[], None],
        failed: Callable[[BaseException], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._layers = layers
        self._messages = messages
        self._selection = selection
        self._theme = theme
        self._show_queue = show_queue
        self._door: DutyDoor | None = None
        self._panel: HandoverPanel | None = None
        self._count = 0
        self.clicks = Clicks(failed)
        self.reload = Reload(self._look, failed)

    def open(self, door: DutyDoor) -> None:
        self._door = door
        after_first_picture(partial(self.reload.wish, now=True))

    def toggle(self) -> None:
        """Lay the panel over the workspace, or take it away."""
        if self._layers.holds(self._panel):
            self._layers.leave()
        elif self._door is not None:
            self.clicks.run(self._show)

    async def _look(self) -> None:
        """Whether one waits; an open panel is shown what is new in it."""
        if self._door is None:
            return
        waiting = await self._door.waiting_handovers()
        if len(waiting) != self._count:
            self._count = len(waiting)
            self.waiting.emit(self._count)
        if self._panel is not None:
            self._panel.show_given(waiting, await self._door.last_handovers())

    async def _show(self) -> None:
        assert self._door is not None
        from console.ui.attention.handover_panel import HandoverPanel  # when it is first wanted

        door = self._door
        brief = await door.brief()
        watch = await door.seat_watch()
        people = tuple(one.person for one in watch.duty.next_duties if one.person != door.by)
        panel = HandoverPanel(self._theme, door.zone, door.now(), people)
        panel.show_brief(brief)
        panel.show_given(await door.waiting_handovers(), await door.last_handovers())
        panel.given.connect(self._give)
        panel.taken.connect(self._take)
        panel.case_wished.connect(self._go)
        panel.paper_wished.connect(self._ask_where)
        panel.left.connect(self._layers.leave)
        panel.destroyed.connect(self._forget)
        self._panel = panel
        self._show_queue()
        self._layers.show(panel, _WIDTH, beside_case=False)
        panel.take_keyboard()

    def _give(self, brief: "Brief", edit: "Edit") -> None:
        async def give() -> None:
            assert self._door is not None
            one = await self._door.give(brief, edit)
            self._layers.leave()
            told = _("第 {number} 号交班已签,待接班").format(number=one.id)
            self._messages.say(told, Lamp.IN_TIME)

        self.clicks.run(give)

    def _take(self, one: "Handover", note: str) -> None:
        async def take() -> None:
            assert self._door is not None
            await self._door.take(one.id, note)
            told = _("已接 {name} 的班").format(name=one.given_by)
            self._messages.say(told, Lamp.IN_TIME)
            self.reload.wish(now=True)

        self.clicks.run(take)

    def _ask_where(self, one: "Handover") -> None:
        from PySide6.QtWidgets import QFileDialog  # as in console.ui.dossier: Qt makes big classes late

        assert self._panel is not None
        dialog = QFileDialog(self._panel.window(), _("保存交班"))
        dialog.setObjectName("handoverDialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDirectory(documents())
        dialog.setDefaultSuffix("pdf")
        dialog.setNameFilter("PDF (*.pdf)")
        dialog.selectFile(_("交班 {number}.pdf").format(number=one.id))
        dialog.fileSelected.connect(lambda file: self.save(one.id, Path(file)))
        dialog.finished.connect(dialog.deleteLater)
        word_dialog(dialog).open()

    def save(self, number: int, target: Path) -> None:
        """Write a signed handover there, as a PDF."""

        async def save() -> None:
            assert self._door is not None
            await self._door.print_handover(number, target)
            self._messages.say(
                _("第 {number} 号交班已存为 {file}").format(number=number, file=target), Lamp.IN_TIME
            )

        self.clicks.run(save)

    def _go(self, code: str) -> None:
        async def go() -> None:
            assert self._door is not None
            self._selection.choose_case(await self._door.card_id(code))

        self.clicks.run(go)

    def _forget(self) -> None:
        self._panel = None
