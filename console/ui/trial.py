"""A trial of the whole program on a data folder: the real window walks one case through its seven steps.

Run as a program it takes the folder and, where the start is to be timed, the moment at which it was begun. It
writes one JSON object per line: `name`, `well`, `found`. What the walk does stays in the folder.
"""

import asyncio
import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QPoint

from console.domain.case import Source
from console.domain.flow import State, Step
from console.domain.report import Report
from console.i18n import _
from console.settings import Settings
from console.ui.main_window import MainWindow

Tell = Callable[[str, bool, str], None]

_PATIENCE_S = 20.0
_LOOK_S = 0.02
_PLACE = 113.65, 34.76  # in the middle of the generated city
_FEWEST_COLOURS = 12
_LARGEST_SHARE = 0.97

# What is done by its button, and the step and state that the case is in afterwards.
WALK = (
    ("filing", "act_accept", State.TO_FILE),
    ("filing", "act_file", State.TO_DISPATCH),
    ("dispatch", "act_dispatch", State.TO_HANDLE),
    ("handling", "act_receive", State.HANDLING),
    ("feedback", "act_feed_back", State.FED_BACK),
    ("verification", "act_close", State.CLOSED),
)


async def walk(window: MainWindow, tell: Tell) -> None:
    """Take a new case through its seven steps by the window's own actions, and look at the map meanwhile."""
    door = window.door
    if door is None:
        tell("window", False, window.messages.text)
        return
    await _until(lambda: window.passing.midnight() is not None)  # the map may be painted before all is open
    seen = await _until(lambda: _is_drawn(*_colours(window)))
    colours, largest = _colours(window)
    tell("map", seen, f"{colours} colours, the commonest on {100 * largest:.0f} %")
    since = window.passing.midnight()
    if since is None:
        tell("city", False, window.messages.text)
        return
    before = (await door.step_counts(since))[Step.EVALUATION].number
    lists = await door.lists()
    kind = next(one.key for one in lists.classes if one.key.startswith("event:"))
    case = await door.register(Report(Source.HOTLINE, _("试运行:路口有垃圾"), kind, *_PLACE))
    tell("collection", case.state is State.REPORTED, case.code)
    window.selection.choose_case(case.id)
    shown = await _until(lambda: window.case.card is not None and window.case.card.case.id == case.id)
    if not shown:
        tell("case", False, window.messages.text)
        return
    for step, action, state in WALK:
        # Another card comes with the same case: what is wanted is the act on what is shown now.
        await _until(lambda action=action: window.actions_by_name[action].isEnabled())  # type: ignore[misc]
        window.actions_by_name[action].trigger()
        done = await _reached(window, case.code, state)
        tell(step, done, window.messages.text)
        if not done:
            return
    after = (await door.step_counts(since))[Step.EVALUATION].number
    tell("evaluation", after == before + 1, f"{before} → {after}")
    blocked = window.map.outside_requests
    tell("network", not blocked, ", ".join(blocked) or "nothing asked for")


async def _reached(window: MainWindow, code: str, state: State) -> bool:
    door = window.door
    assert door is not None
    until = time.monotonic() + _PATIENCE_S
    while time.monotonic() < until:
        if (await door.card(code)).case.state is state:
            return await _until(lambda: not window.conduct.clicks.busy)
        await asyncio.sleep(_LOOK_S)
    return False


async def _until(holds: Callable[[], bool]) -> bool:
    until = time.monotonic() + _PATIENCE_S
    while not (held := holds()) and time.monotonic() < until:  # noqa: ASYNC110  widgets set no event
        await asyncio.sleep(_LOOK_S)
    return held


def _is_drawn(colours: int, largest: float) -> bool:
    return colours >= _FEWEST_COLOURS and largest <= _LARGEST_SHARE


def _colours(window: MainWindow) -> tuple[int, float]:
    """How many colours the painted map has, and the share of the commonest: an empty page has one."""
    # The window system's picture: Chromium's part is not in what widgets paint themselves.
    corner = window.map.mapTo(window, QPoint(0, 0))
    size = window.map.size()
    picture = (
        window.screen()
        .grabWindow(window.winId(), corner.x(), corner.y(), size.width(), size.height())
        .toImage()
    )
    counts: dict[int, int] = {}
    for pixel in _pixels(picture.width(), picture.height()):
        colour = picture.pixel(*pixel)
        counts[colour] = counts.get(colour, 0) + 1
    return len(counts), max(counts.values()) / sum(counts.values())


def _pixels(width: int, height: int) -> Iterator[tuple[int, int]]:
    return ((x, y) for y in range(0, height, 5) for x in range(0, width, 5))


def try_out(folder: Path, tell: Tell, began: float | None = None) -> int:
    """Open the window on `folder`, walk, close it; the exit code of the window. Ends with the process."""
    from console.ui import life, start
    from console.ui.guard import check_pair
    from console.ui.map.engine import prepare_engine
    from console.ui.theme import Theme

    check_pair()
    prepare_engine()
    application = start.make_application()
    window = MainWindow(Theme("light", application), Settings(theme="light"), folder)
    window.resize(1366, 768)
    start.show_fitting(window)
    start.paint_now(application, window)
    if began is not None:
        tell("start to painted window", True, f"{time.time() - began:.2f} s")
    walking: list[asyncio.Task[None]] = []

    async def go() -> None:
        try:
            await walk(window, tell)
        except Exception as problem:  # what goes wrong here is what the trial is for
            tell("walk", False, repr(problem))
        finally:
            window.closing.emit()

    def painted(_ms: float) -> None:
        if walking:
            return
        if began is not None:
            tell("start to painted map", True, f"{time.time() - began:.2f} s")
        walking.append(asyncio.get_event_loop().create_task(go()))

    window.map.painted.connect(painted)
    return life.run(application, window, folder, None, Settings(theme="light"))


def main() -> int:
    """Exit code 0 when everything went well and the case came to its end."""
    told: list[bool] = []
    ends: list[str] = []

    def tell(name: str, well: bool, found: str) -> None:
        told.append(well)
        ends.append(name)
        print(json.dumps({"name": name, "well": well, "found": found}, ensure_ascii=False), flush=True)

    code = try_out(Path(sys.argv[1]), tell, float(sys.argv[2]) if len(sys.argv) > 2 else None)
    return code or int(not all(told) or "evaluation" not in ends)


if __name__ == "__main__":
    sys.exit(main())
