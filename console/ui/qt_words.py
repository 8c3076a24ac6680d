"""The words that Qt itself says, in file dialogs and menus of text fields, in the language of the window."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator

from console.i18n import _, language

if TYPE_CHECKING:
    from PySide6.QtWidgets import QFileDialog  # a big class: made when it is wanted

_FILES = {"zh": "qtbase_zh_CN"}  # English is what Qt says without a file
_installed: list[QTranslator] = []


def word_dialog(dialog: "QFileDialog") -> "QFileDialog":
    """The labels that Qt's own catalogue lacks; a desktop's own dialog takes no notice."""
    labels = dialog.DialogLabel
    dialog.setLabelText(labels.LookIn, _("查找范围"))
    dialog.setLabelText(labels.FileType, _("文件类型"))
    return dialog


def use_qt_words() -> None:
    """Let Qt speak the language in use. A file that is missing leaves English: no reason to stop."""
    application = QCoreApplication.instance()
    assert application is not None
    while _installed:
        application.removeTranslator(_installed.pop())
    name = _FILES.get(language())
    words = QTranslator(application)
    if name and words.load(name, QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(words)
        _installed.append(words)
