"""What a fact tells beside the fields of the case, in words: level, result, person, date, other case."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from console.domain.case import CheckResult, Fact, Flag, Satisfaction
from console.domain.operation import Operation
from console.i18n import N_, _
from console.words.codes import CHECK_RESULTS, FLAGS, OPERATIONS, SATISFACTIONS
from console.words.dates import moment_words

# By the keys of Fact.details, in the order in which they are told; empty where the word says enough.
_TOLD = {
    "operation": "",
    "department": N_("→ {value}"),
    "unit": N_("→ {value}"),
    "assisting": N_("协办 {value}"),
    "territory": N_("属地兜底"),
    "level": N_("{value} 级"),
    "flag": "",
    "result": "",
    "satisfaction": "",
    "person": N_("经手人 {value}"),
    "until": N_("至 {value}"),
    "other": N_("案件 {value}"),
    "place": "",
}
# What is told by the fields that changed: journals begun before 0.2 have no details.
_SENT: Mapping[Operation, tuple[str, ...]] = {
    Operation.DISPATCH: ("department", "assisting"),
    Operation.REDISPATCH: ("department", "assisting"),
    Operation.SECOND_DISPATCH: ("unit",),
}


def detail_words(fact: Fact, zone: ZoneInfo, department: Callable[[str], str]) -> tuple[str, ...]:
    """Each detail of a fact in words, times in `zone`; `department` names a department by its code."""
    sent = {name: fact.changes[name] for name in _SENT.get(fact.operation, ()) if fact.changes.get(name)}
    told: Mapping[str, Any] = {**fact.details, **sent}
    words: dict[str, Callable[[Any], str]] = {
        "operation": lambda code: _(OPERATIONS[Operation(code)]),
        "department": department,
        "unit": department,
        "assisting": lambda codes: _("、").join(map(department, codes)),
        "flag": lambda code: _(FLAGS[Flag(code)]),
        "result": lambda code: _(CHECK_RESULTS[CheckResult(code)]),
        "satisfaction": lambda code: _(SATISFACTIONS[Satisfaction(code)]),
        "place": _moved,
        "until": lambda text: moment_words(datetime.fromisoformat(text), zone),
    }
    found = ((template, words.get(key, str)(told[key])) for key, template in _TOLD.items() if told.get(key))
    return tuple(_(template).format(value=value) if template else value for template, value in found)


def _moved(place: Mapping[str, Any]) -> str:
    return f"{_at(*place['from'])} → {_at(*place['to'])}"


def _at(lon: float | None, lat: float | None, cell: str) -> str:
    if lon is None or lat is None:
        return _("没有坐标")
    return f"{lon:.6f}, {lat:.6f}" + (_("(网格 {cell})").format(cell=cell) if cell else "")
