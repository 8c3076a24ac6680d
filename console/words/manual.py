"""The manual's pages: their order, their text in both languages, and what is found in them."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from console.i18n import Language
from console.system import resource

# In the order in which they are read. packaging/manual.py writes the tables of keys, names.py those of names.
PAGES: tuple[str, ...] = (
    "index", "tour", "queue", "map", "case", "report", "deadlines", "many", "triage", "approvals",
    "attention", "evidence", "board", "replay",
    "practice", "layouts", "wall", "settings", "data", "access", "keys", "card",
    "it", "testing", "names",
)  # fmt: skip
NAMES = "names"  # the list of object names has every word of the window, and explains none
LANGUAGES: tuple[Language, ...] = ("zh", "en")

_PICTURE = re.compile(r"[a-z0-9-]+\.png")
_MARKS = re.compile(r"!\[[^]]*]\([^)]*\)|\[([^]]*)]\([^)]*\)|[`*|#]|<!--.*?-->|^\s*[-:| ]+$", re.MULTILINE)
_AROUND = 24


@dataclass(frozen=True, slots=True)
class Hit:
    """A page that has what was asked for; `around` is its first place with some words about it."""

    page: str
    language: Language
    around: str
    count: int


@cache
def page_text(page: str, language: Language) -> str:
    """The Markdown of a page, one of PAGES."""
    return resource("manual", language, f"{page}.md").read_text("utf-8")


def page_title(page: str, language: Language) -> str:
    """Its first line."""
    return page_text(page, language).partition("\n")[0].lstrip("# ").strip()


def picture_file(name: str, language: Language) -> Path | None:
    """The file of a picture that a page names; None for a name that is none of ours."""
    if not _PICTURE.fullmatch(name):
        return None
    return resource("manual", "pictures", language, name)


def find(asked: str, language: Language) -> list[Hit]:
    """The pages with these words, most first; then those that have them in the other language only.

    The list of object names comes last.
    """
    wanted = " ".join(asked.lower().split())
    if not wanted:
        return []
    other: Language = "en" if language == "zh" else "zh"
    hits = []
    for page in PAGES:
        for spoken in (language, other):
            text = _plain(page, spoken)
            count = text.lower().count(wanted)
            if count:
                hits.append(Hit(page, spoken, _around(text, wanted), count))
                break
    return sorted(hits, key=lambda hit: (hit.page == NAMES, hit.language != language, -hit.count))


@cache
def _plain(page: str, language: Language) -> str:
    return " ".join(_MARKS.sub(r"\1", page_text(page, language)).split())


def _around(text: str, wanted: str) -> str:
    at = text.lower().index(wanted)
    first, last = max(0, at - _AROUND // 2), at + len(wanted) + _AROUND
    return f"{'…' if first else ''}{text[first:last]}{'…' if last < len(text) else ''}"
