"""The manual: complete in both languages, true to the program, and every link, picture and command works."""

import re
import shlex
import sys
from pathlib import Path
from types import ModuleType

import click
import pypdf
import pytest
from click.testing import CliRunner

from console.adapters.manual.blocks import blocks
from console.cli.main import Doors, grid_console
from console.i18n import in_english, use_language
from console.ui.actions import ACTS, PANELS, WINDOW
from console.ui.manual.places import _PAGE_OF, _PAGE_OF_PAGES
from console.words.manual import LANGUAGES, PAGES, Language, find, page_text, page_title, picture_file
from tests.adapters.packs import small_pack
from tests.cities import small_city
from tests.gui.seat import make_store

ROOT = Path(__file__).resolve().parents[2]
RESOURCES = ROOT / "resources" / "manual"
_LINK = re.compile(r"(?<!!)\[[^]]+]\(([^)]*)\)")
_PICTURE = re.compile(r"!\[([^]]*)]\(([^)]*)\)")
_PROSE = tuple(page for page in PAGES if page not in {"keys", "card"})
# Parsed but not run: they make whole cities, or ask a server that nobody has.
_NOT_RUN = ("city demo", "city training", "--db")


@pytest.fixture
def manual(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(ROOT / "packaging")
    monkeypatch.delitem(sys.modules, "manual", raising=False)
    import manual

    return manual


def commands(language: Language) -> list[str]:
    """Every command line of the manual, in code blocks and in lines."""
    found = []
    for page in PAGES:
        for block in blocks(page_text(page, language)):
            if block["kind"] == "code":
                found += block["text"].splitlines()
        found += re.findall(r"`(grid-console [^`]+)`", page_text(page, language))
    return [line for line in found if line.startswith("grid-console ")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_the_tables_are_up_to_date(manual: ModuleType, language: str) -> None:
    """Where they are not: .venv/bin/python packaging/manual.py."""
    for name in manual.TABLES:
        assert manual.file(name, language).read_text("utf-8") == manual.page(name, language), name


def test_that_every_page_is_there_in_both_languages_with_the_same_headings_lists_and_pictures() -> None:
    def shape(page: str, language: Language) -> list[tuple[str, object]]:
        return [
            (block["kind"], block.get("level") or block.get("name") or len(block.get("items", "")))
            for block in blocks(page_text(page, language))
            if block["kind"] != "paragraph"
        ]

    for language in LANGUAGES:
        assert {file.stem for file in (RESOURCES / language).glob("*.md")} == set(PAGES)
    for page in PAGES:
        assert shape(page, "zh") == shape(page, "en"), page


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_every_link_leads_to_a_page_and_every_picture_is_there_with_words(language: Language) -> None:
    led_to = set()
    for page in PAGES:
        for link in _LINK.findall(page_text(page, language)):
            assert link.removesuffix(".md") in PAGES, f"{page}: {link}"
            led_to.add(link.removesuffix(".md"))
        for words, name in _PICTURE.findall(page_text(page, language)):
            file = picture_file(name, language)
            assert words
            assert file is not None
            assert file.is_file(), f"{page}: {name}"
    assert led_to >= {"tour", "card", "it", "settings", "data"}


def test_that_no_picture_or_page_from_elsewhere_is_named() -> None:
    assert picture_file("../themes/light.toml", "zh") is None
    assert picture_file("http://a/b.png", "zh") is None
    for language in LANGUAGES:
        for page in PAGES:
            assert "http" not in page_text(page, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_the_manual_tells_of_every_act_and_every_action_of_the_window(language: Language) -> None:
    prose = " ".join(page_text(page, language) for page in _PROSE)
    untold = []
    for act in ACTS:
        words = act.words if language == "zh" else in_english(act.words)
        if f"{words} `{act.key}`" not in prose:
            untold.append(f"{words} `{act.key}`")
    for action in WINDOW:
        if not any(f"`{key}`" in prose for key in (action.key, action.also) if key) and not series(
            action.name
        ):
            untold.append(f"{action.words} {action.key}")
    assert not untold


def series(name: str) -> bool:
    """view_2 to view_8: the first and the last are named."""
    return name[-1:].isdigit() and name[-1] not in "19"


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_every_command_line_can_be_given_as_it_is_written(language: Language) -> None:
    lines = commands(language)
    assert len(lines) > 25
    for line in lines:
        parsed(grid_console, shlex.split(line)[1:])


def _no_window(folder: Path, _url: str | None) -> int:
    raise AssertionError(f"{folder} is opened in a window")


def _no_script(script: Path, _data: Path | None, _tell: object) -> bool:
    raise AssertionError(f"{script} is run")


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_every_command_line_that_can_be_run_here_runs(
    language: Language, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    make_store(tmp_path / "data", small_city(), 20)
    pack = tmp_path / ("城市包" if language == "zh" else "pack")
    pack.mkdir()
    small_pack(pack)
    ran = 0
    for line in dict.fromkeys(commands(language)):
        words = shlex.split(line)[1:]
        if any(part in line for part in _NOT_RUN) or words[0] == "doctor":
            continue
        line_of_words = ["--data", str(tmp_path / "data"), "--lang", language, *words]
        done = CliRunner().invoke(grid_console, line_of_words, obj=Doors(_no_window, _no_script))
        assert done.exception is None or isinstance(done.exception, SystemExit), (line, done.exception)
        assert "Usage:" not in done.stderr, line
        assert not done.output.startswith("Traceback"), line
        ran += done.exit_code == 0
    use_language("zh")
    assert ran > 12


def parsed(command: click.Command, words: list[str], parent: click.Context | None = None) -> None:
    """Let click read the words without doing anything. Raises click.UsageError."""
    if isinstance(command, click.Group):
        with command.make_context(command.name or "", list(words), parent=parent) as context:
            rest = [*context._protected_args, *context.args]
            if not rest:
                return
            _name, inner, left = command.resolve_command(context, rest)
            assert inner is not None
            parsed(inner, left, context)
    else:
        command.make_context(command.name or "", list(words), parent=parent)


def test_that_what_has_the_keyboard_has_a_page_and_every_panel_with_keys_one_of_its_own() -> None:
    told = {**_PAGE_OF, **_PAGE_OF_PAGES}
    assert set(told.values()) <= set(PAGES)
    assert {panel.name for panel in PANELS} - {"manualPage"} <= set(_PAGE_OF)


def test_that_two_letters_are_found_in_both_languages_and_the_other_one_comes_last() -> None:
    assert find("挂账", "zh")[0].language == "zh"
    assert {hit.language for hit in find("挂账", "en")} == {"zh"}
    hits = find("zoom", "zh")
    assert hits
    assert "zoom" in hits[0].around.lower()
    assert find("没有这样的话", "zh") == find("  ", "en") == []
    for page in PAGES:
        title = page_title(page, "zh")
        assert any(hit.page == page for hit in find(title[:2], "zh")), title


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_the_pdf_has_every_page_and_the_key_card_on_one(language: Language, tmp_path: Path) -> None:
    file = tmp_path / "manual.pdf"
    done = CliRunner().invoke(
        grid_console, ["--data", str(tmp_path), "--lang", language, "manual", "--pdf", str(file)]
    )
    assert done.exit_code == 0, done.output
    use_language("zh")
    firsts = [page.extract_text().strip().split("\n")[0] for page in pypdf.PdfReader(file).pages]
    for page in PAGES:
        assert page_title(page, language) in firsts, page
    at = firsts.index(page_title("card", language))
    assert firsts[at + 1] == page_title("it", language)
    assert file.stat().st_size < 2_500_000


def test_that_the_command_line_shows_a_page_a_search_and_the_contents(tmp_path: Path) -> None:
    def told(*words: str) -> str:
        done = CliRunner().invoke(grid_console, ["--data", str(tmp_path), "--lang", "zh", "manual", *words])
        assert done.exit_code == 0, done.output
        return done.output

    assert "十分钟上手" in told()
    assert told("tour").startswith("# 十分钟上手")
    assert "deadlines" in told("--find", "节假日")
    with pytest.raises(click.UsageError):
        parsed(grid_console, ["manual", "nonsense"])
