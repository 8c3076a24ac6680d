"""The pages set by the template: deterministic, a Chinese font inside, nothing read as markup."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from console.adapters.dossier.record import NAME
from console.domain.errors import Refused
from console.system import FAMILIES, resource

if TYPE_CHECKING:
    from typst import Fonts

_TEMPLATE = "dossier.typ"


def typeset(pages: Mapping[str, Any], record: bytes, pictures: Mapping[str, bytes]) -> bytes:
    """The PDF: the same pages, record, pictures and fonts make the same bytes.

    `pictures` are JPEGs by the file names that `pages` mention; they stand in the PDF as they are.
    Raises Refused("no_chinese_font").
    """
    import typst

    font = chinese_font()
    with TemporaryDirectory(prefix="grid-dossier-") as name:
        folder = Path(name)
        copyfile(resource("dossier", _TEMPLATE), folder / _TEMPLATE)
        (folder / "pages.json").write_text(json.dumps({**pages, "font": font}, ensure_ascii=False), "utf-8")
        (folder / NAME).write_bytes(record)
        for file, data in pictures.items():
            (folder / file).write_bytes(data)
        return bytes(
            typst.compile(str(folder / _TEMPLATE), root=str(folder), format="pdf", font_paths=fonts())
        )


@cache
def chinese_font() -> str:
    """The first Chinese family of this machine that we know. Raises Refused("no_chinese_font")."""
    installed = set(fonts().families())
    for family in FAMILIES:
        if family in installed:
            return family
    raise Refused("no_chinese_font", known=", ".join(FAMILIES))


@cache
def fonts() -> "Fonts":
    """What every document is set in: this machine's fonts, and that which an installed program brings along.

    Those that typst itself carries are none of them: the packages leave them out, 19 MB of the library.
    """
    import typst

    folder = resource("fonts")
    own = [str(folder)] if folder.is_dir() else []
    return typst.Fonts(include_embedded_fonts=False, font_paths=own)
