"""Which door: without a command the window, otherwise the command line."""

import gc
import os
import sys
from collections.abc import Callable
from pathlib import Path

_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def main() -> None:
    """The command `grid-console`."""
    from console.cli.main import Doors, grid_console
    from console.system import give_way

    grid_console(obj=Doors(_open_window, _run_script, give_way))


def _open_window(folder: Path, url: str | None) -> int:
    # Qt ends the process with an abort where it finds no screen.
    if sys.platform == "linux" and not any(map(os.environ.get, _SCREENS)):
        from console.domain.errors import Refused

        raise Refused("no_display")
    gc.disable()  # console.ui.garbage takes over: what is loaded until then is no garbage
    from console.ui.plain_imports import import_plainly

    import_plainly()
    from console.ui.start import open_window

    return open_window(folder, url)


def _run_script(script: Path, data: Path | None, tell: Callable[[str, bool, str], None]) -> bool:
    from console.testing.script import run_script  # Qt and the whole window come with it

    return run_script(script, data, tell)


if __name__ == "__main__":
    main()
