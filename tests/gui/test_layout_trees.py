"""Arrangements as values: whatever moves, no panel is lost, and what is kept comes back."""

import json
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as some

from console.ui.layouts.layout import BUILT_IN, PANELS, Layout, layout_from, layout_told
from console.ui.layouts.screens import Box, Place, Screen, Shown, placed
from console.ui.layouts.tree import (
    Node,
    Side,
    Split,
    Tabs,
    as_told,
    at_edge,
    from_told,
    moved,
    panels_of,
    shown_first,
    split,
    with_shares_of,
    without,
)


@some.composite
def trees(draw: some.DrawFn, panels: Sequence[str] = PANELS) -> Node:
    """Any arrangement of exactly these panels."""
    if len(panels) == 1 or draw(some.booleans()):
        return Tabs(tuple(panels), draw(some.sampled_from(panels)))
    cut = draw(some.integers(1, len(panels) - 1))
    share = draw(some.floats(0.05, 0.95))
    parts = [draw(trees(panels[:cut])), draw(trees(panels[cut:]))]
    return split(draw(some.booleans()), parts, [share, 1 - share])


@given(trees(), some.sampled_from(PANELS), some.sampled_from(PANELS), some.sampled_from(Side))
def test_that_a_move_keeps_every_panel_once(tree: Node, panel: str, beside: str, side: Side) -> None:
    for after in (moved(tree, panel, beside, side), at_edge(tree, panel, side)):
        assert sorted(panels_of(after)) == sorted(PANELS)


@given(trees(), some.sampled_from(PANELS))
def test_that_taking_a_panel_out_leaves_the_others(tree: Node, panel: str) -> None:
    assert sorted([*panels_of(without(tree, panel)), panel]) == sorted(PANELS)


@given(trees())
def test_that_a_tree_comes_back_from_its_document(tree: Node) -> None:
    back = from_told(json.loads(json.dumps(as_told(tree))), PANELS)
    assert back is not None
    assert shape(back) == shape(tree)
    assert all(abs(one - other) < 0.001 for one, other in zip(shares(back), shares(tree), strict=True))


@given(trees(), some.sampled_from(PANELS))
def test_that_what_is_shown_gives_back_its_own_shares_and_structure(tree: Node, panel: str) -> None:
    rest = without(tree, panel)
    same = with_shares_of(tree, rest)
    assert same is not None
    assert shape(same) == shape(tree)
    assert all(abs(one - other) < 0.02 for one, other in zip(shares(same), shares(tree), strict=True))


@given(trees(), some.sampled_from(PANELS))
def test_that_a_tab_comes_to_the_front_and_nothing_else_changes(tree: Node, panel: str) -> None:
    after = shown_first(tree, panel)
    assert after is not None
    assert panels_of(after) == panels_of(tree)
    assert shares(after) == shares(tree)
    assert panel in fronts(after)


def test_that_a_border_moved_while_a_panel_is_away_is_kept_for_its_return() -> None:
    tree = BUILT_IN[0].wide
    shown = without(tree, "map")
    assert isinstance(shown, Split)
    dragged = split(True, shown.parts, [0.5, 0.5])
    back = with_shares_of(tree, dragged)
    assert isinstance(back, Split)
    assert back.shares == pytest.approx((0.275, 0.45, 0.275))


@pytest.mark.parametrize(
    "told",
    [
        3, {}, [], {"panels": []}, {"panels": ["queue", "queue"], "current": "queue"},
        {"panels": ["radio"], "current": "radio"}, {"panels": ["queue"], "current": "map"},
        {"across": True, "parts": [{"panels": ["queue"], "current": "queue"}], "shares": [1.0]},
        {"across": True, "parts": [{"panels": ["queue"], "current": "queue"}] * 2, "shares": [0.5, 0.5]},
        {"across": True, "parts": [1, 2], "shares": [0.5, -0.5]},
    ],
)  # fmt: skip
def test_that_a_damaged_tree_is_refused(told: object) -> None:
    with pytest.raises(ValueError, match=r"not|Split|share"):
        from_told(told, PANELS)


anywhere, large = some.integers(-9000, 9000), some.integers(1, 9000)
boxes = some.builds(Box, anywhere, anywhere, large, large)
names = some.sampled_from(["left", "right", "gone"])
places = some.builds(Place, names, large, large, boxes, some.sampled_from(Shown))
screen_sets = some.lists(some.builds(Screen, names, boxes), min_size=1)


@given(places, screen_sets)
def test_that_any_place_on_any_screens_ends_fully_visible(place: Place, screens: list[Screen]) -> None:
    screen, box = placed(place, screens)
    assert screen in screens
    assert screen.room.holds(box)
    assert box.width >= min(screen.room.width, 320)
    assert box.height >= min(screen.room.height, 240)


LEFT = Screen("left", Box(0, 0, 1920, 1040))
RIGHT = Screen("right", Box(1920, 0, 2560, 1440))


def test_that_a_window_comes_back_to_the_pixel_where_its_screen_is_as_it_was() -> None:
    place = Place("right", 2560, 1440, Box(100, 200, 800, 600))
    assert placed(place, [LEFT, RIGHT]) == (RIGHT, Box(2020, 200, 800, 600))


def test_that_a_window_of_a_lost_screen_keeps_its_relative_place_on_the_first() -> None:
    place = Place("right", 2560, 1440, Box(1280, 720, 1280, 720))
    assert placed(place, [LEFT]) == (LEFT, Box(960, 520, 960, 520))


def test_that_a_screen_of_the_same_size_stands_in_for_a_lost_one() -> None:
    twin = Screen("other", Box(-2560, 0, 2560, 1440))
    place = Place("gone", 2560, 1440, Box(10, 10, 800, 600))
    assert placed(place, [LEFT, twin])[0] is twin


@pytest.mark.parametrize("layout", BUILT_IN, ids=lambda layout: layout.name)
def test_that_a_layout_comes_back_from_its_document(layout: Layout) -> None:
    back = layout_from(json.loads(json.dumps(layout_told(layout))))
    assert (back.name, back.windows, shape(back.wide)) == (layout.name, layout.windows, shape(layout.wide))


def shape(node: Node | None) -> object:
    match node:
        case Split():
            return (node.across, *map(shape, node.parts))
        case Tabs():
            return node
    return None


def shares(node: Node | None) -> list[float]:
    if not isinstance(node, Split):
        return []
    return [*node.shares, *(share for part in node.parts for share in shares(part))]


def fronts(node: Node | None) -> list[str]:
    if isinstance(node, Tabs):
        return [node.current]
    return [front for part in node.parts for front in fronts(part)] if node is not None else []
