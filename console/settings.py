"""The settings of one user of this machine, declared once, kept as TOML with unknown keys kept too."""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from console.domain.errors import Refused

FILE = "settings.toml"

Check = Callable[[Any], bool]


def _one_of(*choices: object) -> Check:
    return lambda value: value in choices


def _text(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= 64 and value.isprintable()


def may_sign(name: str) -> bool:
    """Whether a name can stand under an act: 1 to 64 printable characters."""
    return _text(name)


def _flag(value: Any) -> bool:
    return isinstance(value, bool)


def _folder(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= 1000 and "\0" not in value


def _speed(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 600


def _zoom(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 80 <= value <= 200


def _words(value: Any) -> bool:
    """A list of short words, such as the sounds of events."""
    return isinstance(value, list | tuple) and len(value) <= 64 and all(map(_text, value))


def _volume(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 100


def _declared(default: Any, check: Check) -> Any:
    return field(default=default, metadata={"check": check})


@dataclass(frozen=True, slots=True)
class Settings:
    """`operator` signs every act; theme `auto` follows the desktop; `feed_speed` 0 is off.

    `zoom` is the size of the whole interface in percent, 80 to 200.
    `choose_seat` lets whoever sits here take another seat of the staff list; in a generated city everybody
    may. `evidence` is the folder of photos and files, for seats that share one; empty: in the data folder.

    `volume` of the sounds in percent, `muted` none is heard. `sounds` are those chosen for an event
    (`late=bell`, `late=off`), the others have their usual one. `quiet_events` make no alarm; those that are
    grave always do. `insist`: an alarm of what is grave rings again until it is acknowledged.
    """

    operator: str = _declared("受理员01", _text)
    language: str = _declared("zh", _one_of("zh", "en"))
    theme: str = _declared("auto", _one_of("auto", "light", "dark"))
    density: str = _declared("compact", _one_of("compact", "comfortable"))
    zoom: int = _declared(100, _zoom)
    feed_speed: int = _declared(0, _speed)
    follow: bool = _declared(True, _flag)
    choose_seat: bool = _declared(False, _flag)
    evidence: str = _declared("", _folder)
    volume: int = _declared(60, _volume)
    muted: bool = _declared(False, _flag)
    sounds: Sequence[str] = _declared((), _words)
    quiet_events: Sequence[str] = _declared(("new_case",), _words)
    insist: bool = _declared(True, _flag)
    others: Mapping[str, Any] = field(default_factory=dict)


_DECLARED = {item.name: item for item in fields(Settings) if item.name != "others"}


def read_settings(folder: Path) -> Settings:
    """The settings of a data folder. Raises Refused("settings_damaged") naming file and key."""
    path = folder / FILE
    try:
        told = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return Settings()
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as problem:
        raise Refused("settings_damaged", file=path, said=problem) from problem
    for name, value in told.items():
        if name in _DECLARED and not _DECLARED[name].metadata["check"](value):
            raise Refused("settings_damaged", file=path, said=f"{name} = {value!r}")
    known = {name: value for name, value in told.items() if name in _DECLARED}
    return replace(Settings(**known), others={n: v for n, v in told.items() if n not in _DECLARED})


def write_settings(folder: Path, settings: Settings) -> None:
    """Write all at once or not at all: the old file stays until the new one is whole."""
    import tomli_w

    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f"{FILE}.new"
    told = {name: getattr(settings, name) for name in _DECLARED} | dict(settings.others)
    fresh.write_text(tomli_w.dumps(told), "utf-8")
    fresh.replace(folder / FILE)
