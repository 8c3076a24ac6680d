"""The seats of the screen tests, for the stories that walk a case through the window."""

from collections.abc import Callable

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.conftest import loop, open_seat, seat, seat_with_page, store_template

__all__ = ["loop", "open_seat", "seat", "seat_with_page", "store_template"]


@pytest.fixture
def mouse_sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The name of every act of the mouse that is sent, as it is sent; all of ours go through these two.

    Not a filter of the application's events: in Python it does not outlive the browser engine's threads.
    """
    sent: list[str] = []
    for owner in (QTest, QtBot):
        for name in ("mouseClick", "mouseDClick", "mouseMove", "mousePress", "mouseRelease"):
            monkeypatch.setattr(owner, name, staticmethod(told_as(name, getattr(owner, name), sent)))
    return sent


def told_as(name: str, act: Callable[..., None], sent: list[str]) -> Callable[..., None]:
    """The act, telling its name."""

    def done(*what: object, **how: object) -> None:
        sent.append(name)
        act(*what, **how)

    return done
