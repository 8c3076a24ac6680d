"""The live change of zoom: what widgets and layouts were given at one scale is given to them at another."""

from collections.abc import Iterator

from PySide6.QtCore import QObject, QSize
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QFormLayout,
    QGridLayout,
    QHeaderView,
    QLayout,
    QTableView,
    QWidget,
)
from shiboken6 import isValid

from console.ui.scale import factor, use_zoom
from console.ui.theme import Theme, console_font

_LIMITLESS = (1 << 24) - 1  # QWIDGETSIZE_MAX
_MEMORY = "unscaled"
FITTED = "fitted"  # a table with this property gives its columns their widths anew by itself

Numbers = tuple[int, ...]


def zoom_to(percent: int, theme: Theme, application: QApplication) -> None:
    """Draw everything that stands at another zoom; what is made later asks `px` by itself."""
    before = factor()
    use_zoom(percent)
    if factor() == before:
        return
    # Read first: a new style sheet polishes widgets, and some then forget what they were given.
    given = [(widget, list(_given(widget))) for widget in application.allWidgets()]
    application.setFont(console_font())
    theme.dress()
    for widget, numbers in given:
        for holder, what, values in numbers:
            if not isValid(holder):
                continue  # polishing lets rows of small widgets fit anew, and some make new ones
            _give(holder, what, _rescaled(holder, what, values, before))
        if isValid(widget):
            if isinstance(widget, QAbstractItemView):
                widget.scheduleDelayedItemsLayout()
            widget.updateGeometry()
    theme.changed.emit()


def _given(widget: QWidget) -> Iterator[tuple[QObject, str, Numbers]]:
    """What the code fixed in pixels on this widget: who holds it, under which name, how much."""
    if not widget.isWindow():  # a window's own limits are its layout's affair
        least, most = widget.minimumSize(), widget.maximumSize()
        yield widget, "least", (least.width(), least.height())
        yield widget, "most", (most.width(), most.height())
    if isinstance(widget, QAbstractButton) and not widget.icon().isNull():
        yield widget, "icon", (widget.iconSize().width(), widget.iconSize().height())
    if isinstance(widget, QHeaderView):
        yield widget, "section", (widget.defaultSectionSize(), widget.minimumSectionSize())
        table = widget.parent()
        if (
            isinstance(table, QTableView)
            and widget is table.horizontalHeader()
            and not table.property(FITTED)
        ):
            yield widget, "columns", tuple(widget.sectionSize(at) for at in range(widget.count()))
    layout = widget.layout()
    if layout is not None:
        yield from _given_to_layout(layout)


def _given_to_layout(layout: QLayout) -> Iterator[tuple[QObject, str, Numbers]]:
    margins = layout.contentsMargins()
    yield layout, "margins", (margins.left(), margins.top(), margins.right(), margins.bottom())
    if isinstance(layout, QGridLayout | QFormLayout):
        yield layout, "spacings", (layout.horizontalSpacing(), layout.verticalSpacing())
    else:
        yield layout, "spacing", (layout.spacing(),)
    gaps = []
    for at in range(layout.count()):
        item = layout.itemAt(at)
        inner = item.layout() if item is not None else None
        spacer = item.spacerItem() if item is not None else None
        if inner is not None:
            yield from _given_to_layout(inner)
        if spacer is not None:
            gaps += [spacer.sizeHint().width(), spacer.sizeHint().height()]
    if any(gaps):
        yield layout, "gaps", tuple(gaps)


def _rescaled(holder: QObject, what: str, values: Numbers, before: float) -> Numbers:
    """The values at the new scale. What they are at 100 % is remembered: rounding never adds up."""
    memory = dict(holder.property(_MEMORY) or {})
    at_100, told = memory.get(what, ((), ()))
    if told != values:  # the code has given other values since
        at_100 = tuple(value / before for value in values)
    now = tuple(_scaled(value, whole) for value, whole in zip(values, at_100, strict=True))
    memory[what] = (at_100, now)
    holder.setProperty(_MEMORY, memory)
    return now


def _scaled(value: int, at_100: float) -> int:
    if value <= 0 or value >= _LIMITLESS:
        return value
    return max(1, round(at_100 * factor()))


def _give(holder: QObject, what: str, values: Numbers) -> None:
    match what, holder:
        case "least", QWidget():
            holder.setMinimumSize(*values)
        case "most", QWidget():
            holder.setMaximumSize(*values)
        case "icon", QAbstractButton():
            holder.setIconSize(QSize(*values))
        case "section", QHeaderView():
            holder.setMinimumSectionSize(values[1])
            holder.setDefaultSectionSize(values[0])
        case "columns", QHeaderView():
            for at, width in enumerate(values):
                if holder.sectionResizeMode(at) in _BY_HAND:
                    holder.resizeSection(at, width)
        case "margins", QLayout():
            holder.setContentsMargins(*values)
        case "spacing", QLayout():
            holder.setSpacing(values[0])
        case "spacings", QGridLayout() | QFormLayout():
            holder.setHorizontalSpacing(values[0])
            holder.setVerticalSpacing(values[1])
        case "gaps", QLayout():
            _give_gaps(holder, values)


_BY_HAND = {QHeaderView.ResizeMode.Interactive, QHeaderView.ResizeMode.Fixed}


def _give_gaps(layout: QLayout, values: Numbers) -> None:
    left = iter(values)
    for at in range(layout.count()):
        item = layout.itemAt(at)
        spacer = item.spacerItem() if item is not None else None
        if spacer is not None:
            policy = spacer.sizePolicy()
            spacer.changeSize(next(left), next(left), policy.horizontalPolicy(), policy.verticalPolicy())
    layout.invalidate()
