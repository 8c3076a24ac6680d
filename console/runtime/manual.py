"""The manual saved as a file."""

from pathlib import Path

from console.i18n import language
from console.whole_file import save_whole


def save_manual(target: Path) -> int:
    """Write the manual in the language in use as a PDF, whole or not at all; its bytes.

    Raises Refused: `no_chinese_font`, `file_not_writable`.
    """
    from console.adapters.manual.typesetting import manual_pdf

    data = manual_pdf(language())
    save_whole(target, data)
    return len(data)
