"""Writes the manual's tables of keys and settings, from the tables of the program.

Run as `.venv/bin/python packaging/manual.py` after a key, a setting or its words were changed.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from console.i18n import _, use_language
from console.settings import DECLARED
from console.ui.actions import ACTS, PANELS, WINDOW

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("zh", "en")


def tables() -> str:
    """All keys in the language in use."""
    sections = [
        (_("案件操作"), [(act.key, _(act.words)) for act in ACTS]),
        (_("窗口"), [(", ".join(filter(None, (one.key, one.also))), _(one.words)) for one in WINDOW]),
        *((_(panel.words), [(key, _(words)) for key, words in panel.keys]) for panel in PANELS),
    ]
    return "\n".join(line for head, rows in sections for line in _section(head, rows))


def card() -> str:
    """The same for one page: what is there nine times is one line."""
    window = [
        (one.key.replace("1", "1…9") if one.name.endswith("_1") else one.key, _(one.words))
        for one in WINDOW
        if not one.name[-1].isdigit() or one.name.endswith("_1")
    ]
    sections = [(_("案件操作"), [(act.key, _(act.words)) for act in ACTS]), (_("窗口"), window)]
    return "\n".join(line for head, rows in sections for line in _section(head, rows))


def settings() -> str:
    """Every setting with its default and what it is for."""
    lines = [f"| {_('设置')} | {_('默认')} | {_('用途')} |", "|---|---|---|"]
    for name, of in DECLARED.items():
        restart = _("{hint}。改动在重启后生效").format(hint=_(of.hint)) if of.restart else _(of.hint)
        lines.append(f"| `{name}` | {of.kind.words(of.default)} | {_(of.words)}: {restart} |")
    return "\n".join(lines)


# By page: the mark after which the table stands, and who makes it. It ends where the next heading begins,
# but for the pages that are nothing else from there on.
TABLES: Mapping[str, tuple[str, Callable[[], str]]] = {
    "keys": ("<!-- keys -->", tables),
    "card": ("<!-- keys -->", card),
    "settings": ("<!-- settings -->", settings),
}
_TO_THE_END = frozenset({"keys", "card"})


def file(page: str, language: str) -> Path:
    return ROOT / "resources" / "manual" / language / f"{page}.md"


def page(name: str, language: str) -> str:
    """The page with its tables as they are now."""
    mark, make = TABLES[name]
    before, _mark, after = file(name, language).read_text("utf-8").partition(mark)
    rest = "" if name in _TO_THE_END else after[after.index("\n## ") :]
    use_language("en" if language == "en" else "zh")
    try:
        return f"{before}{mark}\n\n{make().strip()}\n{rest}"
    finally:
        use_language("zh")


def _section(head: str, rows: list[tuple[str, str]]) -> Iterator[str]:
    yield f"\n## {head}\n\n| {_('按键')} | {_('操作')} |\n|---|---|"
    for key, words in rows:
        yield f"| {key} | {words} |"
    yield ""


if __name__ == "__main__":
    for name in TABLES:
        for language in LANGUAGES:
            file(name, language).write_text(page(name, language), "utf-8")
