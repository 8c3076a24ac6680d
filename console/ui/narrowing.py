"""What narrows the queue: a step of the strip, a figure of the board."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from console.domain.flow import Step
from console.domain.wanted import CaseFilter, Figure
from console.ui.header import Header
from console.ui.selection import Selection
from console.ui.strip import StepStrip


class Narrowing(QObject):
    """`today` is the midnight since which ended cases count as today's, None before the store is open.

    Signals: figure_shown(str): the queue holds the cases of a figure now; the words name it.
    """

    figure_shown = Signal(str)

    def __init__(
        self, header: Header, strip: StepStrip, selection: Selection, today: Callable[[], datetime | None]
    ) -> None:
        super().__init__(selection)
        self._search = header.search
        self._selection = selection
        self._today = today
        strip.step_chosen.connect(self._on_step)
        selection.filter_changed.connect(lambda wanted: strip.show_step(wanted.step))

    def clear_filter(self) -> None:
        """Back to every open case."""
        self._search.clear()
        self._selection.want(CaseFilter())

    def show_figure(self, figure: Figure, name: str) -> None:
        self._search.clear()
        self._selection.want(CaseFilter(figure=figure))
        self.figure_shown.emit(name)

    def _on_step(self, step: Step | None) -> None:
        since = self._today() if step is Step.EVALUATION else None
        self._selection.narrow(
            lambda wanted: replace(wanted, step=step, figure=None, everything=False, ended_since=since)
        )
