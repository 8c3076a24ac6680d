"""A handover in words: why a case must be mentioned, and the short text that whoever comes next reads."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from console.domain.flow import Step
from console.domain.handover import LONGEST_TEXT, Brief, Item, Reason, Totals, Why
from console.i18n import N_, _, named
from console.words.codes import SHORT_STEPS
from console.words.sentences import clock_time

WHYS = {
    Why.URGENT: N_("紧急"),
    Why.UNANSWERED: N_("督办未复"),
    Why.SUPERVISED: N_("督办中"),
    Why.LATE: N_("本班超期"),
    Why.PROMISE: N_("承诺到期"),
    Why.SUSPENSION: N_("挂账到期"),
    Why.SOON: N_("下一班到期"),
    Why.APPLICATION: N_("申请待批"),
    Why.RETURNED: N_("退回"),
    Why.CALL_BACK: N_("应回访"),
}
_NAMED_EACH = 3  # cases that the short text names for one reason
_TAIL = 4  # letters of a case's code that tell it apart within a day


def reason_words(reason: Reason, zone: ZoneInfo, now: datetime) -> str:
    """Why, and the instant that matters."""
    if reason.at is None:
        return _(WHYS[reason.why])
    return f"{_(WHYS[reason.why])} {clock_time(reason.at, zone, now)}"


def totals_words(totals: Totals) -> str:
    """The figures of a shift in one line."""
    words = _("来件 {reported},派遣 {dispatched},办结 {ended};在办 {open},超期 {late}")
    return words.format(
        reported=totals.reported,
        dispatched=totals.dispatched,
        ended=totals.ended,
        open=totals.open,
        late=totals.late,
    )


def step_words(totals: Totals) -> str:
    """What is left in every step, with what is late in it."""
    told_steps = (
        _("{name}({more})").format(name=told, more=f"▲{one.late}") if one.late else told
        for one in totals.left
        for told in (f"{_(SHORT_STEPS[one.step])} {one.number}",)
        if one.step is not Step.EVALUATION
    )
    return " · ".join(told_steps)


def short_text(
    brief: Brief,
    zone: ZoneInfo,
    *,
    struck: Iterable[str] = (),
    remarks: Mapping[str, str] | None = None,
) -> str:
    """At most 300 letters: the figures, then reason by reason how many and which, as far as there is room.

    Nothing that does not fit is lost: the list that is handed over with it has it all.
    """
    gone = frozenset(struck)
    notes = remarks or {}
    parts = [totals_words(brief.totals)]
    by_why: dict[Why, list[Item]] = {}
    for item in brief.items:
        if item.code not in gone:
            by_why.setdefault(item.why, []).append(item)
    left_off = brief.left_off
    for why in Why:
        items = by_why.get(why, [])
        count = len(items) + left_off.get(why, 0)
        if count:
            parts.append(_part(why, items, count, notes))
    return _fitted(parts)


def _part(why: Why, items: Sequence[Item], count: int, remarks: Mapping[str, str]) -> str:
    first = sorted(items, key=lambda item: item.code not in remarks)[:_NAMED_EACH]
    told = _("、").join(_one(item, remarks.get(item.code, "")) for item in first)
    words = _("{why} {count}:{cases}") if told else _("{why} {count}")
    return words.format(why=_(WHYS[why]), count=count, cases=told + ("…" if count > len(first) else ""))


def _one(item: Item, remark: str) -> str:
    what = named(*item.what) or item.where[:10]
    told = f"{item.code[-_TAIL:]} {what}"
    return _("{name}({more})").format(name=told, more=remark) if remark else told


def _fitted(parts: Sequence[str]) -> str:
    """As many parts as fit; what does not fit whole is cut to its count, then told as left out."""
    text = parts[0]
    stop, colon = _(";"), _(":")
    for part in parts[1:]:
        for shorter in (part, part.partition(colon)[0]):
            if len(text) + len(stop) + len(shorter) < LONGEST_TEXT:
                text = f"{text}{stop}{shorter}"
                break
        else:
            return text[: LONGEST_TEXT - 1] + "…"
    return text
