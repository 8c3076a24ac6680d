"""The screens are painted by the same seats as in tests/gui."""

import os

from console.ui.map.engine import prepare_engine
from tests.gui.seats import loop, open_seat, store_template

__all__ = ["loop", "open_seat", "store_template"]

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
prepare_engine()
