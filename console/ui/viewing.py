"""The window's own actions on the queue: saved views, filters, columns, arrivals; each has its key."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from console.ui.messages import MessageLine
from console.ui.queue.panel import QueuePanel
from console.ui.seating import Seating
from console.ui.views_door import ViewsDoor

if TYPE_CHECKING:
    from console.command.lexicon import Lexicon
    from console.ui.door import Door
    from console.ui.main_window import MainWindow


class Viewing(QObject):
    """Holds the methods of the actions of console.ui.actions that the queue does.

    `show_queue` brings the queue to the front; `today` is the midnight the city's day began with,
    `folder` keeps the columns.
    """

    def __init__(
        self,
        queue: QueuePanel,
        messages: MessageLine,
        seating: Seating,
        show_queue: Callable[[], None],
        today: Callable[[], datetime | None],
        folder: Path,
        failed: Callable[[BaseException], None],
    ) -> None:
        super().__init__(queue)
        self._queue = queue
        self._show_queue = show_queue
        self._today = today
        queue.heads.remember(folder, failed)
        queue.views.told.connect(messages.say)
        queue.views.list.left.connect(queue.take_keyboard)
        seating.changed.connect(lambda _name: queue.views.seat_changed())
        for number in range(1, 10):
            setattr(self, f"view_{number}", partial(self._open, number - 1))

    def open(self, door: "Door", lexicon: "Callable[[], Lexicon]") -> None:
        self._queue.views.open(ViewsDoor(door), self._today)
        self._queue.filters.panel.speak(lexicon, door.now)

    def save_view(self) -> None:
        self._show_queue()
        self._queue.views.save()

    def show_views(self) -> None:
        self._show_queue()
        self._queue.views.turn_list()

    def add_filter(self) -> None:
        self._show_queue()
        self._queue.filters.turn_panel()

    def choose_columns(self) -> None:
        self._show_queue()
        self._queue.heads.turn_chooser()

    def show_arrivals(self) -> None:
        self._queue.eye.show_arrivals()

    def _open(self, place: int) -> None:
        self._show_queue()
        self._queue.views.open_view(place)


def make_viewing(window: "MainWindow", folder: Path) -> Viewing:
    """Introduced to what it works with; it does its actions from now on."""
    made = Viewing(
        window.queue, window.messages, window.seating, window.reaching.focus_queue,
        window.passing.midnight, folder, window.failed,
    )  # fmt: skip
    window.doers.append(made)
    return made
