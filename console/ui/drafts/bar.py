"""The line in a form that says what was put back into it, and gives it up or takes it again."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from console.i18n import _
from console.ui.scale import px
from console.ui.widgets import plain_label

KEY = "Ctrl+Shift+Backspace"


class DraftBar(QFrame):
    """Signals: turned(bool): whether the draft is to stand in the form."""

    turned = Signal(bool)

    def __init__(self, when: str, form: QWidget) -> None:
        super().__init__(form)
        self.setObjectName("draftBar")
        self._when = when
        self._taken = True
        self.words = plain_label(name="draftWords", look="news", wraps=True)
        self.button = QToolButton(self)
        self.button.setObjectName("draftTurn")
        self.button.setProperty("quiet", True)
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.clicked.connect(self._turn)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(8))
        layout.addWidget(self.words, 1)
        layout.addWidget(self.button)
        shortcut = QShortcut(QKeySequence(KEY), form, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._turn)
        self._show_words()

    def _turn(self) -> None:
        self._taken = not self._taken
        self._show_words()
        self.turned.emit(self._taken)

    def _show_words(self) -> None:
        taken = self._taken
        words = _("已填入 {time} 未提交的草稿") if taken else _("{time} 的草稿已撤出")
        self.words.setText(words.format(time=self._when))
        self.button.setText(_("清空") if taken else _("放回"))
        self.button.setToolTip(KEY)
        self.button.setAccessibleName(_("清空草稿") if taken else _("放回草稿"))
