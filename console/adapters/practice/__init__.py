"""A site's practice and its staff from files and back."""

from console.adapters.practice.files import (
    BUILTIN,
    Reading,
    builtin,
    practice_in,
    read_practice,
    standard,
    written_practice,
)

__all__ = ["BUILTIN", "Reading", "builtin", "practice_in", "read_practice", "standard", "written_practice"]
