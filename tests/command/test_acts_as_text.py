"""An act that was done, as text, reads back as the act that does it again."""

from datetime import timedelta

import pytest

from console.command.periods import Today
from console.command.reader import read
from console.command.readings import Acting, Given
from console.command.verbs import VERBS, Take
from console.command.writing_acts import told_act
from console.domain.case import CheckResult, Flag, Satisfaction
from console.domain.operation import Operation
from console.i18n import use_language
from tests.command.city import NOW, city_words

WORDS = city_words()
TODAY = Today.at(NOW, WORDS.zone)
UNTIL = TODAY.midnight(TODAY.day) + timedelta(days=9, hours=23, minutes=59)
GIVEN = {
    Take.DEPARTMENT: {"departments": ("410105-03",)},
    Take.UNIT: {"units": ("410100-26",)},
    Take.CONDITION: {"class_key": "event:06010", "condition": 2},
    Take.REASON: {"note": "超期 3 天,“现场”未恢复"},
    Take.NOTE: {"note": "请速处理"},
    Take.UNTIL: {"until": UNTIL},
    Take.LEVEL: {"level": 2},
    Take.MARK: {"flag": Flag.URGENT},
    Take.FOUND: {"result": CheckResult.ABSENT},
    Take.OUTCOME: {"result": CheckResult.FAILED},
    Take.SATISFACTION: {"satisfaction": Satisfaction.NOT_SATISFIED},
    Take.PERSON: {"person": "李秀英"},
    Take.OTHER_CASE: {},
}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: str(verb.operation.value))
def test_that_an_act_as_text_reads_back_as_itself(verb: object, language: str) -> None:
    assert verb in VERBS
    one = VERBS[VERBS.index(verb)]  # type: ignore[arg-type]  # it is one of them
    told = {name: value for take in one.takes for name, value in GIVEN[take].items()}
    use_language("en" if language == "en" else "zh")
    try:
        line = told_act(one.operation, Given(**told), WORDS, TODAY)  # type: ignore[arg-type]  # by the table
    finally:
        use_language("zh")
    reading = read(line, WORDS, NOW)
    assert isinstance(reading, Acting), (line, reading)
    assert (reading.operation, reading.given) == (one.operation, Given(**told)), line  # type: ignore[arg-type]


def test_that_what_no_line_can_say_is_no_line() -> None:
    assert told_act(Operation.UNDO, Given(), WORDS, TODAY) == ""
