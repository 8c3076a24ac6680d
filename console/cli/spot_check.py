"""Drawing the sample of closed cases that is checked again on the spot, from the command line."""

from contextlib import closing
from datetime import datetime
from secrets import token_hex
from zoneinfo import ZoneInfo

import click

from console.cli.main import Session, answering
from console.cli.typed import DAY, span_of_days
from console.domain.errors import Refused
from console.i18n import _, named
from console.queries.queue import queue_rows
from console.queries.sample import draw
from console.words import STATES


@click.command("spot-check")
@click.option("--since", type=DAY, required=True, help="结案首日 / first day of closing")
@click.option("--until", type=DAY, required=True, help="结案末日 / last day of closing")
@click.option("--share", type=click.FloatRange(0, 1, min_open=True), help="比例;不写则按规程 / share")
@click.option("--count", type=click.IntRange(1), help="件数,代替比例 / number instead of a share")
@click.option("--seed", help="种子:同一种子抽出同样的案件 / the same seed draws the same cases")
@answering
def spot_check(
    session: Session,
    since: datetime,
    until: datetime,
    share: float | None,
    count: int | None,
    seed: str | None,
) -> None:
    """从已结案件中抽取样本,可以重现 / draw a sample of closed cases that can be drawn again.

    逐件的结果随后写明:cases do spot_check CODE --result passed|failed /
    The result of each is then told with: cases do spot_check CODE --result passed|failed
    """
    if share is not None and count is not None:
        raise click.UsageError("--share | --count")
    with closing(session.desk()) as desk:
        profile = desk.store.profile()
        if profile is None:
            raise Refused("no_city")
        zone = ZoneInfo(profile.timezone)
        first, last = span_of_days(since.date(), until.date(), zone)
        drawn = desk.ask_now(draw, first, last, seed or token_hex(4), share=share, count=count)
        rows = desk.ask_now(queue_rows, drawn.ids)
    picked = [rows[case_id] for case_id in drawn.ids if case_id in rows]
    told = {"seed": drawn.seed, "closed": drawn.closed, "cases": [row._asdict() for row in picked]}
    session.answer.give({"since": first, "until": last} | told)
    session.answer.table(
        (_("编号"), _("状态"), _("类别"), _("部门"), _("地点")),
        (
            (
                row.code,
                _(STATES[row.state]),
                named(row.class_name, row.class_name_en),
                named(row.department_name, row.department_name_en),
                row.address,
            )
            for row in picked
        ),
    )
    words = _("已结 {closed} 件,抽出 {drawn} 件,种子 {seed}")
    session.answer.say(words.format(closed=drawn.closed, drawn=len(picked), seed=drawn.seed))
