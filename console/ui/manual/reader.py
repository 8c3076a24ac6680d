"""A page of the manual as it is read: our own constant text, our own pictures, nothing from elsewhere."""

from typing import Any

from PySide6.QtCore import QEvent, Qt, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QPalette,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextTable,
)
from PySide6.QtWidgets import QTextBrowser, QTextEdit, QWidget

from console.i18n import Language
from console.ui.scale import px
from console.ui.theme import Theme, console_font
from console.words.manual import page_text, picture_file

_LINE_HEIGHT = 150  # per cent
_TEXT, _WIDEST_PICTURE = 14, 900


class Reader(QTextBrowser):
    """Shows one page; links are told by `anchorClicked`, never followed by itself.

    Signals: back_wished, when the reader wants the page before.
    """

    back_wished = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("manualText")
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setUndoRedoEnabled(False)
        self._theme = theme
        self._page, self._language = "", "zh"
        self._marked = ""
        theme.changed.connect(self.render_again)

    def show_page(self, page: str, language: Language, marked: str = "") -> None:
        """Show a page from its top, or from the first place of `marked`, which is marked everywhere."""
        self._page, self._language, self._marked = page, language, marked
        self._fill()
        first = self._mark()
        if first is not None:
            self.setTextCursor(first)
            self.ensureCursorVisible()
        else:
            self.moveCursor(QTextCursor.MoveOperation.Start)
            self.verticalScrollBar().setValue(0)

    def render_again(self) -> None:
        """The theme or the zoom is another; the place in the text stays about where it was."""
        if not self._page:
            return
        bar = self.verticalScrollBar()
        share = bar.value() / max(1, bar.maximum())
        self._fill()
        self._mark()
        bar.setValue(round(share * bar.maximum()))

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Pictures of ours by their bare names; everything else is not there."""
        wanted = name.toString() if isinstance(name, QUrl) else str(name)
        file = picture_file(wanted, "en" if self._language == "en" else "zh")
        if kind != QTextDocument.ResourceType.ImageResource.value or file is None:
            return None
        image = QImage(str(file))
        room = min(px(_WIDEST_PICTURE), max(px(200), self.viewport().width() - px(60)))
        if image.isNull():
            return None
        return image.scaledToWidth(min(room, image.width()), Qt.TransformationMode.SmoothTransformation)

    def event(self, event: QEvent) -> bool:
        """Alt+Left means the page before here, and the view before on the map."""
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and _goes_back(event)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _goes_back(event):
            self.back_wished.emit()
        else:
            super().keyPressEvent(event)

    def _fill(self) -> None:
        language: Language = "en" if self._language == "en" else "zh"
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, self._theme.colour("surface"))
        palette.setColor(QPalette.ColorRole.Text, self._theme.colour("text"))
        palette.setColor(QPalette.ColorRole.Link, self._theme.colour("accent"))
        self.setPalette(palette)
        font = console_font()
        font.setPixelSize(px(_TEXT))
        document = self.document()
        document.clear()
        document.setDefaultFont(font)
        document.setDocumentMargin(px(24))
        document.setMarkdown(page_text(self._page, language), QTextDocument.MarkdownFeature.MarkdownNoHTML)
        self._space()
        self._draw_tables()

    def _space(self) -> None:
        """Air between the lines, and links in the theme's colour: Qt has taken the application's."""
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        spaced = QTextBlockFormat()
        spaced.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor.mergeBlockFormat(spaced)
        block = self.document().begin()
        while block.isValid():
            parts = block.begin()
            while not parts.atEnd():
                part = parts.fragment()
                if part.charFormat().isAnchor():
                    link = QTextCursor(self.document())
                    link.setPosition(part.position())
                    link.setPosition(part.position() + part.length(), QTextCursor.MoveMode.KeepAnchor)
                    look = QTextCharFormat()
                    look.setForeground(self._theme.colour("accent"))
                    look.setFontUnderline(True)
                    link.mergeCharFormat(look)
                parts += 1
            block = block.next()

    def _draw_tables(self) -> None:
        for frame in self.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                look = frame.format()
                look.setBorder(1)
                look.setBorderCollapse(True)
                look.setBorderBrush(self._theme.colour("line"))
                look.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
                look.setCellPadding(px(5))
                look.setCellSpacing(0)
                frame.setFormat(look)

    def _mark(self) -> QTextCursor | None:
        """Mark every place of what was looked for; the first of them."""
        marks: list[QTextEdit.ExtraSelection] = []
        first = None
        cursor = QTextCursor(self.document())
        while self._marked:
            cursor = self.document().find(self._marked, cursor)
            if cursor.isNull():
                break
            first = first or QTextCursor(cursor)
            mark = QTextEdit.ExtraSelection()
            mark.cursor = QTextCursor(cursor)
            mark.format.setBackground(QColor(self._theme.colour("accent_ground")))
            mark.format.setFontUnderline(True)
            marks.append(mark)
        self.setExtraSelections(marks)
        if first is not None:
            first.clearSelection()
        return first


def _goes_back(event: QKeyEvent) -> bool:
    alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
    return event.key() == Qt.Key.Key_Backspace or (alt and event.key() == Qt.Key.Key_Left)
