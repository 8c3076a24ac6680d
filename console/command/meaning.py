"""What a filter means, in words: one for each thing it asks, as chips and the command line show them."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from console.command.lexicon import Kind, Lexicon
from console.command.spans import written_span
from console.domain.wanted import CaseFilter, Order
from console.i18n import N_, _, named
from console.words import COUNTS, FLAGS, POSTS, REQUESTS, SOURCES, STATES, STEPS, area_words
from console.words.dates import day_words

ORDERS = {
    Order.DUE: N_("剩余时间"),
    Order.REPORTED: N_("上报时间"),
    Order.CODE: N_("编号"),
    Order.STATE: N_("状态"),
    Order.CLASS: N_("类别"),
    Order.DEPARTMENT: N_("部门"),
    Order.DISTRICT: N_("区域"),
    Order.ADDRESS: N_("地点"),
    Order.CELL: N_("单元网格"),
    Order.FED_BACK: N_("反馈时间"),
    Order.ENDED: N_("办结时间"),
    Order.SUSPENDED_UNTIL: N_("挂账至"),
    Order.TEXT: N_("描述"),
    Order.SOURCE: N_("来源"),
    Order.HANDLER: N_("经手人"),
    Order.STREET: N_("街道"),
    Order.GRID: N_("责任网格"),
    Order.FLAGS: N_("标记"),
    Order.LIMIT: N_("时限"),
    Order.REWORKS: N_("返工次数"),
    Order.EXTENSIONS: N_("延期次数"),
    Order.RETURNS: N_("回退次数"),
}
_KINDS = {"event:": N_("事件"), "part:": N_("部件")}


def filter_words(wanted: CaseFilter, lexicon: Lexicon) -> list[str]:
    """Every narrowing of the filter in words, in the order one would say them; its order last."""
    return [*_scope(wanted), *_where(wanted, lexicon), *_clock(wanted), *_periods(wanted, lexicon.zone),
            *_rest(wanted), *_order(wanted)]  # fmt: skip


def _scope(wanted: CaseFilter) -> Iterator[str]:
    if wanted.figure is not None:
        yield _(COUNTS[wanted.figure.count])
    if wanted.step is not None:
        yield _(STEPS[wanted.step])
    if wanted.states:
        yield _("、").join(_(STATES[state]) for state in wanted.states)
    if wanted.request is not None:
        yield _(REQUESTS[wanted.request])
    if wanted.everything:
        yield _("全部案件,含已办结")
    elif wanted.step is None and not wanted.states and wanted.request is None and wanted.figure is None:
        yield _("在办")


def _where(wanted: CaseFilter, lexicon: Lexicon) -> Iterator[str]:
    for field, kind in (
        ("division", Kind.DIVISION),
        ("street", Kind.STREET),
        ("department", Kind.DEPARTMENT),
        ("classes", Kind.CLASS),
    ):
        code = getattr(wanted, field)
        if code:
            found = lexicon.named(kind, code)
            yield named(found.name, found.name_en) if found else _(_KINDS.get(code, "")) or code
    if wanted.responsibility_grid:
        yield _("责任网格 {code}").format(code=wanted.responsibility_grid)
    if wanted.cell:
        yield _("网格 {cell}").format(cell=wanted.cell)
    if wanted.within is not None:
        yield area_words(wanted.within)


def _clock(wanted: CaseFilter) -> Iterator[str]:
    if wanted.late:
        yield _("超期")
    if wanted.late_times:
        yield _("超期 {times} 倍以上").format(times=f"{wanted.late_times:g}")
    for field, words in (
        ("due_within", _("{span} 内到期")),
        ("older_than", _("上报已超过 {span}")),
        ("newer_than", _("{span} 内上报")),
    ):
        amount: timedelta | None = getattr(wanted, field)
        if amount is not None:
            yield words.format(span=written_span(amount))


def _periods(wanted: CaseFilter, zone: ZoneInfo) -> Iterator[str]:
    for since, until, words in (
        (wanted.reported_since, wanted.reported_until, _("{period} 上报")),
        (wanted.ended_since, wanted.ended_until, _("{period} 办结")),
    ):
        if since is not None or until is not None:
            yield words.format(period=_period(since, until, zone))


def _period(since: datetime | None, until: datetime | None, zone: ZoneInfo) -> str:
    """By its days where they are whole; the last one counts."""
    last = None if until is None else until - timedelta(microseconds=1)
    first_day, last_day = (day_words(at.astimezone(zone)) if at else "" for at in (since, last))
    return first_day if first_day == last_day else f"{first_day} – {last_day}"


def _rest(wanted: CaseFilter) -> Iterator[str]:
    if wanted.source is not None:
        yield _(SOURCES[wanted.source])
    if wanted.flag is not None:
        yield _(FLAGS[wanted.flag])
    if wanted.handler:
        yield _("由 {name} 经手").format(name=wanted.handler)
    if wanted.posts:
        yield _("等 {posts} 办理").format(posts=_("、").join(_(POSTS[post]) for post in wanted.posts))
    if wanted.text:
        yield _("含“{text}”").format(text=wanted.text[:40])


def _order(wanted: CaseFilter) -> Iterator[str]:
    if wanted.order is not Order.DUE or wanted.descending:
        words = _("按{order}倒序") if wanted.descending else _("按{order}排序")
        yield words.format(order=_(ORDERS[wanted.order]))
