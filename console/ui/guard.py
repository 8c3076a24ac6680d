"""Refuse the pair of Qt and Python that aborts after some thousand calls."""

import sys

import PySide6

from console.domain.errors import Refused

# PySide6 6.12 drops one reference to None on every void call where None is counted: before Python 3.12.
BAD_FROM = (6, 12)
COUNTED_BEFORE = (3, 12)


def check_pair() -> None:
    """Raises Refused("bad_qt_pair") where this Python and this PySide6 do not live together."""
    qt = tuple(int(part) for part in PySide6.__version__.split(".")[:2])
    if qt >= BAD_FROM and sys.version_info[:2] < COUNTED_BEFORE:
        python = ".".join(map(str, sys.version_info[:3]))
        raise Refused("bad_qt_pair", qt=PySide6.__version__, python=python)
