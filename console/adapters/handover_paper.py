"""A signed handover as a PDF: what was handed over word for word, who signed, who took it over."""

import json
from datetime import UTC, datetime
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from console.adapters.dossier.typesetting import chinese_font, fonts
from console.domain.flow import Step
from console.domain.handover import Handover, Reason, StepLeft, Totals, Why
from console.i18n import _, language, named
from console.system import resource
from console.words import STEPS
from console.words.dates import moment_words
from console.words.handover import WHYS, reason_words, step_words, totals_words

_TEMPLATE = "handover.typ"


def handover_pages(one: Handover, city: str, zone: ZoneInfo) -> dict[str, Any]:
    """All that is printed, as plain texts; `zone` is the city's."""
    told = one.told
    signed = one.given_at.astimezone(UTC)
    return {
        "language": language(),
        "city": city,
        "title": _("第 {number} 号交班").format(number=one.id),
        "made": [signed.year, signed.month, signed.day, signed.hour, signed.minute, signed.second],
        "hash": one.content_hash,
        "page_words": _("第 {page} 页,共 {pages} 页"),
        "head": [
            [_("班次"), f"{named(*told['shift'])} → {named(*told['next_shift'])}"],
            [_("时间"), f"{_at(one.since, zone)} – {_at(one.until, zone)}"],
            [_("本班"), totals_words(_totals(told))],
            [_("在办案件"), step_words(_totals(told))],
        ],
        "text": told["text"],
        "remark": told["remark"],
        "items_title": _("须交接的案件"),
        "nothing": _("没有须交接的案件"),
        "columns": [_("编号"), _("事由"), _("步骤"), _("类别"), _("地点"), _("备注")],
        "items": [
            {"struck": item["struck"], "cells": _cells(item, zone, one.given_at)} for item in told["items"]
        ],
        "left_off": _left_off(told),
        "signed_title": _("签名"),
        "signed": list(_signed(one, zone)),
    }


def handover_paper(one: Handover, city: str, zone: ZoneInfo) -> bytes:
    """The PDF; the same handover makes the same bytes. Raises Refused("no_chinese_font")."""
    import typst

    pages = handover_pages(one, city, zone) | {"font": chinese_font()}
    with TemporaryDirectory(prefix="grid-handover-") as name:
        folder = Path(name)
        copyfile(resource("handover", _TEMPLATE), folder / _TEMPLATE)
        (folder / "pages.json").write_text(json.dumps(pages, ensure_ascii=False), "utf-8")
        return bytes(
            typst.compile(str(folder / _TEMPLATE), root=str(folder), format="pdf", font_paths=fonts())
        )


def _cells(item: dict[str, Any], zone: ZoneInfo, now: datetime) -> list[str]:
    reasons = (Reason(Why(why), datetime.fromisoformat(at) if at else None) for why, at in item["reasons"])
    return [
        item["code"],
        _("、").join(reason_words(reason, zone, now) for reason in reasons),
        _(STEPS[Step(item["step"])]),
        named(*item["what"]),
        item["where"],
        item["remark"],
    ]


def _totals(told: dict[str, Any]) -> Totals:
    left = tuple(StepLeft(Step(step), *numbers) for step, *numbers in told["left"])
    return Totals(**told["totals"], left=left)


def _left_off(told: dict[str, Any]) -> str:
    """How many cases of a reason were only counted."""
    listed = dict.fromkeys(Why, 0)
    for item in told["items"]:
        for why, _moment in item["reasons"]:
            listed[Why(why)] += 1
    more = [
        f"{_(WHYS[Why(why)])} {count - listed[Why(why)]}"
        for why, count in told["counts"].items()
        if count > listed[Why(why)]
    ]
    return _("另有未逐件列出:{more}").format(more=_("、").join(more)) if more else ""


def _signed(one: Handover, zone: ZoneInfo) -> "list[list[str]]":
    found = [[_("交班"), f"{one.given_by} · {_at(one.given_at, zone)}"]]
    if one.given_to:
        found.append([_("指定接班人"), one.given_to])
    if one.taken_at is None:
        found.append([_("接班"), _("待接班")])
    else:
        found.append([_("接班"), f"{one.taken_by} · {_at(one.taken_at, zone)}"])
    if one.taken_note:
        found.append([_("接班说明"), one.taken_note])
    if not one.whole:
        found.append(["▲", _("内容与签名时不同")])
    return found


def _at(moment: datetime, zone: ZoneInfo) -> str:
    return moment_words(moment, zone)
