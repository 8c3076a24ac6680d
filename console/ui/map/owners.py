"""Whose each unit grid is, packed for the page (resources/map/borders.js)."""

import json
from array import array
from collections.abc import Callable, Sequence

NONE = 65_535


def packed_owners(grids: Sequence[str], areas: Sequence[str], named: Callable[[str], str]) -> bytes:
    """`grids` and `areas` are codes by unit grid, empty for none; more than 65,534 of a kind are none."""
    told, arrays = {}, []
    for kind, codes in (("grids", grids), ("areas", areas)):
        known = {code: at for at, code in enumerate(sorted({*codes} - {""})[:NONE])}
        told[kind] = [named(code) for code in known]
        arrays.append(array("H", [known.get(code, NONE) for code in codes]).tobytes())
    names = json.dumps(told, ensure_ascii=True, separators=(",", ":")).encode("ascii")
    padding = b" " * (-len(names) % 4)
    return len(names).to_bytes(4, "little") + names + padding + b"".join(arrays)
