"""Why a case is due when it is, from the command line."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import click

from console.cli.main import Session, answering
from console.i18n import _
from console.queries.why import Account, CaseWhy, why_case
from console.words import STATES, limit
from console.words.clocks import duration, reason_words, stretch, told_amounts


@click.command()
@click.argument("code")
@answering
def why(session: Session, code: str) -> None:
    """截止时间为什么是这一分钟:逐段说明 / why each deadline is when it is."""
    now = datetime.now(UTC)
    desk = session.desk()
    try:
        told = desk.ask_now(why_case, code, now)
    finally:
        desk.close()
    session.answer.give(_as_json(told))
    zone = ZoneInfo(told.timezone)
    if not told.accounts:
        session.answer.say(_("案件 {code} 还没有时钟运行过").format(code=told.code))
    for account in told.accounts:
        for line in _head(told, account, zone):
            session.answer.say(line)
        session.answer.table((_("时段"), _("说明"), _("本段"), _("累计")), _rows(account, zone))
        session.answer.say(_closing(account, zone))


def _head(told: CaseWhy, account: Account, zone: ZoneInfo) -> Iterator[str]:
    if account.stage is not None:
        name = _(STATES[account.stage])
        yield _("{stage}时限:{granted},连续计时").format(stage=name, granted=duration(account.granted))
    elif told.limit is not None:
        granted = limit(told.limit.value, told.limit.unit)
        line = _("处置时限:{limit}").format(limit=granted)
        if told.extensions:
            line = _("处置时限:{limit},延期 {times} 次,共 {granted}").format(
                limit=granted, times=told.extensions, granted=duration(account.granted)
            )
        yield line
    yield _("起算 {start},截止 {due}").format(start=_at(account.start, zone), due=_at(account.due, zone))
    if account.provisional:
        yield _("其间有年份的节假日表尚未装入,截止时间为暂定")
    if account.kept_due not in {None, account.due}:
        assert account.kept_due is not None
        yield _("案卷所记截止时间为 {due}:此后日历有过修改").format(due=_at(account.kept_due, zone))


def _rows(account: Account, zone: ZoneInfo) -> Iterator[tuple[str, str, str, str]]:
    for one, amount, total in told_amounts(account.intervals):
        why = reason_words(one) + (_(",超期") if one.late and one.counted else "")
        counts = duration(amount) if one.counted else _("不计时")
        yield stretch(one, zone), why, counts, duration(total)


def _closing(account: Account, zone: ZoneInfo) -> str:
    facts = {
        "until": _at(account.until, zone),
        "used": duration(account.used),
        "granted": duration(account.granted),
        "share": f"{account.share:.0%}",
        "multiple": f"{account.share:.2f}",
    }
    if account.until > account.due:
        late = _("截至 {until} 已计时 {used},时限 {granted},已超期,超时倍数 {multiple}")
        return late.format(**facts)
    return _("截至 {until} 已计时 {used},时限 {granted},已用 {share}").format(**facts)


def _at(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M:%S}"


def _as_json(told: CaseWhy) -> dict[str, Any]:
    """Amounts in seconds, instants in UTC."""
    return {
        "code": told.code,
        "limit": None if told.limit is None else {"value": told.limit.value, "unit": told.limit.unit.value},
        "extensions": told.extensions,
        "clocks": [_account_as_json(account) for account in told.accounts],
    }


def _account_as_json(account: Account) -> dict[str, Any]:
    return {
        "clock": "disposal" if account.stage is None else account.stage.value,
        "granted": account.granted.total_seconds(),
        "start": account.start,
        "due": account.due,
        "kept_due": account.kept_due,
        "until": account.until,
        "running": account.running,
        "used": account.used.total_seconds(),
        "share": account.share,
        "late": account.until > account.due,
        "provisional": account.provisional,
        "intervals": [
            {
                "start": one.start.isoformat(),
                "stop": one.stop.isoformat(),
                "counted": one.counted,
                "reason": one.reason.value,
                "name": one.name,
                "late": one.late,
                "amount": one.amount.total_seconds(),
                "total": one.total.total_seconds(),
            }
            for one in account.intervals
        ],
    }
