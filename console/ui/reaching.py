"""Where the keyboard goes by a key: to the queue, the map, the case, wherever their panels stand."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from console.ui.workspace import Workspace


class Reaching:
    """Its methods are actions of console.ui.actions.WINDOW."""

    def __init__(
        self, workspace: Workspace, take_lists: Callable[[], None], grid_map: QWidget, case: QWidget
    ) -> None:
        self._workspace = workspace
        self._take_lists = take_lists
        self._map = grid_map
        self._case = case

    def focus_queue(self) -> None:
        self._workspace.reach("queue")
        self._take_lists()

    def focus_map(self) -> None:
        self._workspace.reach("map")
        self._map.setFocus()

    def focus_case(self) -> None:
        self._workspace.reach("case")
        self._case.setFocus()
