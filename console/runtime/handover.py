"""A handover on paper, for the window and the command line."""

import asyncio
from pathlib import Path
from zoneinfo import ZoneInfo

from console.adapters.handover_paper import handover_paper
from console.domain.handover import Handover
from console.i18n import named
from console.queries.handovers import one_handover
from console.runtime.desk import Desk
from console.storage.unit import View
from console.whole_file import refuse_taken, save_whole


def write_handover(desk: Desk, number: int, target: Path, *, replacing: bool = False) -> int:
    """Write a signed handover as a PDF; its bytes.

    Raises Refused: `no_such_handover`, `no_chinese_font`, `file_exists`, `file_not_writable`.
    """
    if not replacing:
        refuse_taken(target)
    data = desk.ask_now(_paper, number)
    save_whole(target, data, replacing=replacing)
    return len(data)


async def save_handover(desk: Desk, number: int, target: Path) -> int:
    """The same for the window, beside its loop, in the place of a file the user agreed to replace."""
    return await asyncio.to_thread(write_handover, desk, number, target, replacing=True)


def _paper(view: View, number: int) -> bytes:
    profile = view.reference.profile
    one: Handover = one_handover(view, number)
    return handover_paper(one, named(profile.name, profile.name_en), ZoneInfo(profile.timezone))
