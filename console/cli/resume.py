"""Taking up the cases whose suspension is over, where no window is open to do it."""

from contextlib import closing
from datetime import UTC, datetime

import click

from console.cli.main import Session, answering
from console.i18n import _
from console.queries.approvals import suspensions_over
from console.services.steps import resume_suspended


@click.command("resume-over")
@answering
def resume_over(session: Session) -> None:
    """恢复挂账到期的案件(窗口开着时自动进行) / take up what was suspended until now."""
    now = datetime.now(UTC)
    with closing(session.desk()) as desk:
        codes = desk.ask_now(suspensions_over, now)
        cases = desk.do_now(resume_suspended, codes, at=now) if codes else []
    session.answer.give({"resumed": [case.code for case in cases]})
    for case in cases:
        session.answer.say(case.code)
    session.answer.say(_("已恢复 {count} 件").format(count=len(cases)))
