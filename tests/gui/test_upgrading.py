"""The window tells of the upgrade of its database, from whatever thread it happens on."""

from pathlib import Path
from threading import Thread

from pytestqt.qtbot import QtBot

from console.ui.messages import MessageLine
from console.ui.theme import Theme
from console.ui.upgrading import Upgrading


def test_that_an_upgrade_on_another_thread_is_told_in_the_message_line(qtbot: QtBot, qapp: object) -> None:
    from PySide6.QtWidgets import QApplication

    assert isinstance(qapp, QApplication)
    line = MessageLine(Theme("light", qapp))
    qtbot.addWidget(line)
    upgrading = Upgrading(line)
    opening = Thread(target=lambda: upgrading.tell(3, 4, None))
    opening.start()
    qtbot.waitUntil(lambda: "75 %" in line.text)
    opening.join()
    upgrading.tell(4, 4, Path("/data/backups/console-0007.sqlite"))
    qtbot.waitUntil(lambda: "/data/backups/console-0007.sqlite" in line.text)
