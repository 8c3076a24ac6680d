"""One case, two cases: the English has both forms, and what is filled in chooses nothing by itself."""

import re
from collections.abc import Iterator

import polib
import pytest

from console.i18n import Counted, _, in_english, use_language
from console.system import resource

# What is counted, after its number: words that have another form for one.
COUNTED = re.compile(
    r"\{(?:count|number|cases|total|parts|drafts|files|photos|lines|left|rows|flaws|days|findings)[^}]*\} "
    r"(?:more |new |working |open |unit |critical )?"
    r"(cases|applications|characters|lines|photos|duties|handovers|alarms|items|letters|drafts|findings|files|"
    r"parts|areas|grids|errors|rows|people|settings)\b"
)
# Formatted by the map's own page, which has its own numbers; there a single thing is told in other words.
OF_THE_PAGE = ("console/ui/map/",)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    use_language("en")
    yield
    use_language("zh")


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "0 alarms acknowledged"), (1, "1 alarm acknowledged"), (2, "2 alarms acknowledged"),
     ("1", "1 alarm acknowledged"), ("1,001", "1,001 alarms acknowledged"), (21, "21 alarms acknowledged"),
     (1.0, "1.0 alarm acknowledged")],
)  # fmt: skip
def test_that_one_is_singular_and_everything_else_plural(count: object, said: str) -> None:
    assert _("已确认 {count} 条警报").format(count=count) == said


def test_that_each_number_chooses_for_itself() -> None:
    loaded = _("已装入 {name}:{cells} 个单元网格,{cases} 件案件")
    assert loaded.format(name="X", cells="1", cases="0") == "Loaded X: 1 unit grid, 0 cases"
    assert loaded.format(name="X", cells="38,515", cases="1") == "Loaded X: 38,515 unit grids, 1 case"


def test_that_what_people_wrote_is_left_alone() -> None:
    text = Counted("{name}: {count} [case|cases]")
    assert text.format(name="{count} [a|b] [c|d]", count=1) == "{count} [a|b] [c|d]: 1 case"


def test_that_words_looked_up_without_numbers_show_no_brackets() -> None:
    assert in_english("已确认 {count} 条警报") == "{count} alarms acknowledged"


def test_that_chinese_needs_none_of_this() -> None:
    use_language("zh")
    assert _("已确认 {count} 条警报").format(count=1) == "已确认 1 条警报"


def test_that_every_english_text_that_counts_has_both_forms() -> None:
    catalogue = polib.pofile(str(resource("words", "en", "console.po")))
    one_form = [
        entry.msgstr
        for entry in catalogue
        if COUNTED.search(entry.msgstr)
        and not any(file.startswith(OF_THE_PAGE) for file, _line in entry.occurrences)
    ]
    assert not one_form, "\n".join(one_form)
