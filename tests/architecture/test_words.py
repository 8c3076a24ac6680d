"""Every text a user reads is Chinese in the code and English in the catalogue."""

import ast
import importlib.util
import re
import string
import sys
from pathlib import Path
from types import ModuleType

import polib
import pytest

from console.words import REFUSALS
from tests.architecture.source import Module, listed

CHINESE = re.compile(r"[\u3400-\u9fff]")
# Where a form of its own is meant: names of files, what is typed or stored, keys of a day.
_OWN_FORMS = re.compile(
    r"console/(runtime/drill|ui/replay/exporting|services/collection|storage/|command/(targets|periods)|domain/report"
    r"|cli/(typed|board|calendar|roster|city|replay|drill|zones)\.py|adapters/(photo/looking|pack/geopackage)|queries/)"
)


@pytest.fixture(scope="module")
def words(root: Path) -> ModuleType:
    """packaging/words.py: the tests and the script collect the same texts."""
    spec = importlib.util.spec_from_file_location("collected_words", root / "packaging" / "words.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def catalogue(words: ModuleType) -> polib.POFile:
    return polib.pofile(str(words.CATALOGUE))


def test_that_no_text_is_put_together_before_it_is_translated(words: ModuleType, root: Path) -> None:
    found = list(words.places(root / "console", root))
    assert found
    early = [f"{place.file}:{place.line}" for place in found if place.text is None]
    assert not early, listed(early)


def test_that_the_catalogue_holds_the_texts_of_the_code(
    words: ModuleType, catalogue: polib.POFile, root: Path
) -> None:
    """Where it does not: packaging/words."""
    in_code = set(words.texts(list(words.places(root / "console", root))))
    in_catalogue = {entry.msgid for entry in catalogue}
    missing, gone = sorted(in_code - in_catalogue), sorted(in_catalogue - in_code)
    assert not missing, listed(missing)
    assert not gone, listed(gone)


def test_that_every_text_has_english_words(words: ModuleType, catalogue: polib.POFile) -> None:
    missing = words.untranslated(catalogue) + [e.msgid for e in catalogue if CHINESE.search(e.msgstr)]
    assert not missing, listed(missing)


def test_that_a_translation_takes_the_same_facts(catalogue: polib.POFile) -> None:
    differing = [entry.msgid for entry in catalogue if fields(entry.msgid) != fields(entry.msgstr)]
    assert not differing, listed(differing)


def test_that_every_chinese_text_of_the_window_can_be_translated(modules: list[Module]) -> None:
    forgotten = [
        module.at(node)
        for module in modules
        if module.is_in("console/ui")
        for node in unmarked(module)
        if CHINESE.search(str(node.value))
    ]
    assert not forgotten, listed(forgotten)


def test_that_every_refusal_has_a_sentence(modules: list[Module]) -> None:
    codes = {
        str(node.args[0].value): module.at(node)
        for module in modules
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Refused"
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }
    assert codes
    silent = [f"{place}: {code}" for code, place in codes.items() if code not in REFUSALS]
    assert not silent, listed(silent)


def test_that_no_face_writes_a_date_in_a_form_of_its_own(root: Path) -> None:
    """`%Y-%m-%d` in an f-string or strftime belongs into console/words/dates.py."""
    written = re.compile(r":[^{}\"]*%[mdbY][^{}\"]*\}|\.month\}|strftime\([^)]*%[mdbY]")
    found = [
        f"{file.relative_to(root)}:{number}: {line.strip()}"
        for file in sorted((root / "console").rglob("*.py"))
        if not _OWN_FORMS.match(str(file.relative_to(root)))
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1)
        if written.search(line)
    ]
    assert not found, "\n".join(found)


def unmarked(module: Module) -> list[ast.Constant]:
    """The texts of a module that are not given to _() or N_()."""
    marked = {
        id(argument)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "N_")
        for argument in node.args
    }
    return [node for node in module.strings() if id(node) not in marked]


def fields(text: str) -> set[str]:
    """The names between braces."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
