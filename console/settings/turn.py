"""One after another: what two seats of one data folder read, change and write again loses nothing."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep

PATIENCE_S = 5.0
_AGAIN_S = 0.002


@contextmanager
def own_turn(path: Path) -> Iterator[None]:
    """Nobody else who asks so changes `path` meanwhile; others may read it, and find it whole.

    Held by an open file beside it, `NAME.lock`, which stays: the system lets go of it with the process that
    holds it, however that ends. One turn is one reading and one writing of some milliseconds; a seat that was
    stopped amid its own holds no window up for good. Where a file system has no locks, as some in a network,
    there is no turn, and the last writer wins. Raises OSError where the folder cannot be written, or the turn
    does not come in `PATIENCE_S` seconds.
    """
    held = os.open(path.with_name(f"{path.name}.lock"), os.O_RDWR | os.O_CREAT, 0o666)
    try:
        _wait_for(held)
        yield
    finally:
        os.close(held)


if sys.platform == "win32":
    import msvcrt

    def _wait_for(held: int) -> None:
        with suppress(OSError):  # after ten seconds
            msvcrt.locking(held, msvcrt.LK_LOCK, 1)

else:
    import fcntl

    def _wait_for(held: int) -> None:
        until = monotonic() + PATIENCE_S
        while True:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if monotonic() > until:
                    raise
                sleep(_AGAIN_S)
            except OSError:  # the file system knows no locks
                return
            else:
                return
