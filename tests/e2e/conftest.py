"""The seats of the screen tests, for the stories that walk a case through the window."""

from tests.gui.conftest import loop, open_seat, seat, seat_with_page, store_template

__all__ = ["loop", "open_seat", "seat", "seat_with_page", "store_template"]
