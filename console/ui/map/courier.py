"""When the page is told that there is news: soon, not too often, and never before it has read the last."""

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

_SHORTEST_PAUSE_MS = 100


class Courier(QObject):
    """Paces the news for the page.

    Urgent news (a selection) goes out as soon as the page has read the last; other news at most ten
    times a second. Everything changed meanwhile travels together; while nobody sees the page nothing does.

    Signals:
        due: tell the page to fetch the news.
    """

    due = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open = False
        self._asleep = False
        self._unread: int | None = None
        self._sent = False
        self._since_last = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._send)
        self._waiting = False
        self._waiting_urgent = False

    def open(self) -> None:
        """The page is up and has the whole state."""
        self._open, self._unread, self._sent = True, None, False
        self._try()

    def shut(self) -> None:
        """The page is gone; what changes meanwhile is part of the whole state it will fetch."""
        self._open, self._unread, self._sent = False, None, False
        self._waiting = self._waiting_urgent = False
        self._timer.stop()

    def sleep(self) -> None:
        """Nobody sees the page: tell it nothing until it wakes."""
        self._asleep = True
        self._timer.stop()

    def wake(self) -> None:
        """The page is seen again; what changed meanwhile goes out at once."""
        self._asleep = False
        self._waiting_urgent = self._waiting_urgent or self._waiting
        self._try()

    @property
    def is_open(self) -> bool:
        """Whether the page is up."""
        return self._open

    @property
    def idle(self) -> bool:
        """Whether the page has taken in all there is, or is not there or not seen."""
        told = not (self._waiting or self._sent or self._unread is not None)
        return told or self._asleep or not self._open

    @property
    def awake(self) -> bool:
        """Whether the page is up and answers: while nobody sees it, it is stopped."""
        return self._open and not self._asleep

    def changed(self, *, urgent: bool = False) -> None:
        """There is something new."""
        self._waiting = True
        self._waiting_urgent = self._waiting_urgent or urgent
        self._try()

    def fetched(self, number: int) -> None:
        """The page has fetched the news of this number and has still to read it."""
        self._unread, self._sent = number, False
        self._waiting = self._waiting_urgent = False

    def heard(self, number: int) -> None:
        """The page has taken in the news of this number."""
        if number == self._unread:
            self._unread = None
            self._try()

    def _try(self) -> None:
        if not self._open or self._asleep or not self._waiting or self._sent or self._unread is not None:
            return
        passed = self._since_last.elapsed() if self._since_last.isValid() else _SHORTEST_PAUSE_MS
        pause = 0 if self._waiting_urgent else max(0, _SHORTEST_PAUSE_MS - passed)
        if not self._timer.isActive() or pause < self._timer.remainingTime():
            self._timer.start(pause)

    def _send(self) -> None:
        self._sent = True
        self._since_last.start()
        self.due.emit()
