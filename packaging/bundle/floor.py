"""A window with a table and an empty web page, nothing of the console: no program of its kind starts sooner.

    PYTHON floor.py BEGAN

Run by the program's own Python and Qt; `BEGAN` is the time in seconds at which the parent started it. Says as
JSON the seconds to the `window` and to the `page`: both shown, the page by a script after its first frame.
"""

import json
import os
import sys
import time

_PAGE = "<body style='background: teal'><script>requestAnimationFrame(() => requestAnimationFrame(() =>"
_TOLD = "painted"


def main() -> None:
    began = float(sys.argv[1])
    from PySide6.QtCore import QTimer
    from PySide6.QtWebEngineWidgets import QWebEngineView
    from PySide6.QtWidgets import QApplication, QMainWindow, QSplitter, QTableView

    # As the program without a graphics card has it: drawn in software, root has no sandbox.
    os.environ.setdefault("QT_QUICK_BACKEND", "software")
    os.environ.setdefault("QT_XCB_GL_INTEGRATION", "none")
    os.environ.setdefault("QT_WIDGETS_RHI", "0")
    os.environ.setdefault("QTWEBENGINE_CHROMIUM_FLAGS", "--disable-gpu")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")
    application = QApplication(sys.argv[:1])
    window = QMainWindow()
    parts = QSplitter()
    parts.addWidget(QTableView())
    window.setCentralWidget(parts)
    window.resize(1366, 768)
    window.show()
    while not window.windowHandle().isExposed():
        application.processEvents()
    application.processEvents()
    found = {"window": time.time() - began}

    def painted(title: str) -> None:
        if title == _TOLD:
            found["page"] = time.time() - began
            QTimer.singleShot(0, application.quit)

    view = QWebEngineView()
    parts.addWidget(view)
    view.titleChanged.connect(painted)
    view.setHtml(f"{_PAGE} {{ document.title = '{_TOLD}' }}))</script>")
    application.exec()
    print(json.dumps(found), flush=True)
    os._exit(0)  # nothing of it is kept, and its end is not what is measured


if __name__ == "__main__":
    main()
