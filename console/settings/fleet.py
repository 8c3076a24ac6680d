"""Settings for many machines: one file out of one seat, into the others."""

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from console.domain.errors import Refused
from console.settings.files import LOCKED, Layers, good_values, unknown_names
from console.settings.table import DECLARED
from console.system import site_settings_file


def exported(layers: Layers, *, everything: bool = False) -> str:
    """A TOML text of what differs from the product's defaults, or of `everything`.

    What belongs to one person or place is left out, and the text says so.
    """
    import tomli_w

    left_out = [name for name, one in DECLARED.items() if one.personal]
    told = {
        name: getattr(layers.settings, name)
        for name, one in DECLARED.items()
        if not one.personal and (everything or getattr(layers.settings, name) != one.default)
    }
    head = f"# Grid Console settings. Left out, because they belong to one seat: {', '.join(left_out)}.\n"
    return head + tomli_w.dumps(told)


def imported(path: Path) -> tuple[dict[str, Any], Sequence[Refused]]:
    """The good values of a file, and what was wrong in it or is not to be handed on, each with its field.

    Who sits at a seat is no matter of a file for many, and only the administrator's own file locks.

    Raises Refused: `file_unreadable`, `settings_damaged` where it is no TOML at all.
    """
    try:
        told = tomllib.loads(path.read_text("utf-8"))
    except OSError as problem:
        raise Refused("file_unreadable", file=path, said=problem.strerror) from problem
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise Refused("settings_damaged", file=path, said=problem) from problem
    faults = unknown_names(told, path)
    if LOCKED in told:
        faults.append(Refused("lock_not_imported", file=path, site=site_settings_file()))
    for name in [name for name in told if name in DECLARED and DECLARED[name].personal]:
        del told[name]
        faults.append(Refused("setting_of_a_seat", file=path, name=name))
    good = good_values(told, path, faults)
    return good, faults
