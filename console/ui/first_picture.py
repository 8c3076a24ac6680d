"""What may wait until the first picture stands: done before, it would take the processor from it."""

from collections.abc import Callable

_waiting: list[Callable[[], None]] | None = None  # None: nobody expects a first picture


def expect_first_picture() -> None:
    """From now on let wait what may: the program starts. A window that is opened otherwise does not wait."""
    global _waiting
    _waiting = []


def after_first_picture(work: Callable[[], None]) -> None:
    """Begin this when the first picture stands: at once where it does. For the window's thread."""
    if _waiting is None:
        work()
    else:
        _waiting.append(work)


async def first_picture_stands() -> None:
    """Begin what has waited, in the order of its coming, each in a turn of its own: a key comes between."""
    import asyncio

    global _waiting
    waiting, _waiting = _waiting, None
    for work in waiting or ():
        work()
        await asyncio.sleep(0)
