"""How panels share a room: splits and tabs as a value, and the moves from one such value to the next.

Nothing here knows a widget. Every move keeps every other panel, whatever the tree: a panel cannot be lost.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

_LEAST_SHARE = 0.05


class Side(StrEnum):
    """Where a panel goes, seen from another one or from the whole room; `TAB`: into the same place."""

    LEFT = "left"
    RIGHT = "right"
    TOP = "top"
    BOTTOM = "bottom"
    TAB = "tab"


@dataclass(frozen=True, slots=True)
class Tabs:
    """One or more panels in one place; more than one have tabs."""

    panels: tuple[str, ...]
    current: str

    def __post_init__(self) -> None:
        if not self.panels or self.current not in self.panels or len(set(self.panels)) != len(self.panels):
            raise ValueError(f"not a place for panels: {self.panels!r}, {self.current!r}")


@dataclass(frozen=True, slots=True)
class Split:
    """Two or more parts beside (`across`) or below each other, with the share each has of the whole."""

    across: bool
    parts: tuple["Node", ...]
    shares: tuple[float, ...]

    def __post_init__(self) -> None:
        if len(self.parts) < 2 or len(self.parts) != len(self.shares):
            raise ValueError(f"{len(self.parts)} parts, {len(self.shares)} shares")
        if not all(share > 0 for share in self.shares) or abs(sum(self.shares) - 1) > 1e-6:
            raise ValueError(f"not the shares of a whole: {self.shares!r}")


Node = Tabs | Split


def alone(panel: str) -> Tabs:
    return Tabs((panel,), panel)


def split(across: bool, parts: Sequence[Node], shares: Sequence[float]) -> Split:
    """A split whose shares need not yet add up; the smallest stays large enough to be seen and caught."""
    whole = sum(shares)
    held = [max(share / whole, _LEAST_SHARE) for share in shares]
    return Split(across, tuple(parts), tuple(share / sum(held) for share in held))


def panels_of(node: Node | None) -> tuple[str, ...]:
    """Every panel of it, from the left and the top."""
    match node:
        case None:
            return ()
        case Tabs():
            return node.panels
        case Split():
            return tuple(panel for part in node.parts for panel in panels_of(part))


def without(node: Node | None, panel: str) -> Node | None:
    """What is left when a panel goes; its neighbours take its room by their shares."""
    match node:
        case Tabs(panels=panels, current=current) if panel in panels:
            left = tuple(other for other in panels if other != panel)
            if not left:
                return None
            return Tabs(left, current if current != panel else left[max(0, panels.index(panel) - 1)])
        case Split():
            kept = [
                (without(part, panel), share) for part, share in zip(node.parts, node.shares, strict=True)
            ]
            return _joined(node.across, [(part, share) for part, share in kept if part is not None])
    return node


def moved(node: Node | None, panel: str, beside: str, side: Side) -> Node:
    """The panel to one side of another panel, or into its place; it comes from wherever it was."""
    if panel == beside and node is not None and panel in panels_of(node):
        return node
    rest = without(node, panel)
    if rest is None:
        return alone(panel)
    if beside not in panels_of(rest):
        return at_edge(rest, panel, side)
    return _inserted(rest, panel, beside, side)


def at_edge(node: Node | None, panel: str, side: Side) -> Node:
    """The panel along one side of the whole room, a third of it; as a tab it joins the first place."""
    rest = without(node, panel)
    if rest is None:
        return alone(panel)
    if side is Side.TAB:
        return _inserted(rest, panel, panels_of(rest)[0], side)
    first = side in {Side.LEFT, Side.TOP}
    pair = [(alone(panel), 1 / 3), (rest, 2 / 3)] if first else [(rest, 2 / 3), (alone(panel), 1 / 3)]
    joined = _joined(side in {Side.LEFT, Side.RIGHT}, pair)
    assert joined is not None
    return joined


def shown_first(node: Node | None, panel: str) -> Node | None:
    """The same tree with the panel's tab in front."""
    match node:
        case Tabs() if panel in node.panels:
            return replace(node, current=panel)
        case Split():
            return replace(node, parts=tuple(_kept(shown_first(part, panel)) for part in node.parts))
    return node


def as_told(node: Node | None) -> Any:
    """The tree as a document holds it."""
    match node:
        case Tabs():
            return {"panels": list(node.panels), "current": node.current}
        case Split():
            parts = [as_told(part) for part in node.parts]
            return {"across": node.across, "parts": parts, "shares": [round(s, 4) for s in node.shares]}
    return None


def from_told(told: Any, known: Sequence[str]) -> Node | None:
    """The tree of a document. Raises ValueError where it is not one, or names a panel twice or unknown."""
    node = None if told is None else _read(told, depth=0)
    names = panels_of(node)
    if len(set(names)) != len(names) or not set(names) <= set(known):
        raise ValueError(f"not the panels of this window: {names!r}")
    return node


def _read(told: Any, depth: int) -> Node:
    if not isinstance(told, dict) or depth > 8:
        raise ValueError(f"not a place for panels: {told!r:.80}")
    if "panels" in told:
        names = told["panels"]
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise ValueError(f"not panels: {names!r:.80}")
        return Tabs(tuple(names), str(told.get("current")))
    parts, shares = told.get("parts"), told.get("shares")
    if not isinstance(parts, list) or not isinstance(shares, list) or len(parts) != len(shares):
        raise ValueError(f"not a split: {told!r:.80}")
    if len(parts) < 2 or not all(_is_share(share) for share in shares):
        raise ValueError(f"not shares: {shares!r:.80}")
    return split(bool(told.get("across")), [_read(part, depth + 1) for part in parts], shares)


def _is_share(share: object) -> bool:
    return isinstance(share, int | float) and not isinstance(share, bool) and 0 < share <= 1


def _inserted(node: Node, panel: str, beside: str, side: Side) -> Node:
    match node:
        case Tabs() if beside in node.panels:
            if side is Side.TAB:
                return Tabs((*node.panels, panel), panel)
            pair: list[tuple[Node, float]] = [(alone(panel), 0.5), (node, 0.5)]
            if side in {Side.RIGHT, Side.BOTTOM}:
                pair.reverse()
            return _kept(_joined(side in {Side.LEFT, Side.RIGHT}, pair))
        case Split():
            parts = [_inserted(part, panel, beside, side) for part in node.parts]
            return _kept(_joined(node.across, list(zip(parts, node.shares, strict=True))))
    return node


def _joined(across: bool, parts: Sequence[tuple[Node, float]]) -> Node | None:
    """Parts in one direction: a split in the same direction inside it is taken apart."""
    flat: list[tuple[Node, float]] = []
    for part, share in parts:
        if isinstance(part, Split) and part.across is across:
            flat += [(inner, share * own) for inner, own in zip(part.parts, part.shares, strict=True)]
        else:
            flat.append((part, share))
    if not flat:
        return None
    if len(flat) == 1:
        return flat[0][0]
    return split(across, [part for part, _share in flat], [share for _part, share in flat])


def _kept(node: Node | None) -> Node:
    assert node is not None
    return node


def with_shares_of(node: Node | None, shown: Node | None) -> Node | None:
    """The tree with the shares that its shown part has now: some of its panels are elsewhere meanwhile."""
    if not isinstance(node, Split) or not isinstance(shown, Split):
        return shown if set(panels_of(node)) == set(panels_of(shown)) else node
    there = set(panels_of(shown))
    at = [place for place, part in enumerate(node.parts) if there & set(panels_of(part))]
    parts, shares = list(node.parts), list(node.shares)
    if len(at) == 1:
        parts[at[0]] = _kept(with_shares_of(parts[at[0]], shown))
        return Split(node.across, tuple(parts), node.shares)
    if node.across is not shown.across or len(at) != len(shown.parts):
        return node  # what is shown was joined into one row: it has no shares for what lies inside
    room = sum(node.shares[place] for place in at)
    for place, part, share in zip(at, shown.parts, shown.shares, strict=True):
        parts[place] = _kept(with_shares_of(parts[place], part))
        shares[place] = share * room
    return split(node.across, parts, shares)
