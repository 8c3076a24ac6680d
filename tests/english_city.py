"""A small city and cases in plain ASCII alone: what is Chinese in an answer is then the product's."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from console.domain.case import Case, Source
from console.domain.catalogue import CaseClass
from console.domain.city import CityContent
from console.domain.operation import Operation
from console.domain.report import Report
from console.services.city import load_city
from console.services.collection import register_report
from console.services.steps import Told, take_step
from console.storage.unit import Store
from tests.cities import LOADED, small_city
from tests.lives import INSIDE, MINUTE, MONDAY

CLERK, CHIEF = "clerk01", "chief01"
REPORT = Report(Source.HOTLINE, "rubbish at the crossing", "event:0110", *INSIDE, "1 College Road", "Wang")
ENGLISH: Mapping[Operation, Told] = {
    Operation.FILE: Told(condition=1),
    Operation.DISPATCH: Told(department="D105"),
    Operation.ASK_SUSPENSION: Told(note="frost", until=MONDAY + timedelta(days=30)),
    Operation.SUPERVISE: Told(level=2, note="letter to the mayor"),
    Operation.FEED_BACK: Told(note="cleared"),
}
SENT = (Operation.ACCEPT, Operation.FILE, Operation.DISPATCH)
DONE = (*SENT, Operation.RECEIVE, Operation.FEED_BACK, Operation.CLOSE)

# Letters, punctuation and full-width forms of Chinese, but not the quotes and dashes that English has too.
CHINESE = re.compile(r"[\u2e80-\u303f\u31c0-\u9fff\uf900-\ufaff\uff00-\uffef]")
_MANY = re.compile(r"(?<![\w.,:/-])1 ([a-z]+s)\b")
_NOT_MANY = {"is", "was", "has", "class", "this", "s", "needs", "waits", "always", "across", "street"}
_GLUED = re.compile(r"\w\(|\)\w|[,;:][A-Za-z]{2}| [,;:]|\(\s|\s\)|[;,]\s*$")
_OTHER_DATES = re.compile(
    r"\b(20\d\d-\d\d-\d\d\b|(?<![\d-])[01]\d-[0-3]\d(?![\d:-])|\d{1,2}/\d{1,2}(?= ?\(| \d\d:))"
)


def english_city() -> CityContent:
    """The small city under English names alone."""
    plain = small_city()
    name = plain.profile.name_en
    return replace(
        plain,
        profile=replace(plain.profile, name=name, generated=False),
        divisions=[replace(one, name=one.name_en) for one in plain.divisions],
        departments=[replace(one, name=one.name_en) for one in plain.departments],
        catalogues=[
            replace(one, name="small catalogue", classes=[_plain_class(kind) for kind in one.classes])
            for one in plain.catalogues
        ],
        layers={**plain.layers, "roads": _roads(plain.layers["roads"])},
    )


def _plain_class(one: CaseClass) -> CaseClass:
    conditions = tuple(
        replace(each, text=f"{one.name_en}, condition {each.number}", closing="removed")
        for each in one.conditions
    )
    return replace(one, major="major class", name=one.name_en, conditions=conditions)


def _roads(layer: bytes) -> bytes:
    found = json.loads(layer)
    for number, feature in enumerate(found["features"], 1):
        feature["properties"]["name"] = f"Road {number}"
    return json.dumps(found).encode()


def founded(store: Store) -> None:
    """Put the city into an empty store."""
    with store.write() as unit:
        load_city(unit, english_city(), by="city IT", at=LOADED)


def lived(store: Store, *steps: Operation, at: datetime = MONDAY, report: Report = REPORT) -> Case:
    """A case that went so far, a minute a step."""
    with store.write() as unit:
        case = register_report(unit, report, by=CLERK, at=at)
    for number, operation in enumerate(steps, 1):
        by = CHIEF if number % 2 else CLERK
        with store.write() as unit:
            told = ENGLISH.get(operation, Told())
            case = take_step(unit, case.code, operation, told, by=by, at=at + number * MINUTE)
    return case


def faults(text: str, *, own: Sequence[str] = ()) -> list[str]:
    """What no English line may have: Chinese, `1 cases`, glued words, stray separators, another form of date.

    `own` is what people or systems wrote and what is typed.
    """
    found = []
    for line in text.splitlines():
        bare = line
        for words in sorted(own, key=len, reverse=True):
            bare = bare.replace(words, "…")
        if CHINESE.search(bare):
            found.append(f"Chinese: {line}")
        found += [f"1 {one}: {line}" for one in _MANY.findall(bare) if one not in _NOT_MANY]
        if _GLUED.search(bare.strip()):
            found.append(f"separator: {line}")
        if _OTHER_DATES.search(bare):
            found.append(f"date: {line}")
    return found
