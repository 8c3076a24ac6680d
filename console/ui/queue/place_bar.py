"""The scroll bar over the whole list, however long; while it is dragged it says where it is."""

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtWidgets import QLabel, QScrollBar, QWidget

from console.i18n import _
from console.ui.widgets import plain_label


class PlaceBar(QScrollBar):
    """Its value is the place of the first row in view.

    Signals: wanted(int), when the operator wants the view to begin at another place.
    """

    wanted = Signal(int)

    def __init__(self, beside: QWidget, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.setObjectName("queuePlaces")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._beside = beside
        self._told: QLabel = plain_label(name="queuePlace")
        self._told.setParent(beside)
        self._told.hide()
        self._fit = 1
        self.valueChanged.connect(self._on_value)
        self.sliderReleased.connect(self._told.hide)

    def show_place(self, place: int, total: int, fit: int) -> None:
        """Stand at a place of `total`, of which `fit` are in view."""
        self._fit = fit
        self.setEnabled(total > fit)
        if self.isSliderDown():
            return  # the hand knows better
        self.blockSignals(True)
        self.setRange(0, max(0, total - fit))
        self.setPageStep(fit)
        self.setValue(place)
        self.blockSignals(False)

    def _on_value(self, place: int) -> None:
        if self.isSliderDown():
            words = _("第 {place} 件 / 共 {total} 件")
            total = self.maximum() + self._fit
            self._told.setText(words.format(place=f"{place + 1:,}", total=f"{total:,}"))
            self._told.adjustSize()
            self._put_told()
            self._told.show()
            self._told.raise_()
        self.wanted.emit(place)

    def _put_told(self) -> None:
        share = self.sliderPosition() / max(1, self.maximum())
        room = self._beside.height() - self._told.height()
        self._told.move(QPoint(self._beside.width() - self._told.width() - 12, round(room * share)))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Hide:
            self._told.hide()
        return super().event(event)
