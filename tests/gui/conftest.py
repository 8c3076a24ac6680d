"""Screen tests run without a screen, and the map's scheme is registered before there is an application."""

import os

from console.ui.map.engine import prepare_engine
from tests.gui.map_page import opened
from tests.gui.seats import loop, open_seat, seat, seat_with_page, store_template

__all__ = ["loop", "open_seat", "opened", "seat", "seat_with_page", "store_template"]

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
prepare_engine()
