"""What the operator looks at: one filter and one case, shared by queue, map and panel."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from console.domain.wanted import CaseFilter


class Selection(QObject):
    """Everyone writes here and listens here; nobody keeps a second copy.

    `marked` is how many cases are marked to be acted on together; 0 where it is only the chosen one.
    `walking`: the chosen case is one of many that are walked through with a key held down.

    Signals: case_changed(case id or 0), filter_changed(CaseFilter), marked_changed(int).
    """

    case_changed = Signal(int)
    filter_changed = Signal(object)
    marked_changed = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.case_id = 0
        self.wanted = CaseFilter()
        self.marked = 0
        self.walking = False

    def choose_case(self, case_id: int, *, walking: bool = False) -> None:
        if case_id != self.case_id:
            self.case_id, self.walking = case_id, walking
            self.case_changed.emit(case_id)

    def mark(self, count: int) -> None:
        if count != self.marked:
            self.marked = count
            self.marked_changed.emit(count)

    def want(self, wanted: CaseFilter) -> None:
        if wanted != self.wanted:
            self.wanted = wanted
            self.filter_changed.emit(wanted)

    def narrow(self, change: Callable[[CaseFilter], CaseFilter]) -> None:
        self.want(change(self.wanted))
