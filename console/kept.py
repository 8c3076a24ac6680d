"""What one user left in the data folder: small JSON documents, replaced whole, put aside when damaged."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import quote

from console.domain.errors import Refused
from console.whole_file import write_whole

_LONGEST_NAME = 200  # of a folder, in bytes; file systems take 255


def own_folder(folder: Path, operator: str) -> Path:
    """Where things of `operator` are kept under a data folder; any name makes a name of a folder."""
    name = quote(operator, safe="").replace(".", "%2E")  # quote leaves "..", which is another folder
    if len(name) > _LONGEST_NAME:  # a Chinese name of 64 letters
        from hashlib import sha256  # OpenSSL comes with it

        name = sha256(operator.encode()).hexdigest()
    return folder / "seats" / name


def kept(path: Path) -> Any:
    """The document, None where there is none.

    Raises Refused("kept_damaged") naming the file; it is moved aside first, so that the next writing
    does not lose what can still be read in it.
    """
    try:
        return json.loads(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError, RecursionError) as problem:
        raise put_aside(path, problem) from problem


def put_aside(path: Path, problem: object) -> Refused:
    """Move a damaged document out of the way; the refusal that tells of it."""
    aside = path.with_suffix(f"{path.suffix}.damaged")
    try:
        path.replace(aside)
    except OSError:
        aside = path
    return Refused("kept_damaged", file=aside, said=problem)


def keep(path: Path, document: object) -> None:
    """Write the document whole or not at all. Raises Refused("folder_not_writable")."""
    # Half a sign, as a broken paste leaves it, is kept as it was typed.
    keep_bytes(path, json.dumps(document, ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass"))


def keep_bytes(path: Path, data: bytes) -> None:
    """The same of what is no JSON; the folder is made. Raises Refused("folder_not_writable")."""
    with not_writable(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, data)


@contextmanager
def not_writable(folder: Path) -> Iterator[None]:
    """What the system says within is a Refused("folder_not_writable")."""
    try:
        yield
    except OSError as problem:
        raise Refused("folder_not_writable", folder=folder, said=problem.strerror or problem) from problem


class InTurn:
    """Writing on threads and, at the end, at once: what a thread writes late undoes nothing of later."""

    def __init__(self) -> None:
        self._writing = Lock()
        self._told = 0
        self._kept = 0  # which of the told was kept last

    def writing(self, path: Path, document: object) -> Callable[[], None]:
        """The writing of a document as it is now, for any thread; does nothing after a later one.

        To be asked for on one thread. Raises, when it is called, as `keep`.
        """
        self._told += 1
        return partial(self._keep, self._told, path, document)

    def _keep(self, number: int, path: Path, document: object) -> None:
        with self._writing:
            if number > self._kept:
                keep(path, document)
                self._kept = number


def forget(path: Path) -> None:
    """Let the document go, if there is one."""
    path.unlink(missing_ok=True)
