"""The painted timeline: its words are broken between words, whole, and as high as they are asked to be."""

import pytest
from pytestqt.qtbot import QtBot

from console.ui.case.timeline import Timeline, _lanes
from console.ui.case.told import ToldLine
from console.ui.theme import Theme

LONG = "清运 🚛 两车垃圾,Zhengdong Urban Law Enforcement Brigade " * 4 + "x" * 200


def line(under: str = "", answers: int = -1) -> ToldLine:
    return ToldLine("10:00  派遣  王", "+0:10", under, late=False, undone=False, answers=answers)


@pytest.fixture
def timeline(qtbot: QtBot) -> Timeline:
    made = Timeline(Theme("light"))
    qtbot.addWidget(made)
    return made


def test_that_nothing_of_a_note_is_lost_and_no_line_is_wider_than_the_panel(timeline: Timeline) -> None:
    told = timeline._wrapped(line(LONG), 320)
    assert "".join(told) == LONG
    assert all(timeline.fontMetrics().horizontalAdvance(words.rstrip()) <= 320 for words in told)
    assert not any(words.startswith("nforcement") for words in told)


def test_that_the_height_follows_the_width(timeline: Timeline) -> None:
    timeline.lines = [line(LONG)]
    assert timeline.heightForWidth(300) > timeline.heightForWidth(600) > timeline.heightForWidth(3000)


def test_that_every_line_is_painted_with_and_without_answers(timeline: Timeline) -> None:
    timeline.lines = [line(), line(answers=0), line(LONG, answers=0), line(answers=1)]
    timeline._lanes = _lanes(timeline.lines)
    timeline.resize(360, timeline.heightForWidth(360))
    assert not timeline.grab().isNull()
    assert timeline._lanes == [0, 0, 1, 0]
