"""Codes, limits and times put into words in the user's language."""

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from console.domain.actor import Post
from console.domain.catalogue import LimitUnit
from console.domain.errors import Refused
from console.domain.flow import State
from console.domain.operation import Operation, Request
from console.i18n import _
from console.words.codes import FILTER_FIELDS, LIMIT_UNITS, OPERATIONS, POSTS, REQUESTS, STATES
from console.words.dates import day_words, moment_words, short_moment
from console.words.findings import FINDINGS
from console.words.refusals import REFUSALS


def refusal(problem: Refused) -> str:
    """One sentence for a refusal, in the user's language."""
    facts = {name: _fact(name, value) for name, value in problem.facts.items()}
    template = REFUSALS.get(problem.code)
    if template is None:
        listed = "; ".join(f"{name}: {value}" for name, value in facts.items())
        return f"{problem.code} ({listed})" if listed else problem.code
    try:
        return _(template).format(**facts)
    except KeyError:
        return _(template)


def limit(value: float, unit: str) -> str:
    """A limit in words, such as 4 工作时; empty where none is set."""
    return _(LIMIT_UNITS[LimitUnit(unit)]).format(value=f"{value:g}") if unit else ""


def clock_time(moment: datetime, zone: ZoneInfo, now: datetime) -> str:
    """A moment as an operator reads it: the time today, month and day besides on other days."""
    local, today = moment.astimezone(zone), now.astimezone(zone)
    if local.date() == today.date():
        return f"{local:%H:%M}"
    return short_moment(moment, zone) if local.year == today.year else moment_words(moment, zone)


def percent(share: float) -> str:
    """A share of one as whole percent."""
    return f"{100 * share:.0f} %"


def span(seconds: float) -> str:
    """A remaining or overdue time in one unit style: `0:42`, `-0:18`, `2 天`."""
    sign = "-" if seconds < 0 else ""
    minutes = int(abs(seconds)) // 60
    if minutes >= 48 * 60:
        return sign + _("{days} 天").format(days=minutes // (24 * 60))
    return f"{sign}{minutes // 60}:{minutes % 60:02d}"


def _fact(name: str, value: object) -> str:
    text = str(value)
    if name == "state" and text in set(State):
        return _(STATES[State(text)])
    if name == "rule" and text in FINDINGS:
        return _(FINDINGS[text])
    if name == "operation" and text in set(Operation):
        return _(OPERATIONS[Operation(text)])
    if name == "request" and text in set(Request):
        return _(REQUESTS[Request(text)])
    if name == "posts" and isinstance(value, tuple):
        return _("、").join(_(POSTS[Post(one)]) for one in value) or _("(无此岗位)")
    if name == "field" and text in FILTER_FIELDS:
        return _(FILTER_FIELDS[text])
    if name == "candidates" and isinstance(value, tuple):
        return _("、").join(map(str, value)) or _("(无)")
    if isinstance(value, datetime):  # given in the city's time already
        return f"{day_words(value)} {value:%H:%M}"
    if isinstance(value, date):
        return day_words(value)
    if name == "until" and value is None:
        return _("另行通知")
    return " ".join(text.split()) if name == "said" else text  # what a library says may run over lines


def finding(rule: str, facts: Mapping[str, object]) -> str:
    """One line for a finding of the pack check: the rule's words, then where and what."""
    template = FINDINGS.get(rule)
    listed = ", ".join(f"{name}={value}" for name, value in facts.items() if name != "rule" and value != "")
    return f"{_(template) if template else rule}: {listed}"
