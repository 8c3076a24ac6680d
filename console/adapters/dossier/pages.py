"""What stands on the pages of a dossier, in the user's language: texts and file names for the template."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import zip_longest
from typing import Any
from unicodedata import category
from zoneinfo import ZoneInfo

from console import __version__
from console.domain.actor import Post
from console.domain.batches import Batch, batches, sides
from console.domain.case import Fact
from console.domain.errors import Refused
from console.domain.evidence import Evidence
from console.domain.story import Line, story
from console.i18n import _, language, named
from console.queries.case import CaseCard
from console.queries.dossier import Matter
from console.words import FLAGS, OPERATIONS, POSTS, SOURCES, STATES, limit, refusal, span
from console.words.account import account_closing, account_columns, account_head, account_rows
from console.words.dates import moment_words
from console.words.details import detail_words
from console.words.evidence import EVIDENCE_ROLES, evidence_size, trouble_word
from console.words.generated import generated_mark

_LONGEST = 4000  # characters of one text on paper; the record has the rest
_LAYOUT = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})

Files = Mapping[str, str | Refused]  # the printed picture of a piece of evidence by its hash, or its trouble


def pages(matter: Matter, files: Files, record_hash: str, *, by: str, at: datetime) -> dict[str, Any]:
    """The data of resources/dossier/dossier.typ."""
    zone = ZoneInfo(matter.card.timezone)
    found = batches(matter.card.facts)
    return {
        "language": language(),
        "title": _("案件卷宗"),
        "city": "  ".join(filter(None, (printed(matter.city), generated_mark(matter.profile)))),
        "code": matter.card.case.code,
        "record_hash": record_hash,
        "made": [at.year, at.month, at.day, at.hour, at.minute, at.second],
        "made_words": _("{by} 于 {at} 制作").format(by=printed(by), at=_second(at, zone)),
        "page_words": _("第 {page} 页,共 {pages} 页"),
        "head": [[name, printed(value)] for name, value in _head(matter.card, zone) if value],
        "text": printed(matter.card.case.description),
        "clocks_title": _("计时说明"),
        "clocks": list(_clocks(matter, zone)),
        "timeline_title": _("办理经过"),
        "timeline": list(_timeline(matter, zone)),
        "compare_title": _("处置前后对照"),
        "compare_heads": [_("处置前"), _("处置后")],
        "compare": [
            [None if item is None else _photo(item, files) for item in pair]
            for pair in (zip_longest(*_both(found)) if all(_both(found)) else ())
        ],
        "photos_title": _("照片与附件"),
        "photos": [_batch(batch, files, zone) for batch in found],
        "proof_title": _("校验"),
        "proof": list(_proof()),
        "record_words": _("记录的 SHA-256"),
    }


def printed(text: str) -> str:
    """A text as paper may show it: nothing invisible, nothing that turns the reading direction."""
    lines = text.replace("\r\n", "\n").split("\n")
    shown = "\n".join("".join(map(_visible, line)) for line in lines)
    if len(shown) <= _LONGEST:
        return shown
    left = len(shown) - _LONGEST
    return shown[:_LONGEST] + _("……(还有 {left} 字,见文件内所附记录)").format(left=left)


def _visible(letter: str) -> str:
    if category(letter) not in _LAYOUT:
        return letter
    return " " if letter == "\t" else f"\\u{ord(letter):04x}"


def _head(card: CaseCard, zone: ZoneInfo) -> Iterator[tuple[str, str]]:
    case = card.case
    yield _("状态"), _("、").join([_(STATES[case.state]), *(_(FLAGS[flag]) for flag in case.flags)])
    if card.case_class:
        yield _("类别"), f"{named(card.case_class.name, card.case_class.name_en)} ({case.class_key})"
    if card.condition:
        yield _("立案条件"), card.condition.text
    yield _("处置时限"), limit(case.limit_value, case.limit_unit)
    yield _("来源"), _(SOURCES[case.source])
    yield _("报告时间"), _second(case.reported_at, zone)
    yield _("地点"), case.address
    if case.lon is not None and case.lat is not None:
        yield _("位置"), f"{case.lon:.6f}, {case.lat:.6f}  {case.cell}".rstrip()
    areas = (case.district, case.committee, case.street, case.responsibility_grid)
    yield _("区划"), " ".join(_area(card, code) for code in areas if code)
    departments = [
        (_("处置部门"), [case.department]),
        (_("二级部门"), [case.unit]),
        (_("协办部门"), case.assisting),
    ]
    for words, codes in departments:
        yield words, _("、").join(_department(card, code) for code in codes if code)
    for words, moment in ((_("截止时间"), case.due_at), (_("办结时间"), case.ended_at)):
        yield words, _second(moment, zone) if moment else ""


def _clocks(matter: Matter, zone: ZoneInfo) -> Iterator[dict[str, Any]]:
    for account in matter.why.accounts:
        yield {
            "head": list(account_head(matter.why, account, zone)),
            "columns": list(account_columns()),
            "rows": [[printed(cell) for cell in row] for row in account_rows(account, zone)],
            "closing": account_closing(account, zone),
            "late": account.until > account.due,
        }


def _timeline(matter: Matter, zone: ZoneInfo) -> Iterator[dict[str, Any]]:
    """Who, in which post, when, how long after the act before, late or not, and the line's hash."""
    last: datetime | None = None
    for line, kept in zip(story(matter.card.facts), matter.lines, strict=True):
        fact = line.fact
        post = _(POSTS[Post(fact.post)]) if fact.post in set(Post) else fact.post
        yield {
            "number": fact.number,
            "at": _second(fact.at, zone),
            "act": _(OPERATIONS[fact.operation]),
            "who": printed(f"{fact.by}  {post}".rstrip()),
            "took": "" if last is None else "+" + span((fact.at - last).total_seconds()),
            "late": _("超期") if line.late else "",
            "undone": _("已被第 {number} 条撤销").format(number=line.undone_by) if line.undone_by else "",
            "answers": _answer(line),
            "note": printed("\n".join(_remarks(matter.card, fact, zone))),
            "hash": kept.hash,
        }
        last = fact.at


def _answer(line: Line) -> str:
    return _("对第 {number} 条").format(number=line.answers) if line.answers else ""


def _remarks(card: CaseCard, fact: Fact, zone: ZoneInfo) -> Iterator[str]:
    if words := detail_words(fact, zone, lambda code: _department(card, code)):
        yield " · ".join(words)
    if fact.note:
        yield fact.note
    if fact.evidence:
        yield _("附 {count} 件:{names}").format(
            count=len(fact.evidence), names=_("、").join(item.name for item in fact.evidence)
        )


def _both(found: Sequence[Batch]) -> tuple[tuple[Evidence, ...], tuple[Evidence, ...]]:
    both = sides(found)
    return both.before, both.after


def _batch(batch: Batch, files: Files, zone: ZoneInfo) -> dict[str, Any]:
    told = [f"{batch.number}.", _second(batch.at, zone), _(OPERATIONS[batch.operation]), printed(batch.by)]
    return {
        "head": "  ".join([*told, _("(已撤销)")] if batch.undone else told),
        "items": [_photo(item, files) for item in batch.evidence],
    }


def _photo(item: Evidence, files: Files) -> dict[str, str]:
    """Its file for the template, or in words why there is none."""
    found = files.get(item.hash, "")
    size = f"{item.width} × {item.height}, " if item.width else ""
    return {
        "file": found if isinstance(found, str) else "",
        "trouble": f"▲ {trouble_word(found)}: {printed(refusal(found))}"
        if isinstance(found, Refused)
        else "",
        "instead": "" if item.pictured else _("文件,不印出"),
        "caption": f"{_(EVIDENCE_ROLES[item.role])}  {printed(item.name)}",
        "size": size + evidence_size(item.size),
        "hash": item.hash,
    }


def _proof() -> Iterator[str]:
    yield _(
        "本文件内附有记录(record.json):本案每条流水的原文、它的哈希和前一条流水的哈希,以及每件证据的哈希。"
    )
    yield _(
        "用 grid-console dossier verify 可以离线校验:文件自写成以来没有一个字节变动,记录、流水和照片相符。"
    )
    yield _("离线校验不能证明流水出自城市的数据库:须在有该数据库的机器上再校验一次,与其流水逐条核对。")
    yield _("印出的照片是缩小件,不含位置等附加信息;下方是原件的哈希,原件存于证据文件夹。")
    yield _("流水原文照录在记录中,其中有相机写入的时间和位置。")
    yield _("程序版本 {version}").format(version=__version__)


def _second(moment: datetime, zone: ZoneInfo) -> str:
    return moment_words(moment, zone, seconds=True)


def _area(card: CaseCard, code: str) -> str:
    return named(*card.names[code]) if code in card.names else code


def _department(card: CaseCard, code: str) -> str:
    if card.department is not None and code == card.department.code:
        return named(card.department.name, card.department.name_en)
    return _area(card, code)
