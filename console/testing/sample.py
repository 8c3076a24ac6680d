"""A sample city to drive the window on: the demo city with some weeks of cases, the same every time."""

from datetime import UTC, datetime
from pathlib import Path

from console.adapters.demo.city import demo_city
from console.adapters.demo.history import Span, write_history
from console.runtime.bootstrap import open_desk
from console.services.city import load_city

AT = datetime(2026, 3, 20, 2, 0, tzinfo=UTC)
"""The sample's present: a Friday, ten in the morning in the city."""

CASES, DAYS = 500, 20


def make_sample(folder: Path, *, cases: int = CASES, days: int = DAYS) -> Path:
    """Make it in an empty folder, so many cases of so many days before AT; about 40 s."""
    desk = open_desk(folder, None)
    try:
        desk.do_now(load_city, demo_city(), by="演示", at=AT)
        desk.do_now(write_history, Span(AT, count=cases, days=days))
    finally:
        desk.close()
    return folder
