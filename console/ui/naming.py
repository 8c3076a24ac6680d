"""What a screen reader is told of a widget where Qt would tell it something else."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from console.i18n import _
from console.ui.widgets import plain_tip


def name_box(box: QComboBox, words: str, label: QLabel | None = None) -> None:
    """Name a list to choose from, by the label beside it where there is one.

    On Linux Qt tells what is chosen in the place of the name, and leaves the name to a label.
    """
    box.setAccessibleName(words)
    line = box.lineEdit()
    if line is not None:
        line.setAccessibleName(words)
    if label is None:
        label = _spoken(box)
        label.setText(words)
    label.setBuddy(box)


def tell(widget: QWidget, text: str) -> None:
    """A hint for the mouse as it was written, and the same for the screen reader without its markup."""
    widget.setToolTip(plain_tip(text))
    widget.setAccessibleDescription(text)


def sorted_words(by: tuple[int, bool] | None, section: int) -> str | None:
    """What the head of a column says of the order of the rows: `by` is a column, and whether backwards."""
    if by is None or by[0] != section:
        return None
    return _("降序") if by[1] else _("升序")


def _spoken(box: QComboBox) -> QLabel:
    """The label of a list that has none on the screen."""
    parent = box.parentWidget()
    assert parent is not None, "the label stands beside the list"
    beside = parent.findChildren(QLabel, options=Qt.FindChildOption.FindDirectChildrenOnly)
    found = next((label for label in beside if label.buddy() is box), None)
    if found is None:
        found = QLabel(parent)
        found.setObjectName(f"{box.objectName()}Spoken")
        found.setTextFormat(Qt.TextFormat.PlainText)
        found.hide()
    return found
