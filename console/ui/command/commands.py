"""The command line at work: a line is read as it is typed, shown in words, and followed on Enter only."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from console.command.readings import Acting, Empty, Filtering, Going, Reading, Turning, Unread
from console.domain.errors import Refused
from console.domain.lamp import Lamp
from console.domain.wanted import CaseFilter
from console.i18n import _
from console.ui.acting import Acting as Forms
from console.ui.command.doing import Plan, Planner, asking, note_field
from console.ui.command.history import History
from console.ui.command.kept_offers import Recent, view_offers
from console.ui.command.line import CommandLine
from console.ui.command.numbers import RowNumbers
from console.ui.command.offer import Offer, offers, remembered, suggested, usual
from console.ui.command.palette import Palette
from console.ui.command.window_words import window_words
from console.ui.conduct import Conduct
from console.ui.edge import Clicks, Reload
from console.ui.first_picture import after_first_picture
from console.ui.key_sheet import shown_words
from console.ui.macros.macros import Macros
from console.ui.queue.panel import QueuePanel
from console.ui.selection import Selection
from console.ui.theme import Theme
from console.words import refusal

if TYPE_CHECKING:
    from console.command.lexicon import Lexicon
    from console.domain.lexicon import Lexicon as Vocabulary
    from console.queries.case import CaseCard
    from console.queries.city import CityLists
    from console.runtime.desk import Changes
    from console.ui.door import Door

_REMEMBERED = 5


class Commands(QObject):
    """`search` is the window's action of that name; `to_work` turns to the list of cases."""

    def __init__(
        self,
        line: CommandLine,
        theme: Theme,
        selection: Selection,
        queue: QueuePanel,
        conduct: Conduct,
        forms: Forms,
        actions: Mapping[str, QAction],
        card: "Callable[[], CaseCard | None]",
        to_work: Callable[[], None],
        folder: Path,
        failed: Callable[[BaseException], None],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._line = line
        self._selection = selection
        self._queue = queue
        self._conduct = conduct
        self._forms = forms
        self._actions = actions
        self._card = card
        self._to_work = to_work
        self._failed = failed
        self._door: Door | None = None
        self._planner: Planner | None = None
        self._lexicon: Lexicon | None = None
        self._vocabulary: Vocabulary | None = None
        self._reading: Reading = Empty()
        self._plan: Plan | None = None
        self._browsing = False
        self._followed = ""  # the line whose filter the list shows
        self._following = False
        self.macros: Macros
        self.history = History(folder, failed)
        self._recent = Recent()
        self._view_names: list[str] = []  # those that are found by their sounds
        self.palette = Palette(theme, line, window)
        self.numbers = RowNumbers(queue.table, queue.model.row_at, theme)
        self.asking = Reload(self._ask, failed)
        self.words = Reload(self._load_words, failed)
        self.clicks = Clicks(failed)
        line.opened.connect(self._on_opened)
        line.closed.connect(self._on_closed)
        line.textChanged.connect(self._on_text)
        line.moved.connect(self._on_moved)
        line.completed.connect(self._on_completed)
        line.followed.connect(self._on_followed)
        line.left.connect(self._on_left)
        self.palette.picked.connect(self._on_picked)
        selection.filter_changed.connect(lambda _wanted: self._forget_text())
        selection.case_changed.connect(self._on_case_changed)

    @property
    def lexicon(self) -> "Lexicon":
        """The words lines are read by; without those of a city until they are here."""
        if self._lexicon is None:
            from console.command.lexicon import Lexicon

            self._lexicon = Lexicon()
        return self._lexicon

    def keep_macros(self, macros: Macros) -> None:
        """Know these by their names, and let the window's actions for them come to them."""
        self.macros = macros
        macros.changed.connect(lambda: after_first_picture(self.words.wish))

    def record_macro(self) -> None:
        self.macros.record_macro()

    def show_macros(self) -> None:
        self.macros.show_macros()

    async def open(self, door: "Door", lists: "CityLists") -> None:
        self._door = door
        self._planner = Planner(door, lists, self.numbers, self._card, self._queue.marked_cases)
        after_first_picture(partial(self.words.wish, now=True))
        await self.history.open(door.by)
        await self.macros.open(door)

    def change_user(self) -> None:
        """Somebody else sits here now: other words are "mine", and another history."""
        if self._door is not None:
            self.words.wish(now=True)
            self.history.change_user(self._door.by)
            self.macros.change_user()

    def on_changed(self, changes: "Changes") -> None:
        self.macros.on_changed(changes)
        if changes.everything:
            self.words.wish()

    def show_words(self) -> None:
        self.palette.show_words()

    def search(self) -> None:
        """Let the keyboard come to the line."""
        self._line.setFocus()
        self._line.selectAll()

    async def _load_words(self) -> None:
        if self._door is None:
            return  # there is no city yet; opening it asks again
        macros = self.macros.words
        views = self._view_names = [one.name for one in self._queue.views.offered]
        self._lexicon, self._vocabulary = await self._door.command_words(
            lambda: {**macros, **window_words()}, [*shown_words(), *views]
        )
        if self.palette.isVisible():
            self._on_text()

    def _on_opened(self) -> None:
        self.numbers.begin()
        self.history.rest()
        if self._view_names != [one.name for one in self._queue.views.offered]:
            self.words.wish()
        self._on_text()
        self.palette.open()

    def _on_closed(self) -> None:
        self.palette.hide()
        self.numbers.end()

    def _on_text(self) -> None:
        """Read the line and say what it means; counts and cases are asked for beside it."""
        if not self._line.hasFocus():
            return
        self._reading = self._read()
        self._plan = None
        self._show_offers()
        self._say_reading()
        self.asking.wish(now=True)

    def _action(self, name: str) -> QAction:
        return self.macros.action(name) or self._actions[name]

    def _read(self) -> Reading:
        if self._door is None:
            return Empty()
        from console.command.reader import read  # with the store: the window is painted without it

        return read(self._line.text(), self.lexicon, self._door.now())

    def _show_offers(self) -> None:
        if not self._line.hasFocus():
            return
        text = self._line.text()
        if not text.strip():
            from console.ui.case.offer import quick

            found = usual(self._card(), quick)
            found += remembered(reversed(self.history.lines[-_REMEMBERED:]))
            found += self._recent.offers("")
        else:
            from console.command.completion import completions

            found = offers(completions(text, self.lexicon, self._vocabulary), self._card())
            found += view_offers(text, self._queue.views.offered, self._show_view, self._written)
            found += self._recent.offers(text)
        if isinstance(self._reading, Unread):
            found = [*suggested(self._reading.suggestions[:4]), *found]
        self.palette.show_offers(found)

    def _written(self, wanted: CaseFilter) -> str:
        from console.command.writing import told_filter

        return told_filter(wanted, self.lexicon)

    def _show_view(self, place: int) -> None:
        self._line.clear()
        self._to_work()
        self._queue.views.open_view(place)
        self._leave()

    def _on_case_changed(self, _case_id: int) -> None:
        self._recent.note(self._card())  # which is still the one before
        self._show_offers()

    def _say_reading(self) -> None:
        reading = self._reading
        if isinstance(reading, Filtering):
            self.palette.show_meaning(_("显示:{what}").format(what=self._filter_words(reading)), " ")
        elif isinstance(reading, Turning):
            action = self._action(reading.action)
            self.palette.show_meaning(f"{action.text()}  {action.shortcut().toString()}")
        elif isinstance(reading, Going):
            where = reading.code or _("第 {row} 行").format(row=reading.row)
            self.palette.show_meaning(_("打开案件 {code}").format(code=where))
        elif isinstance(reading, Unread):
            self.palette.show_meaning(refusal(reading.problem), lamp=Lamp.SOON)
        elif isinstance(reading, Acting):
            self.palette.show_meaning(" ", " ")
        else:
            self.palette.show_meaning(_("输入筛选条件、操作或窗口命令,如:井盖 未派 >2h、派 环卫 3、看板"))

    def _filter_words(self, reading: Filtering) -> str:
        from console.command.meaning import filter_words

        return " · ".join(filter_words(reading.wanted, self.lexicon))

    async def _ask(self) -> None:
        """How many cases a filter has, or what an act would do; an answer to an older line is dropped."""
        reading = self._reading
        if self._door is None:
            return
        if isinstance(reading, Filtering):
            number = await self._door.queue_count(reading.wanted)
            if reading is self._reading:
                words = _("共 {total} 件").format(total=f"{number:,}")
                self.palette.show_meaning(_("显示:{what}").format(what=self._filter_words(reading)), words)
        elif isinstance(reading, Acting):
            try:
                plan = await self._planned(reading)
            except Refused as problem:
                if reading is self._reading:
                    self.palette.show_meaning(refusal(problem), lamp=Lamp.SOON)
                return
            if reading is self._reading:
                self._plan = plan
                count = plan.problem or _("Enter 执行")
                self.palette.show_meaning(plan.sentence, count, Lamp.LATE if plan.problem else Lamp.NONE)

    async def _planned(self, reading: Acting) -> Plan:
        assert self._planner is not None
        return await self._planner.plan(reading)

    def _on_moved(self, by: int) -> None:
        """Up and Down walk the offers; on an empty line, Up goes back in what was typed."""
        choosing = self.palette.current is not None
        if not choosing and by < 0 and (self._browsing or not self._line.text()):
            self._show_line(self.history.back(-1))
        elif not choosing and by > 0 and self._browsing:
            self._show_line(self.history.back(1))
        else:
            self.palette.step(by)

    def _show_line(self, line: str) -> None:
        self._line.setText(line)
        self._browsing = bool(line)

    def _on_completed(self) -> None:
        offer = self.palette.current or self.palette.first
        if offer is not None:
            self._line.setText(offer.line if offer.line.endswith(" ") else f"{offer.line} ")

    def _on_picked(self, offer: Offer) -> None:
        if offer.why_not:
            self.palette.show_meaning(offer.why_not, lamp=Lamp.SOON)
        elif offer.then is not None:
            offer.then()
        elif offer.whole:
            self._follow_line(offer.line)
        else:
            self._on_completed()

    def _on_followed(self) -> None:
        offer = self.palette.current
        if offer is not None:
            self._on_picked(offer)
        elif self._line.text().strip():
            self._follow_line(self._line.text().strip())
        elif self._followed:  # what was looked for was taken out: back to every open case
            self._followed = ""
            self._selection.want(CaseFilter())
            self._leave()

    def _on_left(self) -> None:
        """Out of the line, back to the cases."""
        self._browsing = False
        self._line.setText(self._followed)
        self._leave()

    def _forget_text(self) -> None:
        """The list was narrowed by other means: the line does not say any more what is shown."""
        if not self._following:
            self._followed = ""
            if not self._line.hasFocus():
                self._line.clear()

    def _leave(self) -> None:
        self._queue.take_keyboard()

    def _follow_line(self, line: str) -> None:
        """Do what the line says, read anew: what stands in the palette may be of a moment ago."""
        self._line.setText(line)
        reading = self._reading = self._read()
        self._browsing = False
        if isinstance(reading, Unread):
            self._say_reading()
            return
        if isinstance(reading, Acting):
            self.clicks.run(lambda: self._act(reading, line))
            return
        self.history.add(line)
        if isinstance(reading, Filtering):
            self._to_work()
            self._followed = line
            self._following = True
            self._selection.want(reading.wanted)
            self._following = False
            self._leave()
        elif isinstance(reading, Turning):
            self._line.clear()
            self._leave()
            self._action(reading.action).trigger()
        elif isinstance(reading, Going):
            self.clicks.run(lambda: self._go(reading))

    async def _go(self, reading: Going) -> None:
        assert self._door is not None
        row = self.numbers.row(reading.row) if reading.row else None
        try:
            if reading.row and row is None:
                raise Refused("command_no_row", row=reading.row)
            case_id = row.id if row is not None else (await self._door.card(reading.code)).case.id
        except Refused as problem:
            self.palette.show_meaning(refusal(problem), lamp=Lamp.SOON)
            return
        self._line.clear()
        self._to_work()
        self._selection.choose_case(case_id)
        self._leave()

    async def _act(self, reading: Acting, line: str) -> None:
        """Look once more, then do it, or let a form ask what is missing; undone as any act."""
        try:
            plan = await self._planned(reading)
        except Refused as problem:
            self.palette.show_meaning(refusal(problem), lamp=Lamp.SOON)
            return
        if plan.problem:
            self.palette.show_meaning(plan.sentence, plan.problem, Lamp.LATE)
            return
        self.history.add(line)
        self._line.clear()
        self._leave()
        if plan.lacks:
            action = asking(plan)
            self._forms.ask_for(plan.card.case.id, action, {note_field(action): plan.told.note})
        else:
            self._conduct.take_on(plan.card, plan.action, plan.told, plan.seen)
