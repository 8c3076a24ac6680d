"""The left of the workspace: the queue of cases, or the applications that wait in its place."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from console.domain.case import Case
from console.ui.first_picture import after_first_picture
from console.ui.queue.panel import QueuePanel

if TYPE_CHECKING:
    from console.runtime.desk import Changes
    from console.ui.approvals.panel import ApprovalsPanel
    from console.ui.door import Door
    from console.ui.triage.panel import TriagePanel


class Lists(QStackedWidget):
    """The approvals come with the store: the window is painted without them.

    Signals: turned(bool): whether the approvals are shown now; counted(int, int), see ApprovalsPanel.
    """

    turned = Signal(bool)
    counted = Signal(int, int)

    def __init__(self, queue: QueuePanel, make_approvals: "Callable[[], ApprovalsPanel]") -> None:
        super().__init__()
        self._queue = queue
        self._make = make_approvals
        self.approvals: ApprovalsPanel | None = None
        self._over: TriagePanel | None = None
        self.addWidget(queue)

    @property
    def shows_approvals(self) -> bool:
        return self.approvals is not None and self.currentWidget() is self.approvals

    def open(self, door: "Door") -> None:
        after_first_picture(partial(self._open_approvals, door))

    def _open_approvals(self, door: "Door") -> None:
        if self.approvals is None:
            self.approvals = self._make()
            self.approvals.counted.connect(self.counted)
            self.approvals.left.connect(self.show_queue)
            self.addWidget(self.approvals)
        self.approvals.open(door)

    def lay_over(self, panel: "TriagePanel | None") -> None:
        """Show this in the place of the lists; None gives it back to them."""
        if self._over is not None:
            self.removeWidget(self._over)
        self._over = panel
        if panel is not None:
            self.show_queue()
            self.addWidget(panel)
        self.setCurrentWidget(panel or self._queue)
        self.take_keyboard()

    def toggle(self) -> None:
        """To the approvals, or from them back to the queue."""
        if self.shows_approvals:
            self.show_queue()
        elif self.approvals is not None:
            self.setCurrentWidget(self.approvals)
            self.approvals.begin()
            self.take_keyboard()
            self.turned.emit(True)

    def show_queue(self) -> None:
        shown = self.shows_approvals
        self.setCurrentWidget(self._queue)
        self._queue.take_keyboard()
        if shown:
            self.turned.emit(False)

    def on_filter(self) -> None:
        """Something else is looked for: the queue shows it."""
        if self.approvals is not None and self.shows_approvals:
            held = self.approvals.has_keyboard
            self.setCurrentWidget(self._queue)
            if held:
                self._queue.take_keyboard()
            self.turned.emit(False)

    def take_keyboard(self) -> None:
        if self._over is not None:
            self._over.take_keyboard()
        elif self.approvals is not None and self.shows_approvals:
            self.approvals.take_keyboard()
        else:
            self._queue.take_keyboard()

    def reload(self) -> None:
        """Read the applications anew: another seat may decide others."""
        if self.approvals is not None:
            self.approvals.reload.wish(now=True)

    def tick(self, now: datetime) -> None:
        if self.approvals is not None:
            self.approvals.tick(now)

    def on_changed(self, changes: "Changes") -> None:
        if self.approvals is not None:
            self.approvals.on_changed(changes)

    def on_decided(self, case: Case) -> None:
        if self.approvals is not None:
            self.approvals.on_decided(case)

    def show_words(self) -> None:
        if self.approvals is not None:
            self.approvals.show_words()
