"""The days of the period as two lines: accepted and closed cases of the chosen line of the board."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCharts import QChart, QChartView, QDateTimeAxis, QLineSeries, QValueAxis
from PySide6.QtCore import QDate, QDateTime, QLocale, QMargins, Qt, QTime
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from console.i18n import _
from console.ui.scale import px
from console.ui.theme import Theme
from console.words import COUNTS
from console.words.dates import short_day

if TYPE_CHECKING:
    from console.queries.board import Day

_MOST_LABELS = 11
_LEAST_HEIGHT = 170  # below it the axes have no room for their labels


class DayChart(QChartView):
    """Accepted is a solid line, closed a dashed one: told apart without colour."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("boardChart")
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setFrameShape(QChartView.Shape.NoFrame)
        for part in (self, self.viewport()):
            part.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumHeight(px(_LEAST_HEIGHT))
        self._theme = theme
        self._days: Sequence[Day] = ()
        self._name = ""
        theme.changed.connect(self._draw)

    def show_days(self, days: "Sequence[Day]", name: str) -> None:
        """Days in order; `name` is the line of the board they belong to."""
        self._days = days
        self._name = name
        words = _("{day} 受理 {accepted},结案 {closed}")
        told = [
            words.format(day=short_day(day.day), accepted=day.accepted, closed=day.closed) for day in days
        ]
        self.setAccessibleName(_("{name}:每日受理与结案").format(name=name))
        self.setAccessibleDescription(_(";").join(told))
        self._draw()

    def _draw(self) -> None:
        self.setBackgroundBrush(self._theme.colour("surface"))
        chart = QChart()
        chart.setLocale(QLocale.c())  # the names of months do not follow the desktop
        chart.setBackgroundBrush(self._theme.colour("surface"))
        chart.setBackgroundRoundness(0)
        chart.setMargins(QMargins(0, 0, 0, 0))
        chart.setTitle(_("{name}:每日受理与结案").format(name=self._name) if self._name else "")
        chart.setTitleFont(self.font())
        chart.setTitleBrush(self._theme.colour("muted"))
        days = QDateTimeAxis()
        days.setFormat(_("MM-dd"))
        days.setTickCount(min(max(2, len(self._days)), _MOST_LABELS))
        numbers = QValueAxis()
        numbers.setLabelFormat("%d")
        most = max((max(day.accepted, day.closed) for day in self._days), default=0)
        numbers.setRange(0, max(5, most))
        numbers.applyNiceNumbers()
        for axis, side in ((days, Qt.AlignmentFlag.AlignBottom), (numbers, Qt.AlignmentFlag.AlignLeft)):
            axis.setLabelsColor(self._theme.colour("muted"))
            axis.setLabelsFont(self.font())
            axis.setLinePen(QPen(self._theme.colour("line")))
            axis.setGridLinePen(QPen(self._theme.colour("line"), 1, Qt.PenStyle.DotLine))
            chart.addAxis(axis, side)
        days.setGridLineVisible(False)
        for name, role, style, values in (
            (_(COUNTS["accepted"]), "accent", Qt.PenStyle.SolidLine, [day.accepted for day in self._days]),
            (_(COUNTS["closed"]), "in_time", Qt.PenStyle.DashLine, [day.closed for day in self._days]),
        ):
            line = QLineSeries()
            line.setName(name)
            line.setPen(QPen(self._theme.colour(role), 2, style))
            for day, value in zip(self._days, values, strict=True):
                line.append(_noon(day.day), value)
            chart.addSeries(line)
            line.attachAxis(days)
            line.attachAxis(numbers)
        legend = chart.legend()
        legend.setAlignment(Qt.AlignmentFlag.AlignTop)
        legend.setLabelColor(self._theme.colour("text"))
        legend.setFont(self.font())
        before = self.chart()
        self.setChart(chart)
        if before is not None:
            before.deleteLater()


def _noon(day: date) -> int:
    """The day as Qt's axis counts it; noon keeps it on its day in every zone."""
    return QDateTime(QDate(day.year, day.month, day.day), QTime(12, 0)).toMSecsSinceEpoch()
