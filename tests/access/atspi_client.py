"""An assistive technology of its own: reads and works a program through libatspi, as a screen reader does.

It runs under the system's Python, which has Debian's bindings, and is told what to do by JSON lines: one
in, one out. What it can do are the functions named in `CAN`.
"""

import json
import re
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402  the version is told before

HEARD = (
    "object:announcement",
    "object:state-changed:focused",
    "object:active-descendant-changed",
    "object:selection-changed",
)
_TURN_S = 0.02

nodes: dict[int, Any] = {}
heard: list[dict[str, Any]] = []
watched: dict[str, int] = {}


def kept(node: Any) -> int:
    """The number by which the other side names a node from now on."""
    number = len(nodes) + 1
    nodes[number] = node
    return number


def name_of(node: Any) -> str:
    """What a screen reader calls it: its label where it has one, otherwise its name."""
    for relation in node.get_relation_set():
        if relation.get_relation_type() == Atspi.RelationType.LABELLED_BY and relation.get_n_targets():
            return str(relation.get_target(0).get_name() or "")
    return node.get_name() or ""


def told(node: Any, depth: int = 0) -> dict[str, Any]:
    """What there is to know of a node without asking for its content."""
    return {
        "node": kept(node),
        "role": node.get_role_name(),
        "name": name_of(node),
        "description": node.get_description() or "",
        "id": node.get_accessible_id() or "",
        "states": sorted(state.value_nick for state in node.get_state_set().get_states()),
        "depth": depth,
    }


def children(node: Any) -> Iterator[Any]:
    for at in range(node.get_child_count()):
        child = node.get_child_at_index(at)
        if child is not None:
            yield child


def shows(node: Any) -> bool:
    return bool(node.get_state_set().contains(Atspi.StateType.SHOWING))


def walk(node: Any, depth: int = 0, *, hidden: bool = False) -> Iterator[tuple[Any, int]]:
    """A node and all under it; what does not show, and what is under that, only when `hidden`."""
    yield node, depth
    for child in children(node):
        try:
            if hidden or shows(child):
                yield from walk(child, depth + 1, hidden=hidden)
        except GLib.Error:
            continue  # it went away while it was looked at


def program(pid: int) -> int | None:
    """The program of a process, once it has a window."""
    desktop = Atspi.get_desktop(0)
    for found in children(desktop):
        if found.get_process_id() == pid and found.get_child_count():
            found.set_cache_mask(Atspi.Cache.NONE)  # each answer is as the program gives it now
            return kept(found)
    return None


def tree(node: int, hidden: bool = False) -> list[dict[str, Any]]:
    return [told(one, depth) for one, depth in walk(nodes[node], hidden=hidden)]


def find(node: int, role: str, name: str, described: str = "") -> dict[str, Any] | None:
    """The first that shows with the role whose whole name, and description, match the patterns."""
    for one, depth in walk(nodes[node]):
        try:
            if one.get_role_name() != role or not re.fullmatch(name, name_of(one), re.DOTALL):
                continue
            if re.search(described, one.get_description() or ""):
                return told(one, depth)
        except GLib.Error:
            continue  # it went away while it was looked at
    return None


def again(node: int) -> dict[str, Any]:
    return told(nodes[node])


def text(node: int) -> str:
    one = nodes[node]
    return str(Atspi.Text.get_text(one, 0, Atspi.Text.get_character_count(one)))


def put(node: int, words: str) -> bool:
    return bool(Atspi.EditableText.set_text_contents(nodes[node], words))


def acts(node: int) -> list[str]:
    one = nodes[node]
    if "Action" not in one.get_interfaces():
        return []
    return [Atspi.Action.get_action_name(one, at) for at in range(Atspi.Action.get_n_actions(one))]


def act(node: int, name: str) -> bool:
    return bool(Atspi.Action.do_action(nodes[node], acts(node).index(name)))


def focus(node: int) -> bool:
    return bool(Atspi.Component.grab_focus(nodes[node]))


def select(node: int, at: int) -> bool:
    return bool(Atspi.Selection.select_child(nodes[node], at))


def extent(node: int) -> list[int]:
    box = Atspi.Component.get_extents(nodes[node], Atspi.CoordType.SCREEN)
    return [box.x, box.y, box.width, box.height]


def table(node: int) -> dict[str, Any]:
    """Rows, column heads and every cell's name of a table."""
    one = nodes[node]
    rows, columns = Atspi.Table.get_n_rows(one), Atspi.Table.get_n_columns(one)
    heads = [Atspi.Table.get_column_header(one, at) for at in range(columns)]
    cells = [
        [Atspi.Table.get_accessible_at(one, row, column).get_name() for column in range(columns)]
        for row in range(rows)
    ]
    return {"heads": [head.get_name() if head else "" for head in heads], "cells": cells}


def cell(node: int, row: int, column: int) -> dict[str, Any]:
    return told(Atspi.Table.get_accessible_at(nodes[node], row, column))


def press(key: int) -> bool:
    """A key by its X keysym, through the accessibility registry."""
    return bool(Atspi.generate_keyboard_event(key, None, Atspi.KeySynthType.SYM))


def click(node: int) -> bool:
    """The mouse to its middle and a click there, as Orca does where a thing has no action of its own."""
    left, top, width, height = extent(node)
    return bool(Atspi.generate_mouse_event(left + width // 2, top + height // 2, "b1c"))


def listen() -> bool:
    for kind in HEARD:
        _listener.register(kind)
    return True


def events(since: int) -> list[dict[str, Any]]:
    """What was heard, beginning with number `since`; waits a moment for more."""
    end = time.monotonic() + _TURN_S
    while time.monotonic() < end:
        GLib.MainContext.default().iteration(False)
    return heard[since:]


def _hear(event: Any) -> None:
    said = event.any_data if isinstance(event.any_data, str) else ""
    try:
        source = event.source.get_name() or ""
        role = event.source.get_role_name()
    except GLib.Error:
        source = role = ""
    heard.append({"kind": event.type, "detail": event.detail1, "said": said, "source": source, "role": role})


CAN: dict[str, Callable[..., Any]] = {
    one.__name__: one
    for one in (
        *(program, tree, find, again, text, put, acts, act, focus, select, extent, table, cell, press, click),
        *(listen, events),
    )
}


def answer(line: str) -> dict[str, Any]:
    asked = json.loads(line)
    try:
        return {"answer": CAN[asked["do"]](*asked["with"])}
    except (GLib.Error, AttributeError) as problem:  # the binding gives None for what just went
        return {"problem": str(problem)}  # a node that is gone, or a program that is busy


def main() -> None:
    for line in sys.stdin:
        print(json.dumps(answer(line), ensure_ascii=False), flush=True)


Atspi.init()
_listener = Atspi.EventListener.new(_hear)
if __name__ == "__main__":
    main()
