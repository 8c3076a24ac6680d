"""Writes the manual's page of object names, from what the screens really show.

Run as `.venv/bin/python packaging/names.py` after widgets came, went or got other words: it opens every
screen as tests/gui/test_object_names.py does, which also checks that the page is what this makes of it.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from names_words import FAMILIES, MAP, PARTS, ROLES, WORDS

from console.i18n import _, use_language
from console.ui.actions import ACTS, WINDOW

ROOT = Path(__file__).resolve().parent.parent
MARK = "<!-- names -->"
_MEMBERS = 3  # so many of one series stand in one line
_KEY = re.compile(r"[\s((]+((?:(?:Ctrl|Shift|Alt)\+)*(?:F\d+|Esc|Enter|Delete|Space|回车|[A-Z0-9]))[))]?$")
_ELSEWHERE = "mainWindow"
_NO_KEYS = frozenset({"state"})  # only what differs from its default says so
_NOT_LISTED = frozenset({"scrolled", "borders"})  # the page says how they are called

Pair = tuple[str, str]

_DONE = [
    *((one.name, one.words, one.key) for one in ACTS),
    *((one.name, one.words, one.key) for one in WINDOW),
]


class Seen(Protocol):
    """What was seen of one object, as tests/gui/object_names.py gathers it."""

    name: str
    role: str
    within: tuple[str, ...]
    texts: set[str]


def file(language: str) -> Path:
    return ROOT / "resources" / "manual" / language / "names.md"


def page(found: Mapping[str, Seen], language: str) -> str:
    """The page with its tables for these objects. Raises ValueError for one that nobody described."""
    before, _mark, _after = file(language).read_text("utf-8").partition(MARK)
    use_language("en" if language == "en" else "zh")
    try:
        tables = "\n".join(_tables(found, language)).strip()
    finally:
        use_language("zh")
    return f"{before}{MARK}\n\n{tables}\n"


def _tables(found: Mapping[str, Seen], language: str) -> Iterator[str]:
    at = 0 if language == "zh" else 1
    head = ("| 名称 | 角色 | 是什么 | 键 |", "| name | role | what it is | key |")[at]
    parts: dict[str, list[str]] = {}
    for name in found:
        parts.setdefault(_part(found[name]), []).append(name)
    for part, words in PARTS.items():
        rows = list(_rows([found[name] for name in parts.pop(part, ())], at))
        if rows:
            yield from (f"## {words[at]} `{part}`", "", head, "|---|---|---|---|", *rows, "")
    assert not parts, parts
    yield from _actions(at)
    yield from _map(at)


def _rows(seen: Sequence[Seen], at: int) -> Iterator[str]:
    series: dict[str, list[Seen]] = {}
    for one in seen:
        base = one.name.partition("_")[0]
        series.setdefault(base if not one.name.startswith("act_") else one.name, []).append(one)
    for base, ones in sorted(series.items()):
        alone = all(one.name == base for one in ones)
        if len(ones) >= _MEMBERS or (f"{base}_" in FAMILIES and not alone):
            keys = "" if base in _NO_KEYS else ", ".join(_keys(ones))
            said = FAMILIES.get(f"{base}_")
            if said is None:
                raise ValueError(f"nobody described the series {base}_ ({keys})")
            yield f"| `{base}_…` | {ROLES[ones[-1].role][at]} | {said[at]}{': ' if keys else ''}{keys} |  |"
            continue
        for one in sorted(ones, key=lambda one: one.name):
            if one.role not in _NOT_LISTED:
                words, key = _words(one, at)
                yield f"| `{one.name}` | {ROLES[one.role][at]} | {words} | {key} |"


def _keys(ones: Sequence[Seen]) -> Iterator[str]:
    """The keys of a series; those that a user's data brought along (codes, hashes) tell nothing."""
    keys = [one.name.partition("_")[2] for one in ones]
    return (
        key
        for key in dict.fromkeys(keys)
        if key and not re.fullmatch(r"\d{8,}|[0-9a-f]{8}|[A-Z]\d{2,3}", key)
    )


def _words(one: Seen, at: int) -> Pair:
    """What it is, and its key."""
    name = one.name.removesuffix("Button").removesuffix("Decision")
    for act, said, key in _DONE:
        if act == name:
            return _(said), key
    if one.name in WORDS:
        return WORDS[one.name][at], ""
    texts = sorted(one.texts - {""})
    words = texts[0] if len(texts) == 1 else _common(texts)
    if not words:
        raise ValueError(f"nobody described {one.name} ({one.role}: {texts[:3]})")
    words = " ".join(words.replace("|", "/").split())
    found = _KEY.search(words)
    return (words[: found.start()], found[1]) if found and found.start() else (words, "")


def _common(texts: Sequence[str]) -> str:
    """The name before a colon that all of them begin with: what follows is what was told."""
    found = {re.split(r"[::]", text, maxsplit=1)[0] for text in texts}
    return found.pop() if len(found) == 1 and all(re.search(r"[::]", text) for text in texts) else ""


def _part(one: Seen) -> str:
    return next((name for name in (one.name, *one.within) if name in PARTS), _ELSEWHERE)


def _actions(at: int) -> Iterator[str]:
    heads = ("## 操作与窗口动作(`console.act`)", "## Acts and actions of the window (`console.act`)")
    yield from (heads[at], "", ("| 名称 | 是什么 | 键 |", "| name | what it is | key |")[at], "|---|---|---|")
    for name, words, key in _DONE:
        yield f"| `{name}` | {_(words)} | {key} |"
    yield ""


def _map(at: int) -> Iterator[str]:
    heads = ("## 地图页(`console.map`)", "## The map's page (`console.map`)")
    yield from (heads[at], "", ("| id | 是什么 |", "| id | what it is |")[at], "|---|---|")
    for name, words in MAP.items():
        yield f"| `{name}` | {words[at]} |"


if __name__ == "__main__":
    told = [sys.executable, "-m", "pytest", "-q", "tests/gui/test_object_names.py", "-k", "in_the_manual"]
    environment = os.environ | {"NAMES": "write", "PYTHONPATH": str(ROOT)}
    raise SystemExit(subprocess.run(told, cwd=ROOT, env=environment, check=False).returncode)
