"""The map's page is read by a real client: its name, legend, tools and zoom, and what is chosen on it."""

import re

import pytest

from console.i18n import _
from console.ui.map.words import map_words
from tests.access.conftest import OpenDesk
from tests.access.desk import Desk
from tests.access.screen_reader import Node

pytestmark = pytest.mark.web  # these run one by one, on the screen

RETURN = 0xFF0D
# What stands between the parts of a page, or holds a text that is its own node.
ROOMS = {"section", "panel", "list item", "filler"}
LISTS = ("图层", "底图", "网格着色", "分布", "选区")


def the_map(desk: Desk, described: str = "") -> Node:
    """The map as one thing, once what it tells of itself matches."""
    return desk.reader.find("document frame", re.escape(_("网格地图")), described)


def zoom_of(told: Node) -> int:
    found = re.search(re.escape(_("缩放 {what} 级")).replace(r"\{what\}", r"(\d+)"), told.description)
    assert found is not None, told.description
    return int(found[1])


def nameless(page: Node) -> list[str]:
    """What shows on the page without a name and is no mere room, or takes the keyboard without one."""
    nodes = page.tree()
    following = [*nodes[1:], page]
    return [
        f"{one.role} {one.id.rpartition('map_grid')[2]}"
        for one, after in zip(nodes, following, strict=True)
        if not one.name.strip() and (one.role not in ROOMS or one.has("focusable"))
        if not (one.role == "label" and after.depth > one.depth)  # it holds what it names
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_that_the_map_is_read_with_its_tools_its_legend_and_how_near_it_is(
    open_desk: OpenDesk, language: str
) -> None:
    desk = open_desk(language)
    page = the_map(desk)
    assert zoom_of(page) > 0
    legend = page.find("section", re.escape(_("图例")))
    shown = map_words()
    for lamp in ("in_time", "soon", "late", "supervised"):
        legend.find("list", re.escape(shown["marks"])).find("label", re.escape(shown[lamp]))
    legend.find("list", re.escape(_("网格未结案件"))).find("label", re.escape("8+"))
    assert {one.role for one in page.tree()}.isdisjoint({"canvas", "unknown"}), "pictures are told as such"
    assert nameless(page) == []


def test_that_every_list_of_a_tool_is_read_with_a_name_for_all_of_it(open_desk: OpenDesk) -> None:
    desk = open_desk()
    page = the_map(desk)
    found = {}
    for words in LISTS:
        page.find("push button", words).click()  # which closes the one before
        desk.reader.until(lambda words=words: page.find("push button", words).has("pressed"), "it is open")
        found[words] = nameless(page)
    assert found == {words: [] for words in LISTS}


def test_that_the_map_tells_the_case_and_the_grid_that_are_chosen(open_desk: OpenDesk) -> None:
    desk = open_desk()
    page = the_map(desk)
    heads, rows = desk.queue.table()
    code = rows[0][heads.index(_("编号"))]
    desk.queue.cell(0, 0).click()
    the_map(desk, re.escape(_("所选案件:{what}").format(what=code)))
    near = zoom_of(page)
    page.find("push button", re.escape(_("放大"))).click()
    desk.reader.until(lambda: zoom_of(page.again()) == near + 1, "the map tells that it is nearer")
    desk.said(_("缩放 {what} 级").format(what=near + 1))
    page.focus()
    desk.reader.until(lambda: page.again().has("focused"), "the map has the keyboard")
    desk.reader.press(RETURN)
    chosen = _("所选网格:{what}").split("{", maxsplit=1)[0]
    told = the_map(desk, re.escape(chosen) + r"\d{12,}").description
    assert code in told, "the case is told beside the grid"


def test_that_what_takes_the_keyboard_of_the_window_has_a_name(open_desk: OpenDesk) -> None:
    desk = open_desk()
    the_map(desk)
    assert desk.reader.root is not None
    rooms = [one for one in desk.reader.root.tree() if one.role == "filler" and one.has("focusable")]
    assert [one.name or one.id for one in rooms] == [_("网格地图")]
