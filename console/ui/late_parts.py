"""The parts of the window that are made when they are first wanted: it is painted without them."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from console.i18n import _, named
from console.ui.command.commands import Commands
from console.ui.keys import Keys
from console.ui.macros.macros import Macros
from console.words.generated import generated_mark

if TYPE_CHECKING:
    from console.domain.case import Case
    from console.ui.approvals.panel import ApprovalsPanel
    from console.ui.board.panel import BoardPanel
    from console.ui.main_window import MainWindow
    from console.ui.pages import Page
    from console.ui.practice.page import PracticePage


def load() -> None:
    """Import them beside the window, so that the first key that wants one does not wait for it."""
    import console.ui.approvals.panel
    import console.ui.board.panel
    import console.ui.case.why
    import console.ui.manual.page
    import console.ui.practice.page
    import console.ui.settings_page.page  # noqa: F401


def make_approvals(window: "MainWindow") -> "ApprovalsPanel":
    from console.ui.approvals.panel import ApprovalsPanel

    return ApprovalsPanel(window.selection, window.theme, window.actions_by_name, window.failed)


def page_makers(window: "MainWindow") -> "dict[str, Callable[[], Page]]":
    """What fills the window in place of the workspace, by its name."""
    return {
        "board": partial(make_board, window),
        "practice": partial(make_practice, window),
        "settings": lambda: window.settling.make_page(),
        "founding": lambda: window.founding.make_page(),
        "manual": lambda: window.manual.make_page(),
    }


def make_board(window: "MainWindow") -> "BoardPanel":
    from console.ui.board.panel import BoardPanel

    board = BoardPanel(window.theme, window.failed)
    board.figure_chosen.connect(window.narrowing.show_figure)
    board.copied.connect(lambda table: copy_table(window, table))
    return board


def copy_table(window: "MainWindow", table: str) -> None:
    """Onto the clipboard; a generated city's figures bear its mark there too."""
    profile = window.profile
    if profile is not None:
        mark = generated_mark(profile)
        table = "\t".join(filter(None, (named(profile.name, profile.name_en), mark))) + "\n" + table
    QApplication.clipboard().setText(table)
    window.messages.say(_("表格已复制,可粘贴到电子表格"))


def make_practice(window: "MainWindow") -> "PracticePage":
    from console.ui.practice.page import PracticePage

    def chosen() -> "Case | None":
        return window.case.card.case if window.case.card is not None else None

    return PracticePage(window.theme, window.messages, chosen, window.failed)


def make_commands(window: "MainWindow", folder: Path) -> Commands:
    """The command line of the window; it acts through the same parts as keys and buttons."""
    commands = Commands(
        window.header.search,
        window.theme,
        window.selection,
        window.queue,
        window.conduct,
        window.acting,
        window.actions_by_name,
        lambda: window.case.card,
        window.show_cases,
        folder,
        window.failed,
        window,
    )
    commands.keep_macros(
        Macros(
            window,
            lambda: window.layers,
            window.messages,
            window.selection,
            window.conduct,
            lambda: window.case.card,
            window.queue.marked_cases,
            lambda: commands.lexicon,
            folder,
            window.failed,
        )
    )
    return commands


def make_keys(window: "MainWindow") -> Keys:
    """The overlay of keys."""
    return Keys(window, window.theme, lambda: window.case.card)
