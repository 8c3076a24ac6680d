"""A city's own names for the two checks, in every sentence and in both languages."""

from collections.abc import Iterator

import pytest

from console import i18n
from console.domain.errors import Refused
from console.domain.flow import State, Step
from console.domain.operation import Operation
from console.i18n import _, use_language
from console.words import OPERATIONS, STATES, STEPS, refusal
from console.words.labels import USUAL, use_labels

SWAPPED = {
    "pre_check": {"zh": "核查", "en": "post-disposal check"},
    "post_check": {"zh": "核实", "en": "pre-filing check"},
}


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    yield
    use_labels({})
    use_language("zh")


def test_that_a_city_that_swaps_the_names_reads_its_own() -> None:
    use_labels(SWAPPED)
    assert _(STATES[State.PRE_CHECK]) == "核查中"
    assert _(STATES[State.POST_CHECK]) == "核实中"
    assert _(OPERATIONS[Operation.CHECK]) == "派核实"
    assert _(OPERATIONS[Operation.PRE_CHECK]) == "派核查"
    assert "核实" in refusal(Refused("needs_check", code="1"))


def test_that_the_sixth_step_can_be_named_as_in_zhengzhou() -> None:
    use_labels({"post_check": {"zh": "核实"}})
    assert _(STEPS[Step.VERIFICATION]) == "核实结案"


def test_that_the_usual_names_change_nothing() -> None:
    use_labels(USUAL)
    assert _(STATES[State.POST_CHECK]) == "核查中"


def test_that_english_texts_change_too_and_keep_their_capitals(monkeypatch: pytest.MonkeyPatch) -> None:
    class Catalogue:
        def gettext(self, message: str) -> str:
            return {"核实中": "Pre-filing check under way", "派核实": "Send a pre-filing check"}[message]

    use_labels({"pre_check": {"en": "verification"}})
    monkeypatch.setattr(i18n, "_language", "en")
    monkeypatch.setattr(i18n, "_translations", Catalogue())
    assert _("核实中") == "Verification under way"
    assert _("派核实") == "Send a verification"


def test_that_a_language_without_own_names_keeps_the_usual() -> None:
    use_labels(SWAPPED | {"pre_check": {"zh": "核查"}, "post_check": {"zh": "核实"}})
    before = "核查中"
    use_language("en")
    in_english = _(before)
    use_labels({})
    assert _(before) == in_english
