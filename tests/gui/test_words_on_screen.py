"""The two languages on the screen: in English nothing of the window's own words is left in Chinese."""

import re
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QAction

from console.domain.city import CityContent
from console.domain.flow import State
from console.i18n import _
from console.queries.approvals import approvals
from console.queries.site import site_practice
from console.settings import Settings
from console.ui.actions import ACTS, WINDOW
from console.ui.case.offer import allowed
from tests.cities import small_city
from tests.gui.screen_text import texts
from tests.gui.seat import BY, Seat
from tests.gui.seats import OpenSeat
from tests.lives import CHIEF, REPORT, TOLD

CHINESE = re.compile(r"[\u3001-\u303f\u3400-\u9fff\uff00-\uffef]")


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


def data_words(seat: Seat) -> list[str]:
    """What people wrote: it stays as it was written. The longest first."""
    found = {"中文 / English", *city_words(small_city())}  # each language is named in itself
    waiting = [one.case.code for one in seat.ask(approvals, BY)]
    for code in {*seat.queue.codes, *waiting, seat.case.code} - {""}:
        case = seat.stored(code).case
        found |= {case.description, case.address, case.reporter, case.handler}
        for fact in seat.stored(code).facts:
            found |= {fact.by, fact.note}
    found |= {seat.window.settings.operator, REPORT.description, REPORT.address, REPORT.reporter, BY}
    for told in TOLD.values():
        found |= {told.note, told.person, *(part.description for part in told.parts)}
        found |= {photo.name for photo in told.evidence}
    found |= {CHIEF}
    practice = seat.ask(site_practice).practice
    found |= {practice.name, *(words["zh"] for words in practice.labels.values())}
    return sorted(filter(None, found), key=len, reverse=True)


def chinese_left(seat: Seat) -> list[tuple[str, str]]:
    data = data_words(seat)
    left = []
    for where, text in texts(seat.window):
        for words in data:
            text = text.replace(words, "").replace(" ".join(words.split()), "")
        # A text shortened with dots ends in the beginning of what was written.
        text = re.sub(r"\S*…", "", text)
        if CHINESE.search(text):
            left.append((where, text))
    return left


def surfaces(seat: Seat) -> Iterator[str]:
    """Everything there is to see, one after the other."""
    yield "empty"
    asked: set[str] = set()
    for state in State:
        seat.choose(seat.bring(state))
        yield state
        if state is State.RETURNED:
            seat.press("M")
            yield "all acts"
            seat.press("Escape")
        for act in ACTS:
            if act.asks and act.name not in asked and allowed(act, seat.window.case.card):
                asked.add(act.name)
                seat.press(act.key, "Ctrl+Return")
                yield act.name
                seat.press("Escape")
    seat.choose(seat.bring(State.TO_FILE))
    for key in ("Shift+F", "Shift+X"):
        seat.press(key)
        yield key
        seat.press("Ctrl+Return")
        yield f"{key} confirmed"
        seat.press("Escape")
    seat.choose(seat.bring(State.TO_DISPATCH))
    seat.press("Shift+D")
    yield "department form"
    seat.press("Escape", "N")
    yield "report form"
    seat.press("Ctrl+Return")
    yield "report form, empty"
    seat.press("Escape", "?")
    yield "keys"
    seat.press("Escape")
    for step in ("collection", "filing", "dispatch", "handling", "feedback", "verification", "evaluation"):
        seat.queue.choose_step(step)
        yield step
    seat.press("F2")
    yield "board"
    seat.press("F2", "F4")
    yield "approvals"
    seat.press("F4")
    seat.choose(seat.bring(State.RETURNED))
    seat.press("F4", "W")
    yield "why, with an application"
    seat.press("Escape", "F4", "F3")
    for tab in ("rights", "calendar", "zones", "staff", "limits"):
        seat.click(f"practice_{tab}")
        yield f"practice {tab}"
    seat.press("F3", "F6")
    yield "seats"
    seat.press("L")
    yield "follow"
    seat.press("Ctrl+Z")
    yield "undo"


@pytest.mark.parametrize("switched", [False, True])
def test_that_english_leaves_no_chinese_on_the_screen(open_seat: OpenSeat, switched: bool) -> None:
    seat = open_seat(settings=Settings(theme="light", language="zh" if switched else "en"))
    seat.window.map._notice.hide()  # waits for a page that these windows do not have
    if switched:
        seat.press("F10")
        seat.pass_time(1)
    for surface in surfaces(seat):
        assert chinese_left(seat) == [], surface


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
