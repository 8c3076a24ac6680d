"""A case walks through all seven steps through AT-SPI alone, as a colleague works who does not see."""

import re

import pytest

from console.domain.flow import State
from console.domain.operation import Operation
from console.i18n import _
from console.words import STATES
from tests.access.conftest import OpenDesk
from tests.access.desk import Desk
from tests.access.screen_reader import Node
from tests.cities import SOUTH, STEP_LAT, STEP_LON, WEST

pytestmark = pytest.mark.web  # these run one by one, on the screen

CLASS = "0110"
TEXT = "路口东北角堆放建筑垃圾约两车"
ADDRESS = "陇海路 18 号"
REASON = "现场仍有残余,请彻底清理"
DISTRICT = "410105"
PLACE = f"{WEST + 2.5 * STEP_LON:.6f}, {SOUTH + 2.5 * STEP_LAT:.6f}"

WALK = (
    Operation.REGISTER,
    Operation.ACCEPT,
    Operation.RELOCATE,
    Operation.FILE,
    Operation.UNDO,
    Operation.FILE,
    Operation.DISPATCH,
    Operation.RECEIVE,
    Operation.FEED_BACK,
    Operation.REWORK,
    Operation.RECEIVE,
    Operation.FEED_BACK,
    Operation.CLOSE,
)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_that_a_case_walks_through_all_seven_steps_by_a_screen_reader(
    open_desk: OpenDesk, language: str
) -> None:
    desk = open_desk(language)
    code = report(desk)
    step(desk, "act_accept", State.TO_FILE)
    relocate(desk)
    step(desk, "act_file", State.TO_DISPATCH)
    desk.press(_("撤销 Ctrl+Z({seconds} 秒)").split("{", maxsplit=1)[0])
    desk.state(_(STATES[State.TO_FILE]))
    step(desk, "act_file", State.TO_DISPATCH)
    step(desk, "act_dispatch", State.TO_HANDLE)
    handle(desk)
    rework(desk)
    handle(desk)
    desk.act("act_close")
    desk.said(code)
    desk.reader.until(lambda: code not in codes(desk), f"{code} has left the list")
    evaluate(desk, code)
    facts = [fact["operation"] for fact in desk.stored(code)["facts"]]
    assert facts == [operation.value for operation in WALK]


def report(desk: Desk) -> str:
    """Step one; the code of the new case is read out of the message line."""
    desk.press(_("登记 N"))
    form = desk.reader.find("panel", re.escape(_("登记新问题")))
    listed = form.find("combo box", re.escape(_("类别")))
    offered = [one.name for one in listed.tree(hidden=True) if one.role == "list item"]
    listed.find("text").put(next(words for words in offered if words.endswith(CLASS)))
    desk.fill(form, _("描述"), TEXT)
    desk.fill(form, _("地点"), ADDRESS)
    form.find("push button", re.escape(_("登记 Ctrl+Enter"))).act("Press")
    pattern = re.escape(_("已登记:{code}")).replace(r"\{code\}", r"(\d{13})")
    said = desk.reader.hear(pattern)["said"]
    found = re.search(pattern, said)
    assert found is not None
    desk.state(_(STATES[State.REPORTED]))
    return found[1]


def step(desk: Desk, act: str, state: State) -> None:
    desk.act(act)
    desk.state(_(STATES[state]))


def relocate(desk: Desk) -> None:
    """Where it is, by coordinates: nobody has to see the map."""
    desk.act("act_relocate")
    form = desk.reader.find("panel", f".*{re.escape(_('改正位置'))}.*")
    desk.fill(form, _("新位置"), PLACE)
    desk.reader.hear(DISTRICT)
    desk.fill(form, _("理由"), REASON)
    form.find("push button", ".*Ctrl.Enter").act("Press")


def handle(desk: Desk) -> None:
    step(desk, "act_receive", State.HANDLING)
    step(desk, "act_feed_back", State.FED_BACK)


def rework(desk: Desk) -> None:
    """Step six says no; a form without its words says what is missing, and is heard."""
    desk.act("act_rework")
    form = desk.reader.find("panel", re.escape(_("返工")))
    confirm = form.find("push button", ".*Ctrl.Enter")
    confirm.act("Press")
    desk.said(_("请写明{what}").format(what=_("返工要求")))
    desk.fill(form, _("返工要求"), REASON)
    confirm.act("Press")
    desk.state(_(STATES[State.TO_HANDLE]))


def evaluate(desk: Desk, code: str) -> None:
    """Step seven: among those that ended today, and counted on the board."""
    desk.switch(_("综合评价"))
    desk.reader.until(lambda: [row for row in desk.queue.table()[1] if ADDRESS in row], "it has ended today")
    desk.reader.find("label", code)
    desk.state(_(STATES[State.CLOSED]))
    desk.switch(_("评价 F2"))
    board = desk.reader.find("table", re.escape(_("综合评价")))
    desk.reader.until(lambda: reworked(board, _("全市")) == "1", "the board counts it")
    assert desk.command("verify")


def reworked(board: Node, district: str) -> str:
    """What the board tells of a district; empty before it has its figures."""
    heads, cells = board.table()
    of_district = [row for row in cells if row[0] == district]
    return of_district[0][heads.index(_("返工数"))] if of_district else ""


def codes(desk: Desk) -> list[str]:
    """The codes in the list; empty while it is just being made anew."""
    heads, cells = desk.queue.table()
    return [row[heads.index(_("编号"))] for row in cells] if _("编号") in heads else []
