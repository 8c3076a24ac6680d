"""Chances that depend on nothing but what they are about, so that a restart throws them the same."""

import math
import struct
from datetime import timedelta
from hashlib import blake2b

_WORDS = struct.Struct("<4Q")


def dice(*about: int | str) -> tuple[float, float, float, float]:
    """Four independent numbers in [0, 1), always the same for the same `about`."""
    a, b, c, d = _WORDS.unpack(blake2b(repr(about).encode(), digest_size=32).digest())
    return (a >> 11) / 2**53, (b >> 11) / 2**53, (c >> 11) / 2**53, (d >> 11) / 2**53


def exponential(mean: timedelta, chance: float) -> timedelta:
    """A waiting time without memory, in whole seconds and at least one."""
    return timedelta(seconds=max(1, round(-mean.total_seconds() * math.log1p(-chance))))
