"""The manual saved as a file."""

from pathlib import Path

from console.domain.errors import Refused
from console.i18n import language


def save_manual(target: Path) -> int:
    """Write the manual in the language in use as a PDF, whole or not at all; its bytes.

    Raises Refused: `no_chinese_font`, `folder_not_writable`.
    """
    from console.adapters.manual.typesetting import manual_pdf

    data = manual_pdf(language())
    fresh = target.with_name(f"{target.name}.new")
    try:
        fresh.write_bytes(data)
        fresh.replace(target)
    except OSError as problem:
        raise Refused("folder_not_writable", folder=target.parent, said=problem.strerror) from problem
    return len(data)
