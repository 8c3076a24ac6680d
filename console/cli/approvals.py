"""The applications that wait for a decision, and deciding on them, from the command line."""

from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from console.cli.acts import answer_many, answer_one, taken_in
from console.cli.main import Session, answering
from console.cli.output import told_refusal
from console.cli.typed import PHOTO, Photo, once
from console.domain.case import Case
from console.domain.decision import DECIDES
from console.domain.errors import Refused
from console.domain.operation import Request
from console.i18n import _, named
from console.queries.approvals import Approval
from console.queries.approvals import approvals as waiting
from console.queries.case import case_card
from console.services.steps import Outcome, Told, take_step
from console.words import REQUESTS, span
from console.words.dates import short_moment

if TYPE_CHECKING:
    from console.runtime.desk import Desk


@click.group(invoke_without_command=True)
@click.option("--by", help="以谁的岗位看 / as whose seat")
@answering
def approvals(session: Session, by: str | None) -> None:
    """待审批的申请;可决的标出 / applications that wait; without a command: list them."""
    if click.get_current_context().invoked_subcommand is not None:
        return
    signed, now = session.signed(by), datetime.now(UTC)
    with closing(session.desk()) as desk:
        profile = desk.store.profile()
        if profile is None:
            raise Refused("no_city")
        found = desk.ask_now(waiting, signed)
    mine = sum(one.mine for one in found)
    session.answer.give({"total": len(found), "mine": mine, "approvals": [_told(one, now) for one in found]})
    zone = ZoneInfo(profile.timezone)
    session.answer.table(
        (_("编号"), _("申请"), _("可决"), _("申请人"), _("时间"), _("已等"), _("类别"), _("部门"), _("理由")),
        (_row(one, zone, now) for one in found),
    )
    session.answer.say(_("待审批 {total} 件,其中可决 {mine} 件").format(total=len(found), mine=mine))


def _deciding(name: str, grants: bool, words: str) -> click.Command:
    """The command that grants the waiting applications of some cases, or refuses them."""

    @click.command(name, help=words)
    @click.argument("codes", metavar="CODE...", nargs=-1, required=True)
    @click.option("--note", default="", help="意见,驳回时必填 / opinion, needed to refuse")
    @click.option("--photo", "photos", type=PHOTO, multiple=True, help="附件,可多次 / paper, repeatable")
    @click.option("--by", help="经办人 / who decides")
    @answering
    def decide(
        session: Session, codes: tuple[str, ...], note: str, photos: tuple[Photo, ...], by: str | None
    ) -> None:
        signed, now = session.signed(by), datetime.now(UTC)
        with closing(session.desk()) as desk:
            told = Told(note=note, evidence=taken_in(desk, photos))

            def decided(code: str) -> Case:
                return _decided(desk, code, grants, told, by=signed, at=now)

            asked = once(codes)
            if len(asked) == 1:
                answer_one(session, desk, decided(asked[0]), by=signed, at=now)
            else:
                answer_many(session.answer, [_outcome(code, decided) for code in asked])

    found: click.Command = decide
    return found


approvals.add_command(_deciding("allow", True, "同意 / grant"))
approvals.add_command(_deciding("refuse", False, "驳回 / refuse"))


def _decided(desk: "Desk", code: str, grants: bool, told: Told, *, by: str, at: datetime) -> Case:
    """Which act decides goes by what waits; a case that moved on meanwhile is `stale`."""
    case = desk.ask_now(case_card, code, at).case
    if case.request is None:
        raise Refused("no_request", code=code)
    allows, refuses = DECIDES[case.request]
    operation = allows if grants else refuses
    return desk.do_now(take_step, code, operation, told, by=by, at=at, seen=case.version)


def _outcome(code: str, deed: Callable[[str], Case]) -> Outcome:
    try:
        return Outcome(code, deed(code))
    except Refused as problem:
        return Outcome(code, None, problem)


def _pending(case: Case) -> tuple[Request, datetime]:
    """What waits, and since when: an approval has both."""
    assert case.request is not None
    assert case.asked_at is not None
    return case.request, case.asked_at


def _told(one: Approval, now: datetime) -> dict[str, Any]:
    case = one.case
    request, asked_at = _pending(case)
    allows, refuses = DECIDES[request]
    return {
        "code": case.code,
        "request": request,
        "mine": one.mine,
        "why_not": None if one.why is None else told_refusal(one.why),
        "asked_by": case.asked_by,
        "asked_at": asked_at,
        "asked_until": case.asked_until,
        "waits": (now - asked_at).total_seconds(),
        "reason": one.reason,
        "state": case.state,
        "class_key": case.class_key,
        "department": case.department,
        "version": case.version,
        "allow": allows,
        "refuse": refuses,
    }


def _row(one: Approval, zone: ZoneInfo, now: datetime) -> tuple[str, ...]:
    case = one.case
    request, asked_at = _pending(case)
    return (
        case.code,
        _(REQUESTS[request]),
        "●" if one.mine else "",
        case.asked_by,
        short_moment(asked_at, zone),
        span((now - asked_at).total_seconds()),
        named(one.case_class.name, one.case_class.name_en) if one.case_class else case.class_key,
        named(one.department.name, one.department.name_en) if one.department else case.department,
        one.reason,
    )
