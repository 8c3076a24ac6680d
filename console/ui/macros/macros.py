"""Macros in the window: recording what hands do, the list of them, their keys, and running them."""

from collections.abc import Callable, Coroutine
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from console.command.readings import Given
from console.domain.errors import Refused
from console.domain.lamp import Lamp
from console.domain.shared_macro import MOST, MOST_LINES
from console.domain.wanted import CaseFilter
from console.i18n import _
from console.ui.command.doing import given_of
from console.ui.conduct import Conduct
from console.ui.edge import Clicks, Reload
from console.ui.layers import Layers
from console.ui.macros.book import (
    FILE,
    Listed,
    Macro,
    checked,
    copy_of,
    of_document,
    written,
)
from console.ui.macros.panel import WIDTH, MacroPanel
from console.ui.macros.running import Runner
from console.ui.macros.sharing import Sharing
from console.ui.macros_door import MacrosDoor
from console.ui.messages import MessageLine
from console.ui.own_document import OwnDocument
from console.ui.selection import Selection
from console.words import refusal

if TYPE_CHECKING:
    from console.command.lexicon import Lexicon
    from console.queries.case import CaseCard
    from console.runtime.desk import Changes
    from console.ui.door import Door

Seen = tuple[str, int]


class Macros(QObject):
    """`record_macro` and `show_macros` are the window's actions of these names.

    Signals: changed, when there are others than before.
    """

    changed = Signal()

    def __init__(
        self,
        window: QWidget,
        layers: Callable[[], Layers],
        messages: MessageLine,
        selection: Selection,
        conduct: Conduct,
        card: "Callable[[], CaseCard | None]",
        marked: Callable[[], Coroutine[Any, Any, list[Seen]]],
        lexicon: "Callable[[], Lexicon]",
        folder: Path,
        failed: Callable[[BaseException], None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._get_layers = layers
        self._messages = messages
        self._selection = selection
        self._conduct = conduct
        self._card = card
        self._marked = marked
        self._lexicon = lexicon
        self._door: Door | None = None
        self._runner: Runner | None = None
        self._recorded: list[str] | None = None
        self._actions: list[QAction] = []
        self.macros: list[Macro] = []
        self.clicks = Clicks(failed)
        self._own = OwnDocument(folder, FILE, failed, self._take, lambda: written(self.macros), self)
        self.foreseeing = Reload(self._foresee, failed)
        self.sharing = Sharing(failed, self)
        self.sharing.changed.connect(self._on_shared)
        conduct.taken.connect(self._on_taken)
        selection.filter_changed.connect(self._on_filter)

    async def open(self, door: "Door") -> None:
        """Take up the macros of who sits here; a damaged file is told and put aside."""
        self._door, self._runner = door, Runner(door, self._selection, self._conduct)
        await self._own.open(door.by)
        self.sharing.open(MacrosDoor(door))

    def change_user(self) -> None:
        """Somebody else sits here now; what the one before was recording is his."""
        self._recorded = None
        if self._door is not None:
            self._own.change_user(self._door.by)
            self.sharing.change_user()

    def on_changed(self, changes: "Changes") -> None:
        self.sharing.on_changed(changes)

    @property
    def listed(self) -> list[Listed]:
        """One's own, then what others share."""
        return self.sharing.listed(self.macros)

    @property
    def _layers(self) -> Layers:
        return self._get_layers()

    @property
    def words(self) -> dict[str, tuple[str, ...]]:
        """By the names of their actions what they are called on the command line."""
        return {action.objectName(): (action.text(),) for action in self._actions}

    def action(self, name: str) -> QAction | None:
        return next((one for one in self._actions if one.objectName() == name), None)

    @property
    def recording(self) -> bool:
        return self._recorded is not None

    def record_macro(self) -> None:
        """Begin to record, or end and ask for a name."""
        if self._recorded is None:
            self._recorded = []
            self._messages.say(_("正在录制宏:照常办理一件,再按 Ctrl+R 结束"), Lamp.SOON)
            return
        lines, self._recorded = self._recorded, None
        if lines:
            self._show(lines)
        else:
            self._messages.say(_("没有录到操作"))

    def show_macros(self) -> None:
        """Show the list, or take it away."""
        if isinstance(self._layers.panel, MacroPanel):
            self._layers.leave()
        else:
            self._show([])

    def run(self, one: Listed) -> None:
        """Run it on the chosen case; for marked ones show first what it would do."""
        if self._selection.marked:
            self._show([], one)
        else:
            self.clicks.run(lambda: self._run(one.macro))

    def _show(self, fresh: list[str], one: Listed | None = None) -> None:
        panel = MacroPanel(self.listed, fresh)
        if one is not None:
            panel.fill(self.listed, one.macro.name, one.owner)
        panel.chosen.connect(lambda _macro: self.foreseeing.wish(now=True))
        panel.run_wished.connect(lambda macro: self.clicks.run(lambda: self._run(macro)))
        panel.kept.connect(self._on_kept)
        panel.dropped.connect(self._on_dropped)
        panel.copied.connect(self._on_copied)
        panel.share_wished.connect(self._on_share_wished)
        self._layers.show(panel, WIDTH, beside_case=True)
        panel.take_keyboard()
        if panel.current is not None:
            self.foreseeing.wish(now=True)

    async def _seen(self) -> list[Seen]:
        if self._selection.marked:
            return await self._marked()
        card = self._card()
        return [] if card is None else [(card.case.code, card.case.version)]

    async def _foresee(self) -> None:
        """Say in the list what the macro would do now."""
        panel = self._layers.panel
        if not isinstance(panel, MacroPanel) or panel.current is None or self._runner is None:
            return
        macro, seen = panel.current, await self._seen()
        try:
            refused = await self._runner.foresee(macro, seen, self._lexicon()) if seen else []
        except Refused as problem:
            words = refusal(problem)
        else:
            words = _("将对 {count} 件执行").format(count=len(seen)) if seen else _("请先选一个案件")
            if refused:
                words += " · " + _("其中 {count} 件不能办理:{why}").format(count=len(refused), why=refused[0])
        if panel is self._layers.panel and macro == panel.current:
            panel.say(words)

    async def _run(self, macro: Macro) -> None:
        assert self._runner is not None
        seen = await self._seen()
        try:
            if not seen:
                raise Refused("command_no_case")
            ran = await self._runner.run(macro, seen, self._lexicon())
        except Refused as problem:
            self._messages.say(refusal(problem), Lamp.LATE)
            return
        if isinstance(self._layers.panel, MacroPanel):
            self._layers.leave()
        words = _("宏“{name}”:{count} 件").format(name=macro.name, count=len(ran.cases))
        if ran.problem:
            self._messages.say(f"{words} · {ran.problem}", Lamp.LATE)
        else:
            self._messages.say(_("{done},Ctrl+Z 撤销").format(done=words), Lamp.IN_TIME)

    def _on_taken(self, operation: Any, told: Any) -> None:
        if self._recorded is not None and self._door is not None:
            from console.command.periods import Today
            from console.command.writing_acts import told_act

            lexicon = self._lexicon()
            given = Given() if told is None else given_of(told)
            self._record(told_act(operation, given, lexicon, Today.at(self._door.now(), lexicon.zone)))

    def _on_filter(self, wanted: CaseFilter) -> None:
        if self._recorded is not None:
            from console.command.writing import told_filter

            self._record(told_filter(wanted, self._lexicon()))

    def _record(self, line: str) -> None:
        if self._recorded is not None and line and len(self._recorded) < MOST_LINES:
            self._recorded.append(line)
            self._messages.say(_("已录第 {number} 步:{line}").format(number=len(self._recorded), line=line))

    def _on_kept(self, before: str, macro: Macro) -> None:
        """Keep it where every line can be read; what stands in the panel stays there where not."""
        panel = self._layers.panel
        assert isinstance(panel, MacroPanel)
        assert self._door is not None
        others = [one for one in self.macros if one.name != before]
        try:
            if not macro.name or macro.name in {one.name for one in others} or len(others) >= MOST:
                raise Refused("macro_name", name=macro.name)
            if len(macro.lines) > MOST_LINES:
                raise Refused("macro_long", most=MOST_LINES)
            checked(macro.lines, self._lexicon(), self._door.now())
        except Refused as problem:
            panel.say(refusal(problem))
            return
        freed = [replace(one, key="") if macro.key and one.key == macro.key else one for one in others]
        self._put([*freed, macro])
        self._own.changed()
        if before and self.sharing.is_shared(before):
            self.sharing.share(macro, before)  # the others have it as it is now
        panel.fill(self.listed, macro.name)
        panel.list.setFocus()

    def _on_copied(self, macro: Macro) -> None:
        """What another shares, as one's own: to be changed, and given a key."""
        copy = copy_of(macro, {one.name for one in self.macros})
        if isinstance(self._layers.panel, MacroPanel):
            self._on_kept("", copy)

    def _on_share_wished(self, macro: Macro, shared: bool) -> None:
        if shared:
            self.sharing.share(macro)
        else:
            self.sharing.withdraw(macro.name)

    def _on_shared(self) -> None:
        self._put(self.macros)
        if isinstance(self._layers.panel, MacroPanel):
            self._layers.panel.refresh(self.listed)

    def _on_dropped(self, name: str) -> None:
        self._put([one for one in self.macros if one.name != name])
        self._own.changed()
        if self.sharing.is_shared(name):
            self.sharing.withdraw(name)
        if isinstance(self._layers.panel, MacroPanel):
            self._layers.panel.fill(self.listed, "")

    def _put(self, macros: list[Macro]) -> None:
        """These and their keys from now on."""
        self.macros = sorted(macros, key=lambda one: one.name)
        for action in self._actions:
            self._window.removeAction(action)
            action.deleteLater()
        self._actions = []
        called: set[str] = set()
        for one in self.listed:
            name = one.macro.name
            action = QAction(f"{name} {one.owner}" if name in called else name, self._window)
            action.setObjectName(f"sharedMacro_{one.id}" if one.owner else f"macro_{name}")
            action.setShortcut(QKeySequence(one.macro.key))
            action.setAutoRepeat(False)
            action.triggered.connect(partial(self.run, one))
            called.add(name)
            self._window.addAction(action)
            self._actions.append(action)
        self.changed.emit()

    def _take(self, told: Any) -> str:
        macros, wrong = of_document(told)
        self._put(macros)
        return wrong
