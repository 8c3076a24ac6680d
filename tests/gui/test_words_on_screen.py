"""The two languages on the screen: in English nothing of the window's own words is left in Chinese."""

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtGui import QAction

from console.domain.city import CityContent
from console.domain.flow import State
from console.i18n import _
from console.queries.site import site_practice
from console.settings import Settings
from console.storage.unit import View
from console.ui.actions import ACTS, WINDOW
from tests.adapters.packs import small_pack
from tests.cities import small_city
from tests.english_city import faults
from tests.gui.object_names import windows
from tests.gui.screen_text import texts
from tests.gui.screens import TYPED, first_run, screens
from tests.gui.seat import BY, Seat
from tests.gui.seats import OpenSeat
from tests.lives import CHIEF, REPORT, TOLD

# The files of a file dialog are told by Qt, days that are typed are ISO in both languages.
_NOT_TOLD = ("QTreeView", "QListView listView", "QLineEdit qt_spinbox_lineedit")


def city_words(content: CityContent) -> Iterator[str]:
    """What the city itself has no English for, and its Chinese names."""
    yield content.profile.name
    for division in content.divisions:
        yield division.name
    for department in content.departments:
        yield department.name
    for catalogue in content.catalogues:
        for item in catalogue.classes:
            yield item.name
            for condition in item.conditions:
                yield condition.text
                yield condition.closing


def written(view: View) -> list[tuple[str, ...]]:
    """Descriptions, places and names of every case, and who did what with which note."""
    cases = view.connection.exec_driver_sql("SELECT description, address, reporter, handler FROM cases")
    facts = view.connection.exec_driver_sql("SELECT by, note FROM journal")
    return [tuple(map(str, row)) for row in (*cases, *facts)]


def data_words(seat: Seat) -> list[str]:
    """What people wrote: it stays as it was written. The longest first."""
    found = {
        "中文 / English",
        *city_words(small_city()),
        seat.window.settings.operator,
    }  # each language is named in itself
    if seat.door is None:  # the first run: nobody has written anything
        return sorted(filter(None, found), key=len, reverse=True)
    for told in seat.ask(written):
        found |= {
            *told,
            *(one[:10] for one in told[:2]),
        }  # the short text of a handover names a place by its beginning
    found |= {REPORT.description, REPORT.address, REPORT.reporter, BY}
    for told in TOLD.values():
        found |= {told.note, told.person, *(part.description for part in told.parts)}
        found |= {photo.name for photo in told.evidence}
    found |= {CHIEF, *TYPED}
    practice = seat.ask(site_practice).practice
    found |= {*(words["zh"] for words in practice.labels.values())}
    return sorted(filter(None, found), key=len, reverse=True)


def english_faults(seat: Seat, well: set[str]) -> list[tuple[str, str]]:
    """What is not English, or not well told, in every window that is open; `well` grows by what is."""
    told = [
        (where, text)
        for window in windows()
        for where, text in texts(window)
        if text not in well and not where.startswith(_NOT_TOLD)
    ]
    well |= {text for _where, text in told if not faults(text)}
    doubtful = [(where, text) for where, text in told if text not in well]
    data = data_words(seat) if doubtful else ()
    left = [(where, fault) for where, text in doubtful for fault in faults(without(text, data))]
    well |= {text for _where, text in doubtful if not faults(without(text, data))}
    return left


def without(text: str, data: Sequence[str]) -> str:
    for words in data:
        text = text.replace(words, "¤").replace(" ".join(words.split()), "¤")
    # A text shortened with dots ends in the beginning of what was written.
    return re.sub(r"\S*…", "¤", text)


def walked(seat: Seat, walk: Iterator[str]) -> str:
    wrong: dict[tuple[str, str], str] = {}
    well: set[str] = set()
    for surface in walk:
        for fault in english_faults(seat, well):
            wrong.setdefault(fault, surface)
    return "\n".join(f"{surface}: {where}: {fault}" for (where, fault), surface in wrong.items())


@pytest.mark.parametrize("switched", [False, True])
def test_that_english_leaves_no_chinese_on_any_screen(open_seat: OpenSeat, switched: bool) -> None:
    seat = open_seat(settings=Settings(theme="light", language="zh" if switched else "en"))
    seat.window.map._notice.hide()  # waits for a page that these windows do not have
    if switched:
        seat.press("F10")
        seat.pass_time(1)
    wrong = walked(seat, screens(seat))
    assert not wrong, wrong


def test_that_english_leaves_no_chinese_in_the_first_run(open_seat: OpenSeat, tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    pack.mkdir()
    small_pack(pack)
    seat = open_seat(folder=tmp_path / "new", opened=False, settings=Settings(theme="light", language="en"))
    wrong = walked(seat, first_run(seat, pack))
    assert not wrong, wrong


def test_that_chinese_comes_back_as_it_was(seat: Seat) -> None:
    def shown() -> list[tuple[str, str]]:
        return [found for found in texts(seat.window) if "(30" not in found[1]]

    seat.choose(seat.bring(State.TO_DISPATCH))
    seat.until(lambda: seat.window.queue.views.counting.idle)  # counts follow within a second
    seat.press("F10")
    seat.press("F10")  # the message line tells of the language from then on
    before = shown()
    seat.press("F10")
    assert shown() != before
    seat.press("F10")
    assert shown() == before


def test_that_the_language_is_kept(seat: Seat) -> None:
    seat.press("F10")
    assert 'language = "en"' in (seat.folder / "settings.toml").read_text("utf-8")


def test_that_every_action_has_its_own_key_name_and_words(seat: Seat) -> None:
    actions = seat.window.findChildren(QAction)
    ours = [action for action in actions if action.objectName() in seat.window.actions_by_name]
    assert len(ours) == len(ACTS) + len(WINDOW)
    for read in (QAction.objectName, lambda action: action.shortcut().toString()):
        values = [read(action) for action in ours]
        assert all(values)
        assert len(set(values)) == len(values)
    words = {item.name: item.words for item in (*ACTS, *WINDOW)}
    for action in ours:
        assert action.text() == _(words[action.objectName()])
        assert not action.autoRepeat()


def test_that_the_title_names_the_city_and_the_product(open_seat: OpenSeat) -> None:
    title: Callable[[Seat], str] = lambda seat: seat.window.windowTitle()  # noqa: E731
    assert title(open_seat()) == "小城(演示) · 网格指挥台"
