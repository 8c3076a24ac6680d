"""The account of a clock as head, rows and closing line: the same on paper and in the command line."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from console.i18n import _
from console.queries.why import Account, CaseWhy
from console.words.clocks import duration, reason_words, stretch, told_amounts
from console.words.codes import STATES
from console.words.dates import moment_words
from console.words.sentences import limit, percent


def account_head(told: CaseWhy, account: Account, zone: ZoneInfo) -> Iterator[str]:
    """What was granted, from when to when, and what is to be known of it."""
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


def account_columns() -> tuple[str, str, str, str]:
    return _("时段"), _("说明"), _("本段"), _("累计")


def account_rows(account: Account, zone: ZoneInfo) -> Iterator[tuple[str, str, str, str]]:
    """Every stretch: when, why, what it adds, the sum so far."""
    for one, amount, total in told_amounts(account.intervals):
        why = reason_words(one) + (_(",超期") if one.late and one.counted else "")
        counts = duration(amount) if one.counted else _("不计时")
        yield stretch(one, zone), why, counts, duration(total)


def account_closing(account: Account, zone: ZoneInfo) -> str:
    """What was used of what was granted, and how late it is."""
    facts = {
        "until": _at(account.until, zone),
        "used": duration(account.used),
        "granted": duration(account.granted),
        "share": percent(account.share),
        "multiple": f"{account.share:.2f}",
    }
    if account.until > account.due:
        late = _("截至 {until} 已计时 {used},时限 {granted},已超期,超时倍数 {multiple}")
        return late.format(**facts)
    return _("截至 {until} 已计时 {used},时限 {granted},已用 {share}").format(**facts)


def _at(moment: datetime, zone: ZoneInfo) -> str:
    return moment_words(moment, zone, seconds=True)
