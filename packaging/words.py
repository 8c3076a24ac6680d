"""Collects the Chinese texts of the code into the English catalogue, keeping the translations it has.

Run as `packaging/words`. Texts that left the code go; a translation that left with its text is said, so
that it can be moved by hand where only the Chinese was reworded. Exit code 1: something is untranslated.
"""

import ast
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "resources" / "words" / "en" / "console.po"
MARKERS = ("_", "N_")  # console.i18n: translate here; translate where it is shown


@dataclass(frozen=True)
class Place:
    """Where a text stands in the code; `text` is None where it is put together before it is translated."""

    file: str
    line: int
    text: str | None


def places(folder: Path, root: Path) -> Iterator[Place]:
    """Every marked text under `folder`, file names relative to `root`."""
    for path in sorted(folder.rglob("*.py")):
        file = path.relative_to(root).as_posix()
        for node in ast.walk(ast.parse(path.read_text("utf-8"), str(path))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            if node.func.id not in MARKERS or not node.args:
                continue
            argument = node.args[0]
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                yield Place(file, node.lineno, argument.value)
            elif isinstance(argument, ast.JoinedStr | ast.BinOp):
                yield Place(file, node.lineno, None)


def texts(found: Sequence[Place]) -> dict[str, list[str]]:
    """The files that each text stands in; without line numbers, which would change the catalogue daily."""
    where: dict[str, list[str]] = {}
    for place in found:
        if place.text and place.file not in where.setdefault(place.text, []):
            where[place.text].append(place.file)
    return where


def untranslated(catalogue: polib.POFile) -> list[str]:
    return [entry.msgid for entry in catalogue if not entry.translated()]


def renewed(old: polib.POFile, where: dict[str, list[str]]) -> polib.POFile:
    """The catalogue for these texts, in order of file, with the old one's translations."""
    fresh = polib.POFile(wrapwidth=110)
    fresh.metadata = {
        "Project-Id-Version": "Grid Console",
        "Language": "en",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    kept = {entry.msgid: entry for entry in old}
    for text, files in sorted(where.items(), key=lambda item: (item[1][0], item[0])):
        entry = polib.POEntry(msgid=text, occurrences=[(file, "") for file in files])
        if text in kept:
            before = kept[text]
            entry.msgstr, entry.flags, entry.tcomment = before.msgstr, before.flags, before.tcomment
        if "{" in text and "python-brace-format" not in entry.flags:
            entry.flags.append("python-brace-format")
        fresh.append(entry)
    return fresh


def main() -> int:
    found = list(places(ROOT / "console", ROOT))
    old = polib.pofile(str(CATALOGUE)) if CATALOGUE.exists() else polib.POFile()
    fresh = renewed(old, texts(found))
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    fresh.save(str(CATALOGUE))
    present = {entry.msgid for entry in fresh}
    for entry in old:
        if entry.msgid not in present and entry.msgstr:
            print(f"gone from the code: {entry.msgid} = {entry.msgstr}")
    missing = untranslated(fresh)
    for text in missing:
        print(f"untranslated: {text}")
    print(f"{len(fresh)} texts, {len(missing)} untranslated")
    return int(bool(missing))


if __name__ == "__main__":
    sys.exit(main())
