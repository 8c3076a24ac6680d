"""A line of widgets that gives up the least important ones where there is no room for all."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget


class Folding(QObject):
    """Watches a line and folds its widgets away in the order given, the least important first.

    Whoever wants a widget hidden for a reason of his own hides it with `want`.
    """

    def __init__(self, line: QWidget, least_first: Sequence[QWidget]) -> None:
        super().__init__(line)
        self._line = line
        self._least_first = least_first
        self._unwanted: set[QWidget] = set()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self.fit)
        line.installEventFilter(self)

    def want(self, widget: QWidget, wanted: bool) -> None:
        """Whether the widget has anything to say; a wanted one is shown where there is room."""
        if wanted is (widget not in self._unwanted):
            return
        (self._unwanted.discard if wanted else self._unwanted.add)(widget)
        widget.setVisible(wanted)
        self.fit()

    @property
    def folded(self) -> list[QWidget]:
        """What there is no room for, in the order of the line."""
        layout = self._line.layout()
        assert layout is not None
        gone = [one for one in self._least_first if one.isHidden() and one not in self._unwanted]
        return sorted(gone, key=layout.indexOf)

    def fit(self) -> None:
        """Show what there is room for."""
        layout = self._line.layout()
        assert isinstance(layout, QHBoxLayout)
        margins = layout.contentsMargins()
        room = self._line.width() - margins.left() - margins.right()
        foldable = [widget for widget in self._least_first if widget not in self._unwanted]
        needed = sum(self._width(layout, at) for at in range(layout.count()))
        folded = []
        for widget in foldable:
            if needed <= room:
                break
            folded.append(widget)
            needed -= _hint(widget) + layout.spacing()
        for widget in reversed(folded[:]):  # a large one has made room for a small one that went before it
            if needed + _hint(widget) + layout.spacing() <= room:
                folded.remove(widget)
                needed += _hint(widget) + layout.spacing()
        for widget in foldable:
            if widget.isHidden() is not (widget in folded):
                widget.setHidden(widget in folded)

    def _width(self, layout: QHBoxLayout, at: int) -> int:
        """What the item at a place takes at least, shown or folded."""
        item = layout.itemAt(at)
        widget = item.widget() if item is not None else None
        if widget is None or widget in self._unwanted:
            return 0
        if widget.isHidden() and widget not in self._least_first:
            return 0
        return _hint(widget) + layout.spacing()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.fit()
        elif event.type() == QEvent.Type.LayoutRequest:
            self._later.start()
        return False


def _hint(widget: QWidget) -> int:
    """As wide as the widget has to be, whatever else it would like."""
    return max(widget.minimumSizeHint().width(), widget.minimumWidth())
