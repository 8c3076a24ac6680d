"""Looks at Qt, fonts and the map page without showing a window; prints one JSON object for the doctor."""

import json
import os
import sys

from console.domain.errors import Refused

_PATIENCE_MS = 30_000


def probe() -> dict[str, tuple[bool, str]]:
    """Name to (well, what was found)."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    import PySide6
    from PySide6.QtCore import qVersion

    from console.system import FAMILIES
    from console.ui.guard import check_pair
    from console.ui.map.engine import prepare_engine
    from console.ui.start import make_application
    from console.ui.theme import Theme

    told: dict[str, tuple[bool, str]] = {"Qt": (True, f"{qVersion()}, PySide6 {PySide6.__version__}")}
    try:
        check_pair()
        told["pair"] = (True, "ok")
    except Refused as problem:
        told["pair"] = (False, str(problem))
        return told
    prepare_engine()
    application = make_application()
    family = application.font().family()
    told["fonts"] = (family in FAMILIES, family)
    told["map"] = _map_page(Theme("light", application))
    return told


def _map_page(theme: object) -> tuple[bool, str]:
    from PySide6.QtCore import QEventLoop, QTimer

    from console.ui.map.city import MapCity
    from console.ui.map.panel import MapPanel
    from console.ui.theme import Theme

    assert isinstance(theme, Theme)
    panel = MapPanel(theme.roles)
    panel.resize(640, 480)
    waiting = QEventLoop()
    took: list[float] = []
    panel.painted.connect(took.append)
    panel.painted.connect(lambda _ms: waiting.quit())
    panel.show_city(MapCity(one_cell(), ["1"]))
    panel.show()
    QTimer.singleShot(_PATIENCE_MS, waiting.quit)
    waiting.exec()
    blocked = panel.outside_requests
    closed = QEventLoop()
    panel.page_closed.connect(closed.quit)
    QTimer.singleShot(0, panel.close_page)
    closed.exec()
    if not took:
        return False, "not painted"
    return not blocked, f"{took[0]:.0f} ms" if not blocked else f"asked for {blocked[0]}"


def one_cell() -> bytes:
    """The smallest city: one square of 120 m, packed as console.geography.packed does."""
    import struct

    head = struct.pack("<4s3I2d", b"GCL1", 1, 1, 4, 12_651_500.0, 4_130_500.0)
    return head + struct.pack("<2I2I8f", 0, 1, 0, 4, 0, 0, 120, 0, 120, 120, 0, 120)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(probe()) + "\n")
