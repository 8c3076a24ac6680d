"""Why a case is due when it is, from the command line."""

from contextlib import closing
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import click

from console.cli.main import Session, answering
from console.i18n import _
from console.queries.why import Account, CaseWhy, why_case
from console.words.account import account_closing, account_columns, account_head, account_rows


@click.command()
@click.argument("code")
@answering
def why(session: Session, code: str) -> None:
    """截止时间为什么是这一分钟:逐段说明 / why each deadline is when it is."""
    now = datetime.now(UTC)
    with closing(session.desk()) as desk:
        told = desk.ask_now(why_case, code, now)
    session.answer.give(_as_json(told))
    zone = ZoneInfo(told.timezone)
    if not told.accounts:
        session.answer.say(_("案件 {code} 还没有时钟运行过").format(code=told.code))
    for account in told.accounts:
        for line in account_head(told, account, zone):
            session.answer.say(line)
        session.answer.table(account_columns(), account_rows(account, zone))
        session.answer.say(account_closing(account, zone))


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
                "ahead": one.ahead,
                "amount": one.amount.total_seconds(),
                "total": one.total.total_seconds(),
            }
            for one in account.intervals
        ],
    }
