"""A file written whole or not at all: through a power cut the old one stands until the new one does."""

import os
import shutil
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

from console.domain.errors import Refused


def write_whole(path: Path, data: bytes) -> None:
    """Put `data` in the place of what is there. Raises OSError; then what was there is left, no more.

    Who may read the file stays as it was, and a link to it stays a link. The content is on the disk when this
    returns, its new name may not be yet.
    """
    if path.exists() and not path.is_file():  # a pipe, a device: nothing in it that could be lost
        path.write_bytes(data)
        return
    path = Path(os.path.realpath(path))
    fresh = path.with_name(f".{token_hex(8)}.new")  # two seats may write at once, and names may be long
    try:
        with fresh.open("xb") as file:
            with suppress(FileNotFoundError):
                shutil.copymode(path, fresh)  # before there is anything in it to be read
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except BaseException:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise


def write_new(path: Path, data: bytes) -> None:
    """Write a file where none is. Raises FileExistsError, or another OSError; nothing is left then."""
    with path.open("xb") as file:
        try:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            path.unlink(missing_ok=True)
            raise


def save_whole(path: Path, data: bytes, *, replacing: bool = True) -> None:
    """The same where somebody said to save something.

    Raises Refused: `file_exists` where one is and may not be replaced, `file_not_writable`.
    """
    if not replacing:
        refuse_taken(path)
    try:
        write_whole(path, data)
    except OSError as problem:
        raise Refused("file_not_writable", file=path, said=problem.strerror or problem) from problem


def refuse_taken(path: Path) -> None:
    """Ask before the work is done in vain. Raises Refused("file_exists")."""
    if path.exists():
        raise Refused("file_exists", file=path)
