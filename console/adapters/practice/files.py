"""A practice from a TOML file and back, on the ground of those that come with the product."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from console.domain.errors import Refused
from console.domain.practice import Practice
from console.domain.practice_form import Flaw, as_plain, from_plain
from console.system import resource

BUILTIN = ("standard", "no_shift_leader")

_BASED_ON = "based_on"


# What a file says: a practice, or None and all that is wrong with it.
Reading = tuple[Practice | None, tuple[Flaw, ...]]


def standard() -> Practice:
    """The practice in force where a site has loaded none."""
    return builtin("standard")


@cache
def builtin(name: str) -> Practice:
    """A practice that comes with the product. Raises KeyError for others than BUILTIN."""
    if name not in BUILTIN:
        raise KeyError(name)
    text = resource("practice", f"{name}.toml").read_text("utf-8")
    practice, flaws = practice_in(tomllib.loads(text))
    assert practice is not None, flaws
    return practice


def read_practice(path: Path) -> Reading:
    """The practice in a TOML file; what it does not tell is that of its `based_on`.

    Raises Refused: `file_unreadable`, and as console.adapters.pack.manifest.read_toml.
    """
    from console.adapters.pack.manifest import read_toml  # the window starts without the packs

    try:
        return practice_in(read_toml(path, path.name))
    except OSError as problem:
        raise Refused("file_unreadable", file=path, said=problem.strerror) from problem


def written_practice(practice: Practice) -> str:
    """The TOML text of a whole practice, which `read_practice` reads back the same."""
    import tomli_w

    return tomli_w.dumps(as_plain(practice))


def practice_in(told: Mapping[str, Any]) -> Reading:
    """The practice that the content of a TOML file describes, see `read_practice`."""
    own = {key: value for key, value in told.items() if key != _BASED_ON}
    if _BASED_ON not in told:
        return from_plain(own)
    base = told[_BASED_ON]
    if base not in BUILTIN:
        return None, (Flaw(_BASED_ON, "unknown_practice", str(base)[:80]),)
    return from_plain(own, builtin(base))
