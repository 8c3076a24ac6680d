"""The evaluation board from the command line."""

from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime
from typing import cast
from zoneinfo import ZoneInfo

import click

from console.cli.main import Session, answering
from console.cli.typed import span_of_days
from console.domain.errors import Refused
from console.domain.evaluation import COUNTS, RATIOS
from console.domain.wanted import Grouping
from console.i18n import _, named
from console.queries import board as boards
from console.queries.untimed import untimed
from console.words import COUNTS as COUNT_WORDS
from console.words import RATIOS as RATIO_WORDS


@click.command()
@click.option("--from", "since", type=click.DateTime(["%Y-%m-%d"]), required=True, help="首日 / first day")
@click.option("--to", "until", type=click.DateTime(["%Y-%m-%d"]), required=True, help="末日 / last day")
@click.option("--by", "grouping", type=click.Choice(["area", "district", "department"]), default="area")
@answering
def board(session: Session, since: datetime, until: datetime, grouping: str) -> None:
    """一段时间的综合评价指标 / the indicators of a period, both days included."""
    with closing(session.desk()) as desk:
        profile = desk.store.profile()
        if profile is None:
            raise Refused("no_city")
        zone = ZoneInfo(profile.timezone)
        first, last = span_of_days(since.date(), until.date(), zone)
        silent = desk.ask_now(untimed, first, last)
        rows = desk.ask_now(boards.board, first, last, cast(Grouping, grouping), datetime.now(UTC))
    lines = [asdict(row) for row in rows]
    session.answer.give({"from": first, "to": last, "by": grouping, "rows": lines, "untimed": silent})
    heads = [
        _("名称"),
        *(_(COUNT_WORDS[count]) for count in COUNTS),
        *(_(RATIO_WORDS[r.key]) for r in RATIOS),
    ]
    session.answer.table(
        heads,
        (
            [
                _("全市") if row.code is None else named(row.name, row.name_en) or _("未落图"),
                *(row.counts[count] for count in COUNTS),
                *(_percent(row.ratios[r.key]) for r in RATIOS),
            ]
            for row in rows
        ),
    )
    if silent:
        words = _("本时段有 {number} 件案件没有受理时间和时限,未计入")
        session.answer.say(words.format(number=silent))


def _percent(share: float | None) -> str:
    return "—" if share is None else f"{100 * share:.2f} %"
