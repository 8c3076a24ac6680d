"""Writes the tables of keys into the manual's pages, from the tables of the actions.

Run as `.venv/bin/python packaging/manual.py` after a key or its words were changed.
"""

from collections.abc import Iterator
from pathlib import Path

from console.i18n import _, use_language
from console.ui.actions import ACTS, PANELS, WINDOW

ROOT = Path(__file__).resolve().parent.parent
PAGES = {"zh": ROOT / "resources/manual/zh/keys.md", "en": ROOT / "resources/manual/en/keys.md"}
MARK = "<!-- keys -->"


def tables() -> str:
    """All keys in the language in use."""
    sections = [
        (_("案件操作"), [(act.key, _(act.words)) for act in ACTS]),
        (_("窗口"), [(", ".join(filter(None, (one.key, one.also))), _(one.words)) for one in WINDOW]),
        *((_(panel.words), [(key, _(words)) for key, words in panel.keys]) for panel in PANELS),
    ]
    return "\n".join(line for head, rows in sections for line in _section(head, rows))


def page(language: str) -> str:
    """The page with its tables as they are now."""
    written = PAGES[language].read_text("utf-8")
    use_language("en" if language == "en" else "zh")
    try:
        return f"{written.partition(MARK)[0]}{MARK}\n{tables()}"
    finally:
        use_language("zh")


def _section(head: str, rows: list[tuple[str, str]]) -> Iterator[str]:
    yield f"\n## {head}\n\n| | |\n|---|---|"
    for key, words in rows:
        yield f"| {key} | {words} |"
    yield ""


if __name__ == "__main__":
    for language, path in PAGES.items():
        path.write_text(page(language), "utf-8")
