"""How names are read: the pinyin of every character, with its other living reading where it has one.

As a script it reads a JSON list of names and writes their readings: see `readings`.
"""

import json
import logging
import sys
from collections.abc import Sequence
from threading import Lock
from typing import Any

Readings = tuple[tuple[str, ...], ...]

# Characters of places, offices and problems that people read in two ways. The dictionary has a second
# reading for almost every character (盖 ge, 路 luo); those are nobody's today and would only find too much.
_TWO_WAYS = frozenset("长重行厦乐都调单朝系量传弹藏盛校泊卡堡铺埔蔚浚巷会模宿柏尉荥降露折剥率畜给粘削绿查")
_SECONDS = 60
_log = logging.getLogger(__name__)
_known: dict[str, Readings] = {}
_asking = Lock()


def readings(names: Sequence[str]) -> list[Readings]:
    """Of each name, of every character, its readings without tones, the likeliest first.

    What is no Chinese character reads as itself, in small letters; ü is v. A word that the dictionary
    knows (重庆, 银行) is read as it says. A name that was read before is known; all others are read by a
    process of their own, because loading the dictionary holds every other thread for a third of a second.
    """
    with _asking:
        new = [name for name in dict.fromkeys(names) if name not in _known]
        if new:
            _known.update(zip(new, _by_another(new), strict=True))
        return [_known[name] for name in names]


def is_known(name: str) -> bool:
    """Whether it was read before, so that nobody waits for it."""
    return name in _known


def _by_another(names: Sequence[str]) -> list[Readings]:
    import subprocess  # not with the window, which is painted before anything is read

    try:
        # Without -P the folder of this file would stand before the library's own queue and calendar.
        done = subprocess.run(
            [sys.executable, "-P", __file__],
            input=json.dumps(names).encode(),
            capture_output=True,
            check=True,
            timeout=_SECONDS,
        )
        return [tuple(map(tuple, name)) for name in json.loads(done.stdout)]
    except (OSError, ValueError, subprocess.SubprocessError) as problem:
        _log.warning("pinyin is read in this process: %s", problem)
        return read(names)


def read(names: Sequence[str]) -> list[Readings]:
    """The readings of names by the dictionary, which is loaded into this process."""
    from pypinyin import Style, lazy_pinyin, pinyin

    # Declared as giving a text, but a list is taken for so many characters, which is what we need.
    def each(others: str) -> Any:
        return list(others)

    def each_alone(others: str) -> Any:
        return [[one] for one in others]

    found = []
    for name in names:
        likely = lazy_pinyin(name, style=Style.NORMAL, errors=each)
        ways = [[one] for one in likely]
        if _TWO_WAYS.intersection(name):
            ways = pinyin(name, style=Style.NORMAL, heteronym=True, errors=each_alone)
        found.append(
            tuple(
                tuple(dict.fromkeys([one.lower(), *(more if character in _TWO_WAYS else ())]))
                for character, one, more in zip(name, likely, ways, strict=True)
            )
        )
    return found


if __name__ == "__main__":
    json.dump(read(json.load(sys.stdin)), sys.stdout)
