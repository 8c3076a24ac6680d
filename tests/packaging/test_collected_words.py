"""Collecting the texts of the code into the English catalogue."""

import sys
from pathlib import Path
from types import ModuleType

import polib
import pytest

ROOT = Path(__file__).resolve().parents[2]

CODE = """
from console.i18n import N_, _

print(_("立案"), N_("结案"), _("{count} 件"))
word = "立案"
print(_(word), _(f"共 {word}"), _("共" + word), other("核查"))
"""


@pytest.fixture
def words(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(ROOT / "packaging")
    monkeypatch.delitem(sys.modules, "words", raising=False)
    import words

    return words


def found_in(words: ModuleType, folder: Path, code: str) -> list[object]:
    (folder / "console").mkdir()
    (folder / "console" / "queue.py").write_text(code, "utf-8")
    return list(words.places(folder / "console", folder))


def test_that_marked_texts_are_found_and_others_are_not(words: ModuleType, tmp_path: Path) -> None:
    found = found_in(words, tmp_path, CODE)
    assert list(words.texts(found)) == ["立案", "结案", "{count} 件"]


def test_that_texts_put_together_before_translation_are_told_by_place(
    words: ModuleType, tmp_path: Path
) -> None:
    found = found_in(words, tmp_path, CODE)
    assert [(place.file, place.line) for place in found if place.text is None] == [
        ("console/queue.py", 6)
    ] * 2


def test_that_translations_are_kept_and_texts_that_left_go(words: ModuleType) -> None:
    old = polib.POFile()
    old.append(polib.POEntry(msgid="立案", msgstr="File", tcomment="the second step"))
    old.append(polib.POEntry(msgid="旧词", msgstr="Old word"))
    fresh = words.renewed(old, {"立案": ["console/words.py"], "{count} 件": ["console/cli/board.py"]})
    assert [(entry.msgid, entry.msgstr) for entry in fresh] == [("{count} 件", ""), ("立案", "File")]
    assert fresh.find("立案").tcomment == "the second step"
    assert words.untranslated(fresh) == ["{count} 件"]


def test_that_nothing_changes_when_the_code_has_not_changed(words: ModuleType, tmp_path: Path) -> None:
    where = {"立案": ["console/words.py"], "{count} 件": ["console/cli/board.py", "console/words.py"]}
    first, second = tmp_path / "first.po", tmp_path / "second.po"
    words.renewed(polib.POFile(), where).save(str(first))
    words.renewed(polib.pofile(str(first)), where).save(str(second))
    assert first.read_bytes() == second.read_bytes()
