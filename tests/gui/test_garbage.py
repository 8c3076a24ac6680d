"""Cyclic garbage is collected on the window's thread alone."""

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from console.ui.garbage import Garbage


class Cycle:
    """Garbage that notes on which thread it ended."""

    def __init__(self, ended: list[int]) -> None:
        self.me = self
        self.ended = ended

    def __del__(self) -> None:
        self.ended.append(threading.get_ident())


@pytest.fixture
def garbage(qtbot: QtBot) -> Iterator[Garbage]:
    owner = QObject()
    made = Garbage(owner)
    yield made
    made.end()
    assert gc.isenabled()
    owner.deleteLater()


def litter(ended: list[int], count: int) -> None:
    for _cycle in range(count):
        Cycle(ended)


def test_that_what_another_thread_litters_is_collected_on_this_one(garbage: Garbage, qtbot: QtBot) -> None:
    ended: list[int] = []
    worker = threading.Thread(target=litter, args=(ended, 5000))
    worker.start()
    worker.join()
    assert ended == []
    qtbot.waitUntil(lambda: len(ended) == 5000, timeout=10_000)
    assert set(ended) == {threading.get_ident()}


def test_that_what_was_kept_is_walked_through_no_more(garbage: Garbage) -> None:
    before = gc.get_freeze_count()
    garbage.keep_what_is_here()
    assert gc.get_freeze_count() > before
    garbage.end()
    assert gc.get_freeze_count() == 0
