"""The whole manual as one PDF: contents, chapters, the key card alone on its page."""

import json
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

from console import __version__
from console.adapters.dossier.typesetting import chinese_font, fonts
from console.adapters.manual.blocks import blocks
from console.i18n import Language, _
from console.system import resource
from console.words.manual import PAGES, page_text, picture_file

_TEMPLATE = "manual.typ"


def manual_pdf(language: Language) -> bytes:
    """The PDF; the same pages, pictures and fonts make the same bytes. Raises Refused("no_chinese_font")."""
    import typst

    data = {
        "language": language,
        "font": chinese_font(),
        "title": _("网格指挥台"),
        "subtitle": _("使用手册 {version}").format(version=__version__),
        "contents": _("目录"),
        "pages": [{"name": page, "blocks": blocks(page_text(page, language))} for page in PAGES],
    }
    with TemporaryDirectory(prefix="grid-manual-") as name:
        folder = Path(name)
        copyfile(resource("manual", _TEMPLATE), folder / _TEMPLATE)
        for page in data["pages"]:
            for block in page["blocks"]:  # type: ignore[index]  # JSON by nature
                if block["kind"] == "picture":
                    file = picture_file(block["name"], language)
                    assert file is not None
                    copyfile(file, folder / file.name)
        (folder / "manual.json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")
        return bytes(
            typst.compile(str(folder / _TEMPLATE), root=str(folder), format="pdf", font_paths=fonts())
        )
