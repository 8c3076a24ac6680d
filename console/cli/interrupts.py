"""Ctrl-C as a wish that long work is asked about, instead of an exception in the middle of it."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def asked_to_stop() -> Iterator[Callable[[], bool]]:
    """Whether Ctrl-C was pressed since; pressed a second time it interrupts as ever."""
    pressed = False
    before = signal.getsignal(signal.SIGINT)
    if before is signal.SIG_IGN:  # started in the background, where Ctrl-C is meant for others
        yield lambda: False
        return

    def press(_number: int, _frame: FrameType | None) -> None:
        nonlocal pressed
        pressed = True
        signal.signal(signal.SIGINT, before)

    signal.signal(signal.SIGINT, press)
    try:
        yield lambda: pressed
    finally:
        signal.signal(signal.SIGINT, before)
