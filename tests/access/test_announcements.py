"""What happens is said by itself, to a real client: at once where it is grave, otherwise politely."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.adapters.demo.history import Span, write_history
from console.domain.flow import State
from console.i18n import _
from console.runtime.bootstrap import open_desk as open_store
from console.services.city import load_city
from console.words import STATES
from tests.access.conftest import OpenDesk
from tests.access.desk import Desk
from tests.cities import SOUTH, STEP_LAT, STEP_LON, WEST, small_city
from tests.gui.seat import BY, NOW, close_log
from tests.servers import Server, binaries, running

pytestmark = pytest.mark.web  # these run one by one, on the screen

POLITE, ASSERTIVE = 1, 2  # as AT-SPI counts them
OTHER = "李四"  # nobody is told of what he did himself
EMERGENCY = "event:0506"


def register(desk: Desk, description: str, class_key: str) -> str:
    """A report of another seat, in the middle of the city's first cell."""
    lon, lat = str(WEST + STEP_LON / 2), str(SOUTH + STEP_LAT / 2)
    where = ("--class", class_key, "--lon", lon, "--lat", lat)
    told = json.loads(desk.command("cases", "register", description, *where, "--by", OTHER, "--json"))
    return str(told["case"]["code"])


def test_that_a_critical_case_of_another_seat_is_said_at_once(open_desk: OpenDesk) -> None:
    desk = open_desk()
    before = len(desk.reader.heard())
    code = register(desk, "路面积水,车辆无法通行", EMERGENCY)
    said = desk.said(_("紧急案件").split("}")[-1], after=before)
    assert said["detail"] == ASSERTIVE
    arrivals = re.escape(_("{count} 条新件,按此显示")).replace(re.escape("{count}"), "1")
    desk.reader.find("push button", arrivals).act("Press")
    desk.reader.find("table cell", code)


def test_that_what_was_done_is_said_politely_and_what_is_missing_at_once(open_desk: OpenDesk) -> None:
    desk = open_desk()
    desk.press(_("登记 N"))
    form = desk.reader.find("panel", re.escape(_("登记新问题")))
    confirm = form.find("push button", re.escape(_("登记 Ctrl+Enter")))
    confirm.act("Press")
    assert desk.said(_("请选定类别或描述问题"))["detail"] == ASSERTIVE
    desk.fill(form, _("描述"), "路口堆物")
    confirm.act("Press")
    assert desk.said(_("已登记:{code}").split("{")[0])["detail"] == POLITE
    desk.state(_(STATES[State.REPORTED]))
    chosen = [one for one in desk.queue.tree() if one.role == "table cell" and one.has("selected")]
    assert _(STATES[State.REPORTED]) in [one.name for one in chosen]


def test_that_a_button_that_stays_down_is_turned_and_tells_so(open_desk: OpenDesk) -> None:
    desk = open_desk()
    board = desk.reader.find("check box", re.escape(_("评价 F2")))
    assert not board.has("checked")
    board.act()
    desk.reader.find("table", re.escape(_("综合评价")))
    assert board.again().has("checked")
    board.act()
    desk.reader.until(lambda: not board.again().has("checked"), "the board is put away")
    assert desk.queue.table()[1]


def test_that_the_list_tells_columns_rows_and_the_chosen_one(open_desk: OpenDesk) -> None:
    desk = open_desk()
    heads, cells = desk.queue.table()
    assert all(heads)
    assert all(name for row in cells for name in row)


@pytest.fixture
def city_server() -> Iterator[Server]:
    """A PostgreSQL server of this test's own, which may be ended under the program."""
    found = binaries()
    if found is None:
        pytest.skip("no PostgreSQL server is installed under /usr/lib/postgresql")
    with running(found) as server:
        yield server


def test_that_a_lost_database_is_said_at_once_and_its_return_too(
    open_desk: OpenDesk, city_server: Server, tmp_path: Path
) -> None:
    url = city_server.new_database().render_as_string(hide_password=False)
    store = open_store(tmp_path / "server", url)
    try:
        store.do_now(load_city, small_city(), by=BY, at=NOW)
        store.do_now(write_history, Span(NOW, count=20, days=20))
    finally:
        store.close()
        close_log()
    desk = open_desk(url=url)
    well = re.escape(_("数据库:正常"))
    lamp = desk.reader.find("image", well)
    before = len(desk.reader.heard())
    city_server.crash()
    lost = _("连不上数据库 {url}:{said}").split("{")[0]
    assert desk.said(lost, after=before)["detail"] == ASSERTIVE
    desk.reader.until(lambda: lamp.again().name.startswith(lost), "the lamp tells it too")
    city_server.start()
    assert desk.said(_("数据库:正常"), after=before)["detail"] == POLITE
    assert lamp.again().name == _("数据库:正常")
    said = [one["said"] for one in desk.reader.heard()[before:]]
    assert sum(one.startswith(lost) for one in said) <= 3, said  # once, not at every try


def test_that_states_of_fields_and_choices_reach_the_reader(open_desk: OpenDesk) -> None:
    """Needed, wrong, mended; ticked, one of several, sorted: as the client is told."""
    desk = open_desk()
    desk.press(_("登记 N"))
    form = desk.reader.find("panel", re.escape(_("登记新问题")))
    description = form.find("text", re.escape(_("描述")))
    assert description.description == _("类别与描述至少填一项")
    assert description.has("editable")
    assert form.find("combo box", re.escape(_("类别"))).has("expandable")
    form.find("push button", re.escape(_("登记 Ctrl+Enter"))).act("Press")
    problem = _("请选定类别或描述问题")
    desk.reader.until(lambda: problem in description.again().description, "the field says what is wrong")
    description.put("路口堆物")
    desk.reader.until(lambda: problem not in description.again().description, "and that it is mended")
    desk.press(_("返回 Esc"))
    head = desk.queue.find("table column header", re.escape(_("剩余")))
    assert head.description == _("升序")
    desk.switch(_("评价 F2"))
    by_area = desk.reader.find("radio button", re.escape(_("按区和管委会")))
    assert by_area.has("checked")
    desk.reader.find("radio button", re.escape(_("按部门"))).act()
    desk.reader.until(lambda: not by_area.again().has("checked"), "another is chosen")
