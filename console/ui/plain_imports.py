"""Python's own import in the place of Qt's, which reads the source of every module that is imported."""

import builtins

import PySide6.QtCore  # noqa: F401  # it puts its own in


def import_plainly() -> None:
    """Import from here on as Python does: a fifth of the start was spent otherwise.

    PySide looks in each module's source whether it may ask for another spelling of Qt's names (`from
    __feature__ import snake_case`). Nothing here does.
    """
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
