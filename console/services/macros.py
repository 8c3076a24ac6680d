"""Shared macros: whoever works cases may share his own; nobody else changes it.

What a macro does is checked as an act of the seat that runs it, never of the one that shared it.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from console.domain.actor import Post
from console.domain.city_act import CityAct
from console.domain.errors import Refused
from console.domain.shared_macro import LONGEST_LINE, LONGEST_NAME, MOST, MOST_LINES, SharedMacro
from console.domain.text import cleaned
from console.services.editing import editing_post
from console.storage.macros import add_macro, drop_macro, macros_of, save_macro
from console.storage.unit import Unit

SHARERS = frozenset(Post) - {Post.SYSTEM}


def share_macro(
    unit: Unit, name: str, lines: Sequence[str], before: str = "", *, by: str, at: datetime
) -> SharedMacro:
    """Let all have this macro of one's own, in the place of the shared one called `before`, or `name`.

    Raises Refused: `macro_name`, `macro_empty`, `macro_long`, `macro_many`, `needs_post`.
    """
    name = " ".join(cleaned(name).split())
    lines = tuple(cleaned(line).strip() for line in lines)
    if not 0 < len(name) <= LONGEST_NAME:
        raise Refused("macro_name", name=name)
    if not lines or not all(0 < len(line) <= LONGEST_LINE for line in lines):
        raise Refused("macro_empty")
    if len(lines) > MOST_LINES:
        raise Refused("macro_long", most=MOST_LINES)
    held = {one.name: one for one in macros_of(unit.connection, by)}
    old = held.get(before or name)
    if name in held and held[name] != old:
        raise Refused("macro_name", name=name)
    if old is None and len(held) >= MOST:
        raise Refused("macro_many", most=MOST)
    if old is None:
        macro = add_macro(unit.connection, by, name, lines)
    else:
        macro = replace(old, name=name, lines=lines)
        save_macro(unit.connection, macro)
    _note(unit, CityAct.MACRO_SHARED, macro, by, at)
    return macro


def withdraw_macro(unit: Unit, name: str, *, by: str, at: datetime) -> SharedMacro:
    """Take one's own back from the others. Raises Refused: `no_such_macro`, `needs_post`."""
    macro = next((one for one in macros_of(unit.connection, by) if one.name == name), None)
    if macro is None:
        raise Refused("no_such_macro", name=name)
    drop_macro(unit.connection, macro.id)
    _note(unit, CityAct.MACRO_WITHDRAWN, macro, by, at)
    return macro


def _note(unit: Unit, act: CityAct, macro: SharedMacro, by: str, at: datetime) -> None:
    """Told in the journal, and by it to the other seats."""
    post = editing_post(unit, by, SHARERS)
    unit.note_city(act, by=by, at=at, post=post, note=macro.name, details={"lines": list(macro.lines)})
