"""The queue panel: filters, the table over the database, and what it says when it is empty."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from console.domain.filter_form import Standpoint
from console.domain.wanted import CaseFilter
from console.i18n import _
from console.ui.queue.columns import Moment
from console.ui.queue.delegate import QueueDelegate
from console.ui.queue.eye import Eye
from console.ui.queue.filters import FilterLine
from console.ui.queue.heads import Heads
from console.ui.queue.marked import Seen
from console.ui.queue.marking import Marking
from console.ui.queue.model import QueueModel
from console.ui.queue.place_bar import PlaceBar
from console.ui.queue.table import CaseTable
from console.ui.queue.views import Views
from console.ui.queue_door import QueueDoor
from console.ui.scale import pxs
from console.ui.selection import Selection
from console.ui.theme import Theme
from console.ui.widgets import plain_label

if TYPE_CHECKING:
    from console.domain.case import Case
    from console.runtime.desk import Changes
    from console.ui.door import Door


class QueuePanel(QFrame):
    """Shows what the selection wants; writes only the chosen case."""

    def __init__(
        self,
        selection: Selection,
        theme: Theme,
        failed: Callable[[BaseException], None],
        density: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("queuePanel")
        self._selection = selection
        self._door: Door | None = None
        self._stale = False
        self.model = QueueModel(self)
        self.views = Views(selection, self, failed)
        self.filters = FilterLine(selection, self)
        self.views.standing.connect(self._on_standing)
        self.table = CaseTable(self.model, density, self)
        self.table.setItemDelegate(QueueDelegate(self.model, theme, self.table))
        self.heads = Heads(self.table, self.model, selection, self)
        self.heads.left.connect(self.take_keyboard)
        self.eye = Eye(self.model, selection, failed, self.table.row_height)
        self.eye.setParent(self)
        self.marking = Marking(self.eye, selection, failed)
        self.reload = self.eye.reload
        self._places = PlaceBar(self.table, self)
        self._empty = plain_label(name="queueEmpty", wraps=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._count = plain_label(name="queueCount")
        self._arrivals = QPushButton(self)
        self._arrivals.setObjectName("queueArrivals")
        self._arrivals.setProperty("link", True)
        room = self._arrivals.sizePolicy()
        room.setRetainSizeWhenHidden(True)  # or the rows would move when it comes
        self._arrivals.setSizePolicy(room)
        self._arrivals.hide()
        self._place()
        self._connect(theme)
        self.show_words()
        self._say(_("正在打开数据库…"))

    @property
    def idle(self) -> bool:
        """Nothing is being read."""
        reading = (self.eye.reload, self.eye.fetch, self.eye.count, self.marking.checking)
        return all(one.idle for one in reading) and self.views.idle and not self.marking.clicks.busy

    def open(self, door: "Door", zone: ZoneInfo) -> None:
        self._door = door
        self.model.moment = Moment(door.now(), zone)
        asked = QueueDoor(door)
        self.marking.open(asked)
        self.eye.open(asked)

    def tick(self, now: datetime) -> None:
        """Let the remaining times move on, every few seconds."""
        self.model.tick(Moment(now, self.model.moment.zone))
        self.views.tick()

    def refresh(self) -> None:
        """Read everything anew, arrivals too."""
        self.eye.expected |= set(self.model.stretch.held)
        self.reload.wish(now=True)

    def on_changed(self, changes: "Changes") -> None:
        self.marking.look_at(changes)
        self.views.on_changed(changes)
        if self.isVisible():
            self.reload.wish(now=len(changes.cases) == 1)
        else:
            self._stale = True

    def on_done(self, case: "Case") -> None:
        """What this seat itself did is no news to it."""
        self.eye.expected.add(case.id)

    def take_keyboard(self) -> None:
        """Let keys come to the rows, or to the sentence that stands in their place."""
        (self._empty if self.table.isHidden() else self.table).setFocus()

    def leave(self) -> bool:
        """Close what lies over the rows; False where nothing did."""
        return self.filters.leave() or self.views.leave() or self.heads.leave()

    def show_words(self) -> None:
        self.views.show_words()
        self.filters.show_words()
        self.heads.show_words()
        self._show_marks()
        self._tell_count()
        self._tell_arrivals(len(self.model.stretch.held))
        self.table.setAccessibleName(_("案件列表"))
        self._places.setAccessibleName(_("列表位置"))

    def say_failed(self, text: str) -> None:
        """Show why there are no rows."""
        self._say(text)

    async def marked_cases(self) -> list[Seen]:
        """Code and version, as they were seen, of the cases that are marked together."""
        return await self.marking.cases()

    def _on_opened(self) -> None:
        """The rows of another filter are here."""
        assert self.eye.read is not None
        self.heads.show_filter(self.eye.read)
        self._show_marks()

    def _on_standing(self, here: Standpoint) -> None:
        self.filters.stand(here)
        self.heads.stand(here.posts[0] if here.posts else "")

    def _on_moved(self) -> None:
        if self._door is not None:
            self.model.moment = Moment(self._door.now(), self.model.moment.zone)
        self.table.show_offset(self.eye.px - self.model.top * self.table.row_height)
        self._places.show_place(self.eye.place, self.model.total, self.eye.fit)
        self.marking.on_rows()
        if self.model.total:
            self._show_instead(self.table, self._empty)
        elif self.eye.read is not None:
            self._say(self._why_empty(self.eye.read))
        self._show_marks()
        self._tell_count()

    def _on_filter_changed(self, _wanted: CaseFilter) -> None:
        self.marking.on_filter()
        self.reload.wish(now=True)

    def _on_case_changed(self, case_id: int) -> None:
        self.marking.on_chosen(case_id)
        self.eye.reach(case_id)
        self._show_marks()

    def _show_marks(self) -> None:
        """The chosen row and the marked ones, as far as they are in view."""
        chosen = self._selection.case_id
        several = self.marking.number
        rows = [
            at
            for at, row in enumerate(self.model.shown)
            if (self.marking.marks.holds(row.id) if several else row.id == chosen)
        ]
        self.table.show_marks(rows, self.model.row_of(chosen))

    def _on_marks_changed(self) -> None:
        self._show_marks()
        self._tell_count()

    def _on_stepped(self, by: int, extends: bool) -> None:
        if extends:
            self._extend(max(0, self.eye.chosen) + by)
        else:
            self._stand_alone()
            self.eye.step(by)

    def _on_paged(self, by: int, extends: bool) -> None:
        self._on_stepped(by * max(1, self.eye.fit - 1), extends)

    def _on_ended(self, side: int, extends: bool) -> None:
        place = 0 if side < 0 else self.model.total - 1
        if extends:
            self._extend(place)
        else:
            self._stand_alone()
            self.eye.choose(place)

    def _stand_alone(self) -> None:
        """A plain step leaves what was marked."""
        if self.marking.number:
            self.marking.only(self.model.stretch.row(self.eye.chosen))

    def _extend(self, place: int) -> None:
        place = max(0, min(place, self.model.total - 1))
        self.marking.extend(place)
        self.eye.choose(place)

    def _on_pressed(self, at: int, held: Qt.KeyboardModifier) -> None:
        row = self.model.row_at(at)
        if row is None:
            return
        if held & Qt.KeyboardModifier.ShiftModifier:
            self._extend(self.model.top + at)
        elif held & Qt.KeyboardModifier.ControlModifier:
            self.marking.turn(row)
        else:
            self.marking.only(row)
            self._selection.choose_case(row.id)

    def _on_turned(self) -> None:
        row = self.model.stretch.row(self.eye.chosen)
        if row is not None:
            self.marking.turn(row)

    def _why_empty(self, wanted: CaseFilter) -> str:
        if wanted.narrows:
            return _("没有符合条件的案件。按 Ctrl+Backspace 清除筛选。")
        if wanted.step is not None:
            return _("这一步没有待办案件。")
        return _("没有在办案件。按 N 登记新问题。")

    def _say(self, text: str) -> None:
        self._empty.setText(text)
        self._show_instead(self._empty, self.table)

    def _show_instead(self, shown: QWidget, other: QWidget) -> None:
        """Rows or a sentence; the keyboard stays here, where letters are acts, and not in a text field."""
        if other.isHidden() and not shown.isHidden():
            return
        held = self.window().focusWidget() is other  # also while another program's window has the keyboard
        shown.show()
        if held:
            shown.setFocus()
        other.hide()
        self._places.setVisible(shown is self.table)

    def _tell_count(self) -> None:
        stretch = self.model.stretch
        known = stretch.ended or stretch.counted is not None
        total = f"{stretch.total + len(stretch.held):,}" if known else "…"
        words = _("共 {total} 件").format(total=total)
        if self.marking.number:
            told = _("已选 {count} 件,操作对它们一起办理")
            words += " · " + told.format(count=f"{self.marking.number:,}")
        self._count.setText(words)

    def _tell_arrivals(self, number: int) -> None:
        self._arrivals.setText(_("{count} 条新件").format(count=number))
        self._arrivals.setAccessibleName(_("{count} 条新件,按此显示").format(count=number))
        held = self._arrivals.hasFocus()
        self._arrivals.setVisible(number > 0)
        if held and not number:
            self.take_keyboard()

    def _on_resized(self) -> None:
        """Another size, another zoom."""
        self.heads.fit()
        self.eye.resize(self.table.viewport().height(), self.table.row_height)

    def _place(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        rows = QHBoxLayout()
        rows.setSpacing(0)
        rows.addWidget(self.table, 1)
        rows.addWidget(self._places)
        foot = QHBoxLayout()
        foot.setContentsMargins(*pxs(12, 4, 12, 4))
        foot.addWidget(self._count)
        foot.addStretch(1)
        foot.addWidget(self._arrivals)
        layout.addWidget(self.views.bar)
        layout.addWidget(self.filters)
        layout.addLayout(rows, 1)
        layout.addWidget(self._empty, 1)
        layout.addLayout(foot)

    def _connect(self, theme: Theme) -> None:
        table, eye = self.table, self.eye
        table.stepped.connect(self._on_stepped)
        table.paged.connect(self._on_paged)
        table.ended.connect(self._on_ended)
        table.pressed_row.connect(self._on_pressed)
        table.dragged_to.connect(lambda at: self._extend(self.model.top + at))
        table.all_wanted.connect(self.marking.everything)
        table.turned.connect(self._on_turned)
        table.scrolled.connect(eye.scroll)
        table.resized.connect(self._on_resized)
        theme.changed.connect(self._on_resized)
        self._places.wanted.connect(eye.go)
        self._arrivals.clicked.connect(eye.show_arrivals)
        eye.moved.connect(self._on_moved)
        eye.opened.connect(self._on_opened)
        eye.arrived.connect(self._tell_arrivals)
        self.marking.changed.connect(self._on_marks_changed)
        self._selection.filter_changed.connect(self._on_filter_changed)
        self._selection.case_changed.connect(self._on_case_changed)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.views.counting.wish()
        if self._stale:
            self._stale = False
            self.reload.wish(now=True)
