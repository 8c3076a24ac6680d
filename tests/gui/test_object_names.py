"""Everything that acts or shows has a name by the rule, its own in its window, the same in both languages."""

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from console.settings import Settings
from tests.gui.object_names import Named, faults, gather, windows
from tests.gui.screens import first_run, screens
from tests.gui.seats import OpenSeat
from tests.gui.test_words_fit import a_pack

ROOT = Path(__file__).resolve().parents[2]


def walked(walk: Iterator[str], found: dict[str, Named]) -> dict[str, str]:
    """Add all objects of all screens by name; every fault with the screen where it showed first."""
    wrong: dict[str, str] = {}
    for screen in walk:
        for fault in faults(windows()):
            wrong.setdefault(fault, screen)
        gather(windows(), found)
    return wrong


@pytest.fixture
def maker(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(ROOT / "packaging")
    monkeypatch.delitem(sys.modules, "names", raising=False)
    import names

    return names


@pytest.mark.parametrize("language", ["zh", "en"])
def test_that_every_object_has_a_name_by_the_rule_and_is_in_the_manual(
    open_seat: OpenSeat, maker: ModuleType, tmp_path: Path, language: str
) -> None:
    """Where the manual is behind: .venv/bin/python packaging/names.py."""
    settings = Settings(theme="light", language=language)
    first = open_seat(folder=tmp_path / "new", opened=False, settings=settings)
    found: dict[str, Named] = {}
    wrong = walked(first_run(first, a_pack(tmp_path)), found)
    first.close()
    seat = open_seat(settings=settings)
    seat.resize(1920, 1080)
    wrong |= walked(screens(seat), found)
    assert not wrong, "\n".join(f"{screen}: {fault}" for fault, screen in wrong.items())
    page = maker.page(found, language)
    if os.environ.get("NAMES") == "write":
        maker.file(language).write_text(page, "utf-8")
    assert maker.file(language).read_text("utf-8") == page


def test_that_both_languages_have_the_same_names(maker: ModuleType) -> None:
    zh, en = ((maker.file(language).read_text("utf-8")) for language in ("zh", "en"))
    names = [
        re.findall(r"(?m)^\| `([^`]*…[^`]*)`.*?((?:: [\w, .]+)?) \|  \|$|^\| `([^`]+)`", page)
        for page in (zh, en)
    ]
    assert names[0] == names[1]
    assert len(names[0]) > 300


def test_that_a_missing_a_wrong_and_a_double_name_are_seen_and_holders_need_none(qtbot: QtBot) -> None:
    whole = QWidget()
    whole.setObjectName("whole")
    qtbot.addWidget(whole)
    line = QHBoxLayout(whole)
    for name in ("", "案件", "Upper", "two", "two", "view_2", "act_accept"):
        button = QPushButton("x")
        button.setObjectName(name)
        line.addWidget(button)
    for holder in (QWidget(), QLabel()):
        line.addWidget(holder)
    whole.show()
    qtbot.waitExposed(whole)
    assert [fault.partition(" in ")[0] for fault in faults([whole])] == [
        "button QPushButton ''", "button QPushButton '案件'", "button QPushButton 'Upper'",
        "button QPushButton 'two'", "button QPushButton 'two'",
    ]  # fmt: skip


def test_that_every_id_of_the_maps_page_is_told_and_follows_its_rule(maker: ModuleType) -> None:
    told = set(maker.MAP)
    found = {"map_grid", "road-side", "road-length"}
    for file in (ROOT / "resources" / "map").glob("*.js"):
        text = file.read_text("utf-8")
        found |= set(re.findall(r"\bid: '([^']+)'", text))
        found |= {re.sub(r"\$\{[^}]*\}", "…", one) for one in re.findall(r"\bid: `([^`]+)`", text)}
        found |= set(re.findall(r"\bname: '(\w+)', paths", text)) | set(re.findall(r"tool\('(\w+)'", text))
        found |= {one.replace("_", "-") for one in re.findall(r"button\('(\w+)'", text)}
    found = found - {"…-list"} | {"layers-list", "lock_view"}
    assert found ^ told == set()
    for name in found:
        assert re.fullmatch(r"[a-z_]+(-[a-z]+)?(-…)?", name), name
