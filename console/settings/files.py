"""The files of the settings: the administrator below, the user on top; what is wrong is told, not taken."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from console.domain.errors import Refused
from console.kept import keep_bytes, not_writable, put_aside
from console.settings.kinds import Expected
from console.settings.table import DECLARED, Settings
from console.settings.turn import own_turn
from console.system import site_settings_file

FILE = "settings.toml"
_PASSWORD = re.compile(r"(://[^:/@\s]*:)[^/\s]*@")
LOCKED = "locked"  # in the administrator's file: the names that nobody else may set


@dataclass(frozen=True, slots=True)
class Layers:
    """What holds and why.

    `base`: what holds where the user set nothing. `given`: what the administrator's file sets, `locked`: what
    only it may set. `faults`: what was wrong in the files, each with file and field.
    """

    settings: Settings
    base: Settings
    given: frozenset[str]
    locked: frozenset[str]
    faults: tuple[Refused, ...]

    @property
    def differing(self) -> tuple[str, ...]:
        """The names of what the user set otherwise than it would be."""
        return tuple(name for name in DECLARED if getattr(self.settings, name) != getattr(self.base, name))


def read_layers(folder: Path) -> Layers:
    """The settings of a data folder; nothing stops it, `faults` tell what could not be read."""
    faults: list[Refused] = []
    site = site_settings_file()
    theirs = _document(site, faults)
    locked = _locked(theirs.pop(LOCKED, []), site, faults)
    faults += unknown_names(theirs, site)
    given = good_values(theirs, site, faults)
    base = replace(Settings(), **given)
    path = folder / FILE
    own = good_values(_document(path, faults), path, faults)
    settings = replace(base, **{name: value for name, value in own.items() if name not in locked})
    return Layers(settings, base, frozenset(given), locked, tuple(faults))


def read_settings(folder: Path) -> Settings:
    """The settings of a data folder for what nobody watches.

    Raises Refused: `settings_damaged` where a file is no TOML, `bad_setting` where a vital value is wrong.
    """
    layers = read_layers(folder)
    for fault in vital(layers.faults):
        raise fault
    return layers.settings


def vital(faults: tuple[Refused, ...]) -> tuple[Refused, ...]:
    """Those that no default can stand in for."""
    return tuple(
        fault
        for fault in faults
        if fault.code == "settings_damaged"
        or (fault.code == "bad_setting" and DECLARED[str(fault.facts["name"])].vital)
    )


def change_settings(folder: Path, changes: Mapping[str, Any]) -> None:
    """Set some, and leave everything else in the file as it is; what is as it would be anyway is taken out.

    Written whole or not at all, and by one seat after another. A file that was no TOML is put aside first.
    Raises Refused: `unknown_setting`, `setting_not_allowed`, `setting_locked`, `folder_not_writable`.
    """
    layers = read_layers(folder)
    for name, value in changes.items():
        if name not in DECLARED:
            raise Refused("unknown_setting", name=name)
        if not DECLARED[name].kind.takes(value):
            raise not_allowed(name, value)
        if name in layers.locked and value != getattr(layers.base, name):
            raise Refused("setting_locked", name=name, file=site_settings_file())
    with not_writable(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with own_turn(folder / FILE):
            _change(folder / FILE, changes, layers.base)


def _change(path: Path, changes: Mapping[str, Any], base: Settings) -> None:
    import tomli_w

    faults: list[Refused] = []
    document = _document(path, faults)
    for fault in faults:
        put_aside(path, fault)
    for name, value in changes.items():
        document.pop(name, None)
        if value != getattr(base, name):
            document[name] = value
    keep_bytes(path, tomli_w.dumps(document).encode())


def write_settings(folder: Path, settings: Settings) -> None:
    """Keep these. Raises as `change_settings`."""
    change_settings(folder, asdict(settings))


def good_values(told: Mapping[str, Any], path: Path, faults: list[Refused]) -> dict[str, Any]:
    """The values that are ours and right; the wrong ones are added to `faults`."""
    good = {}
    for name, value in told.items():
        if name not in DECLARED:
            continue
        if DECLARED[name].kind.takes(value):
            good[name] = tuple(value) if isinstance(value, list) else value
        else:
            faults.append(bad_setting(path, name, value))
    return good


def unknown_names(told: Mapping[str, Any], path: Path) -> list[Refused]:
    """The names that are none of ours, each told: a slip of the pen would otherwise do nothing in silence.

    Not for a user's own file: there they may be of a later version, and stay.
    """
    return [
        Refused("unknown_setting_in_file", name=str(name)[:80], file=path)
        for name in told
        if name not in DECLARED and name != LOCKED
    ]


def not_allowed(name: str, value: object) -> Refused:
    """A value that was wished for and cannot be; no file has it yet."""
    expected = Expected(DECLARED[name].kind)
    return Refused("setting_not_allowed", name=name, value=_shown(value), expected=expected)


def bad_setting(path: Path, name: str, value: object) -> Refused:
    """A value that is none; whatever was written, it is told in one short line."""
    expected = Expected(DECLARED[name].kind)
    return Refused("bad_setting", file=path, name=name, value=_shown(value), expected=expected)


def _shown(value: object) -> str:
    """One short line; a password in an address, which is refused for it, is not told to who looks on."""
    return _PASSWORD.sub(r"\1***@", repr(value))[:80]


def _locked(told: object, site: Path, faults: list[Refused]) -> frozenset[str]:
    """The names that only the administrator's file may set; what is no such name is told."""
    names = told if isinstance(told, list) else [told]
    known = [name for name in names if isinstance(name, str) and name in DECLARED]
    strange = [name for name in names if name not in known]
    if strange:
        told_of = ", ".join(name if isinstance(name, str) else repr(name) for name in strange)
        faults.append(Refused("bad_locked", file=site, value=told_of[:80]))
    elif not isinstance(told, list):
        faults.append(Refused("lock_no_list", file=site, name=told))
    return frozenset(known)


def _document(path: Path, faults: list[Refused]) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as problem:
        faults.append(Refused("settings_damaged", file=path, said=problem))
        return {}
