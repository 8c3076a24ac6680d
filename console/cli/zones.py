"""No-report zones from the command line: listed, proposed, approved, ended."""

from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import click

from console.cli.main import Session, answering
from console.domain.case import Source
from console.domain.errors import Refused
from console.domain.zone import USUAL_SOURCES, Zone, ZoneArea
from console.i18n import _
from console.services.zones import Proposal, approve_zone, end_zone, propose_zone
from console.storage.unit import View
from console.words import SOURCES, ZONE_AREAS
from console.words.dates import period_words

_MOMENT = click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M"])
BY = click.option("--by", help="经办人 / who does it")
NUMBER = click.argument("number", type=int)


@click.group()
def zones() -> None:
    """管控:某处某时不收所列类别的上报 / no-report zones."""


@zones.command("list")
@click.option("--all", "ended_too", is_flag=True, help="含已解除的 / those that ended too")
@answering
def listed(session: Session, ended_too: bool) -> None:
    """管控清单 / the zones."""
    with closing(session.desk()) as desk:
        found, zone_of_time = desk.ask_now(_zones)
    shown = [one for one in found if ended_too or one.ended_at is None]
    session.answer.give({"zones": [asdict(one) for one in shown]})
    now = datetime.now(UTC)
    heads = (_("号"), _("状态"), _("范围"), _("类别"), _("来源"), _("时段"), _("申请人"), _("事由"))
    session.answer.table(
        heads,
        (
            (
                one.id,
                _standing(one, now),
                " ".join((_(ZONE_AREAS[one.area]), *one.codes)),
                " ".join(one.classes) or _("全部"),
                " ".join(_(SOURCES[source]) for source in one.sources),
                period_words(one.since, one.until, zone_of_time),
                one.proposed_by,
                one.reason,
            )
            for one in shown
        ),
    )


@zones.command("propose")
@click.option("--reason", required=True, help="事由 / why")
@click.option("--area", type=click.Choice([one.value for one in ZoneArea]), default="city", show_default=True)
@click.option("--code", "codes", multiple=True, help="区域代码,可多次 / of the areas")
@click.option("--class", "classes", multiple=True, help="类别或其大类、种类 / class, `event:03` or `part:`")
@click.option(
    "--source",
    "sources",
    multiple=True,
    type=click.Choice([one.value for one in Source]),
    default=[one.value for one in USUAL_SOURCES],
    show_default=True,
)
@click.option("--since", type=_MOMENT, help="起,城市时间 / from, the city's time")
@click.option("--until", type=_MOMENT, help="止 / to, not included")
@BY
@answering
def propose(
    session: Session,
    reason: str,
    area: str,
    codes: tuple[str, ...],
    classes: tuple[str, ...],
    sources: tuple[str, ...],
    since: datetime | None,
    until: datetime | None,
    by: str | None,
) -> None:
    """申请管控,由他人批准后生效 / holds once somebody else approves it."""
    signed = session.signed(by)
    with closing(session.desk()) as desk:
        profile = desk.store.profile()
        if profile is None:
            raise Refused("no_city")
        local = ZoneInfo(profile.timezone)
        proposal = Proposal(
            reason,
            ZoneArea(area),
            codes,
            classes,
            tuple(map(Source, sources)),
            None if since is None else since.replace(tzinfo=local).astimezone(UTC),
            None if until is None else until.replace(tzinfo=local).astimezone(UTC),
        )
        zone = desk.do_now(propose_zone, proposal, by=signed, at=datetime.now(UTC))
    _tell(session, zone, _("第 {zone} 号管控已申请,待批准"))


@zones.command("approve")
@NUMBER
@BY
@answering
def approve(session: Session, number: int, by: str | None) -> None:
    """批准管控 / by a leader who did not propose it."""
    signed = session.signed(by)
    with closing(session.desk()) as desk:
        zone = desk.do_now(approve_zone, number, by=signed, at=datetime.now(UTC))
    _tell(session, zone, _("第 {zone} 号管控已批准"))


@zones.command("end")
@NUMBER
@click.option("--note", default="", help="说明 / remark")
@BY
@answering
def end(session: Session, number: int, note: str, by: str | None) -> None:
    """解除管控,或驳回、撤回申请 / end it, or turn a proposal down."""
    signed = session.signed(by)
    with closing(session.desk()) as desk:
        zone = desk.do_now(end_zone, number, by=signed, at=datetime.now(UTC), note=note)
    _tell(session, zone, _("第 {zone} 号管控已解除"))


def _zones(view: View) -> tuple[tuple[Zone, ...], ZoneInfo]:
    reference = view.reference
    return reference.zones, ZoneInfo(reference.profile.timezone)


def _tell(session: Session, zone: Zone, words: str) -> None:
    session.answer.give({"zone": asdict(zone)})
    session.answer.say(words.format(zone=zone.id))


def _standing(zone: Zone, now: datetime) -> str:
    if zone.ended_at is not None:
        return _("已解除")
    if zone.approved_at is None:
        return _("待批准")
    if zone.until is not None and zone.until <= now:
        return _("已到期")
    return _("生效中") if zone.holds(now) else _("未开始")
