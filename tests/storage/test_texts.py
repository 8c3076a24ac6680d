"""Whatever people write comes back as they wrote it, from both databases."""

from console.domain.operation import Operation
from console.domain.report import LONGEST_TEXT, Report
from console.domain.wanted import CaseFilter
from console.services.collection import register_report
from console.services.steps import Told, take_step
from console.storage.unit import Store
from tests.lives import BY, MINUTE, MONDAY, REPORT
from tests.storage.seats import whole
from tests.whole_queue import queue_ids

WRITTEN = {
    "jinja": "{{7*191}} {% raw {# ${7*7}",
    "html": "<img src=x onerror=alert(1)>&amp;",
    "sql": "'; DROP TABLE cases; -- \\ \" `",
    "separators": "a\u2028b\u2029c\x85d\x0be",
    "controls": "a\x01\x07\x1b[31m\x7fb",
    "directions": "\u202eretsim\u2066x\u2069",
    "beyond the first plane": "👷‍♀️𠮷𝕏",
    "combining": "e\u0301 is not é",
    "long": "字" * LONGEST_TEXT,
    "ideographic space": "甲\u3000乙",
    "noncharacter": "a\ufffe\uffffb",
}
REPLACED = {
    "nul": ("a\x00b", "a\ufffdb"),
    "lone surrogate": ("a\ud83db", "a\ufffdb"),
    "halves in the wrong order": ("\udc77\ud83d!", "\ufffd\ufffd!"),
    "a byte that is no text": ("a\udcffb", "a\ufffdb"),
}


def told(store: Store, text: str) -> tuple[str, ...]:
    """Description, address, reporter and note of a case, read back from the database."""
    report = Report(REPORT.source, text, REPORT.class_key, REPORT.lon, REPORT.lat, text, text)
    with store.write() as unit:
        code = register_report(unit, report, by=BY, at=MONDAY).code
    with store.write() as unit:
        take_step(unit, code, Operation.REJECT, Told(note=text), by=BY, at=MONDAY + MINUTE)
    with store.write() as unit:
        case = unit.cases.by_code(code)
        opening, rejection = unit.cases.facts(case.id)
    assert opening.changes["description"] == case.description
    return case.description, case.address, case.reporter, rejection.note


def test_that_a_text_comes_back_as_written(city_store: Store) -> None:
    for name, text in WRITTEN.items():
        assert told(city_store, text) == (text,) * 4, name
    assert whole(city_store) == len(WRITTEN)


def test_that_what_no_database_can_hold_is_replaced_on_both(city_store: Store) -> None:
    for name, (text, kept) in REPLACED.items():
        assert told(city_store, text) == (kept,) * 4, name
    assert whole(city_store) == len(REPLACED)


def test_that_any_text_can_be_searched_for(city_store: Store) -> None:
    texts = [*WRITTEN.values(), *(text for text, _ in REPLACED.values())]
    for text in texts:
        told(city_store, text)
    with city_store.read() as view:
        for text in texts:
            assert queue_ids(view, CaseFilter(text=text, everything=True), MONDAY), text
