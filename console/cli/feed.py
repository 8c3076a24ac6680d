"""The simulated feed from the command line: reports and departments of a generated city."""

import time
from datetime import UTC, datetime
from math import isfinite

import click

from console.cli.main import Session, answering
from console.domain.errors import Refused
from console.i18n import _


@click.command()
@click.option(
    "--speed", type=click.IntRange(1, 600), default=1, show_default=True, help="倍速 / times real pace"
)
@click.option("--seconds", type=click.FloatRange(min=0), help="运行多久;不写则到中断为止 / how long")
@click.option("--colleagues", is_flag=True, help="同事也办理 / colleagues work too (training)")
@answering
def feed(session: Session, speed: int, seconds: float | None, colleagues: bool) -> None:
    """模拟来件和部门反馈,只用于演示城市 / simulate reports and departments."""
    from console.adapters.demo.feed import Feed

    if seconds is not None and not isfinite(seconds):
        raise click.BadParameter(_("须为有限的秒数"), param_hint="--seconds")
    desk = session.desk()
    rounds = acts = 0
    try:
        profile = desk.store.profile()
        if profile is None:
            raise Refused("no_city")
        if not profile.generated:
            raise Refused("feed_in_real_city", city=profile.name)
        simulated = Feed(datetime.now(UTC), speed=speed, colleagues=colleagues)
        end = None if seconds is None else time.monotonic() + seconds
        while end is None or time.monotonic() < end:
            advance = desk.do_now(simulated.advance, datetime.now(UTC))
            rounds += 1
            acts += advance.acts
            left = advance.pause if end is None else min(advance.pause, end - time.monotonic())
            time.sleep(max(0.0, left))
    except KeyboardInterrupt:
        pass  # the way to end it; every act so far is committed
    finally:
        desk.close()
    session.answer.give({"rounds": rounds, "acts": acts, "speed": speed})
    session.answer.say(_("模拟结束"))
