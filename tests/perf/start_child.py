"""One start of a window, told in seconds since its parent began it; it loads nothing unmeasured."""

import os
import sys
import time
from typing import Any


class Events:
    """What happened when, in seconds since the parent started this process."""

    def __init__(self, began: float) -> None:
        self._began = began
        self.seen: dict[str, float] = {}

    def note(self, name: str) -> None:
        self.seen.setdefault(name, time.time() - self._began)

    def note_paint(self, widget: Any) -> Any:
        """Note the first paint of `widget`, once what was painted has been sent; keep what is returned."""
        from PySide6.QtCore import QEvent, QObject, QTimer

        events = self

        class FirstPaint(QObject):
            def eventFilter(self, watched: QObject, event: QEvent) -> bool:
                if event.type() == QEvent.Type.Paint:
                    QTimer.singleShot(0, lambda: events.note("painted"))
                return False

        watch = FirstPaint()
        widget.installEventFilter(watch)
        return watch


def bare(events: Events) -> None:
    """A window with a menu and a table, and nothing else."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QMainWindow, QTableView

    application = QApplication([])
    window = QMainWindow()
    window.menuBar().addMenu("File")
    table = QTableView()
    window.setCentralWidget(table)
    window.resize(1600, 900)
    kept = events.note_paint(table)
    window.show()
    poll = QTimer()
    poll.timeout.connect(lambda: "painted" in events.seen and application.quit())
    poll.start(5)
    application.exec()
    del kept


def window(events: Events, folder: str) -> None:
    """The program itself, as its command starts it; it is closed once its map has the cases."""
    sys.argv = ["grid-console", "--data", folder]
    from console.__main__ import main
    from console.ui import start

    paint_now = start.paint_now
    kept: list[Any] = []

    def watched(application: Any, opened: Any) -> None:
        kept.append(events.note_paint(opened.centralWidget()))
        model = opened.queue.model
        model.rowsInserted.connect(lambda: events.note("rows"))

        def on_map(what: str) -> None:
            events.note(what)
            if {"map", "cases"} <= events.seen.keys():
                opened.closing.emit()

        opened.map.painted.connect(lambda _ms: on_map("map"))
        opened.map_link.city_shown.connect(lambda: on_map("cases"))
        paint_now(application, opened)

    start.paint_now = watched
    try:
        main()
    except SystemExit as end:
        if end.code:
            raise


if __name__ == "__main__":
    seen = Events(float(sys.argv[1]))
    {"bare": bare, "window": window}[sys.argv[2]](seen, *sys.argv[3:])
    import json

    print(json.dumps(seen.seen | {"processor": sum(os.times()[:2])}), flush=True)
