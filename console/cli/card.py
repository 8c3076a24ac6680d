"""One case in full as the lines people read; console.cli.told has it as the JSON that scripts read."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from console.cli.facts import fact_lines
from console.cli.told import disposal_runs
from console.domain.case import Case, Flag
from console.domain.city import Department
from console.domain.flow import State
from console.domain.lamp import lamp
from console.i18n import _, named
from console.queries.case import CaseCard
from console.words import FLAGS, LAMPS, REQUESTS, SOURCES, STATES, limit, percent, span
from console.words.dates import moment_words

Departments = Mapping[str, Department]


def card_lines(card: CaseCard, departments: Departments, now: datetime) -> Iterator[str]:
    """The card for people; a text of several lines is one item with line breaks."""
    case, zone = card.case, ZoneInfo(card.timezone)
    running = case.current_due_at
    flags = " ".join(f"[{_flag(case, flag)}]" for flag in case.flags)
    head = f"{case.code}  {_(STATES[case.state])}  {_(LAMPS[lamp(now, running, case.soon_at)])}  {flags}"
    yield head.rstrip()
    class_name = named(card.case_class.name, card.case_class.name_en) if card.case_class else ""
    limited = limit(case.limit_value, case.limit_unit)
    yield f"{_('类别')}: {_coded(class_name, case.class_key)}  {limited}".rstrip()
    if card.condition is not None:
        yield f"{_('立案条件')}: {card.condition.text}  {_('结案条件')}: {card.condition.closing}"
    yield f"{_('来源')}: {_(SOURCES[case.source])}  {case.reporter}".rstrip()
    yield f"{_('地点')}: {case.address}  {case.cell}".rstrip()
    yield f"{_('部门')}: {_answering(case, departments)}".rstrip()
    if case.handler:
        yield f"{_('经手人')}: {case.handler}"
    yield from _clocks(card, zone, now)
    if card.releases_at is not None and now < card.releases_at:
        yield f"{_('可撤销至')}: {card.releases_at.astimezone(zone):%H:%M:%S}"
    yield from _waiting(card, zone)
    if counts := _counts(case):
        yield f"{_('次数')}: {'  '.join(counts)}"
    yield from _kin(card)
    yield case.description
    yield from fact_lines(card.facts, zone, lambda code: _department(code, departments))


def _clocks(card: CaseCard, zone: ZoneInfo, now: datetime) -> Iterator[str]:
    """The stage's clock where one runs, then the disposal clock, running or as it stopped."""
    case, running = card.case, card.case.current_due_at
    disposing = disposal_runs(case)
    if running is not None and not disposing:
        yield f"{_('环节截止')}: {_second(running, zone)}  {_('剩余')} {time_left(running, None, None, now)}"
    if case.due_at is not None:
        left = time_left(running if disposing else None, case.due_at, case.fed_back_at, now)
        used = f"  {_used(card.share)}" if card.share is not None else ""
        yield f"{_('截止')}: {_second(case.due_at, zone)}  {_('剩余')} {left}{used}"


def time_left(
    running: datetime | None, due: datetime | None, fed_back: datetime | None, now: datetime
) -> str:
    """What is left until the deadline that runs, or was left of `due` when the disposal clock stopped."""
    if running is not None:
        return span((running - now).total_seconds())
    if due is None or fed_back is None:
        return ""
    return span((due - fed_back).total_seconds())


def _flag(case: Case, flag: Flag) -> str:
    if flag is Flag.SUPERVISED and case.supervision:
        return _("督办 {level} 级").format(level=case.supervision)
    return _(FLAGS[flag])


def _used(share: float) -> str:
    """The overdue multiple (超时倍数) where the budget is used up, else its used part."""
    if share > 1:
        return _("超时倍数 {multiple}").format(multiple=f"{share:.2f}")
    return _("已用 {share}").format(share=percent(share))


def _answering(case: Case, departments: Departments) -> str:
    text = _department(case.department, departments)
    if case.unit:
        text += f" → {_department(case.unit, departments)}"
    if case.assisting:
        helping = " ".join(_department(code, departments) for code in case.assisting)
        text += f"  {_('协办')} {helping}"
    return text


def _waiting(card: CaseCard, zone: ZoneInfo) -> Iterator[str]:
    """The application that waits for a decision, and how long a suspended case rests."""
    case = card.case
    if case.request is not None and case.asked_at is not None:
        asked = _second(case.asked_at, zone)
        until = f"  {_('期限')} {_minute(case.asked_until, zone)}" if case.asked_until else ""
        yield f"{_('待审批')}: {_(REQUESTS[case.request])}  {case.asked_by}  {asked}{until}"
    if case.suspended_until is not None:
        yield f"{_('挂账至')}: {_minute(case.suspended_until, zone)}"


def _second(moment: datetime, zone: ZoneInfo) -> str:
    return moment_words(moment, zone, seconds=True)


def _minute(moment: datetime, zone: ZoneInfo) -> str:
    return moment_words(moment, zone)


def _counts(case: Case) -> list[str]:
    counts = {
        _("改派"): case.redispatches,
        _("回退"): case.returns,
        _("推诿"): case.shuffles,
        _("延期"): case.extensions,
        _("挂账"): case.suspensions,
        _("返工"): case.reworks,
    }
    return [f"{word} {number}" for word, number in counts.items() if number]


def _kin(card: CaseCard) -> Iterator[str]:
    words = {"part": _("子案件"), "duplicate": _("重复案件")}
    if card.case.merged_into:
        yield f"{_('并入')}: {card.case.merged_into}"
    if card.case.split_from:
        yield f"{_('拆自')}: {card.case.split_from}"
    for one in card.kin:
        yield f"{words[one.relation]}: {one.code}  {_(STATES[State(one.state)])}  {one.description}"


def _department(code: str, departments: Departments) -> str:
    found = departments.get(code)
    return _coded(named(found.name, found.name_en) if found else "", code)


def _coded(name: str, code: str) -> str:
    return f"{name} ({code})" if name else code
