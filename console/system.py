"""Where things are on this machine: the product's resources, the user's data folder, the log."""

import linecache
import logging
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_PACKAGE = Path(__file__).parent
_SOURCE_TREE = _PACKAGE.parent / "resources"
_INSTALLED = _PACKAGE / "resources"

LOG = "console.log"
DRILLS, DRILL = "drills", "drill.toml"  # the folder of drills in a data folder, and what marks one
_MALLOC = {  # of glibc: the variable, mallopt's number, the value
    "MALLOC_ARENA_MAX": (-8, 2),
    "MALLOC_MMAP_THRESHOLD_": (-3, 128 * 1024),
    "MALLOC_TRIM_THRESHOLD_": (-1, 1024 * 1024),
}
# The first that is installed: the same Chinese sans with even figures on every machine, and on paper.
FAMILIES = ("Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "WenQuanYi Zen Hei", "Microsoft YaHei")
_BEHIND = 10  # in the ranks of Unix: a tenth of what a window gets, where both want the same core


def resource(*parts: str) -> Path:
    """A file or folder of the product's own resources, in the source tree and installed alike."""
    root = _INSTALLED if _INSTALLED.is_dir() else _SOURCE_TREE
    return root.joinpath(*parts)


def cache_folder() -> Path:
    """Where things are kept that can be made again."""
    from platformdirs import user_cache_path

    return user_cache_path("grid-console", appauthor=False)


def data_folder() -> Path:
    """Where data are kept when nothing else is said."""
    from platformdirs import user_data_path

    return user_data_path("grid-console", appauthor=False)


def site_settings_file() -> Path:
    """Where the administrator of a machine leaves settings for all its users; tests say another place."""
    told = os.environ.get("GRID_CONSOLE_SITE_SETTINGS")
    if told:
        return Path(told)
    if sys.platform == "win32":
        return Path(os.environ.get("PROGRAMDATA", "C:/ProgramData")) / "grid-console" / "settings.toml"
    return Path("/etc/grid-console/settings.toml")


def spare_memory() -> None:
    """Let the C library give freed memory back by itself; call it before there is a second thread.

    glibc keeps a heap for each of some sixteen threads and, once large arrays were freed, cuts the next ones
    out of these heaps, where the smallest rest holds a whole stretch: 90 MB of ours after a hundred steps of
    an operator, 50 MB of the map's. The browser's processes are told by their environment. Other systems do
    it by themselves.
    """
    if sys.platform == "linux":
        for name, (_parameter, value) in _MALLOC.items():
            os.environ.setdefault(name, str(value))
        choose = _of_c_library("mallopt")
        if choose is not None:
            for parameter, value in _MALLOC.values():
                choose(parameter, value)


def give_way() -> None:
    """Let the windows of this machine go first, for the rest of this process.

    Work of minutes beside a seat on two cores takes one of them, and the window stands in line for the other
    with its map. Where the machine is idle it takes no longer. Systems without ranks of this kind are left
    alone.
    """
    if hasattr(os, "nice"):
        os.nice(_BEHIND)


def give_back() -> None:
    """Give memory that was freed back to the machine.

    glibc keeps what large arrays left: after the index of points it was 400 MB of 500. Other systems give
    it back by themselves. The text of every module goes too: PySide's binding reads it as it is imported.
    """
    linecache.clearcache()
    trim = _of_c_library("malloc_trim") if sys.platform == "linux" else None
    if trim is not None:
        trim(0)


def _of_c_library(name: str) -> "Callable[..., int] | None":
    import ctypes

    return getattr(ctypes.CDLL(None), name, None)  # musl has neither


def keep_log(folder: Path) -> None:
    """Write warnings and worse to the data folder, at most five files of a megabyte."""
    from logging.handlers import RotatingFileHandler  # not before the first paint: it loads sockets

    handler = RotatingFileHandler(
        folder / LOG, maxBytes=1_000_000, backupCount=4, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
