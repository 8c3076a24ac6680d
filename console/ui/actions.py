"""The table of one-click actions: what they are called, their key, and what they ask for first."""

from dataclasses import dataclass
from enum import Enum

from console.domain.operation import Operation
from console.i18n import N_


class Asks(Enum):
    """What an action needs before it can be done."""

    NOTHING = "nothing"
    CONDITION = "condition"
    DEPARTMENT = "department"
    REASON = "reason"


@dataclass(frozen=True, slots=True)
class ActAction:
    """One operation as an action; `name` is its object name everywhere (`act_dispatch`)."""

    name: str
    operation: Operation
    words: str
    key: str
    asks: Asks = Asks.NOTHING


ACTS: tuple[ActAction, ...] = (
    ActAction("act_accept", Operation.ACCEPT, N_("受理"), "A"),
    ActAction("act_file", Operation.FILE, N_("立案"), "F"),
    ActAction("act_file_other", Operation.FILE, N_("另选条件立案"), "Shift+F", Asks.CONDITION),
    ActAction("act_dispatch", Operation.DISPATCH, N_("派遣"), "D"),
    ActAction("act_dispatch_other", Operation.DISPATCH, N_("派往其他部门"), "Shift+D", Asks.DEPARTMENT),
    ActAction("act_redispatch", Operation.REDISPATCH, N_("改派"), "G", Asks.DEPARTMENT),
    ActAction("act_receive", Operation.RECEIVE, N_("接收处置"), "E"),
    ActAction("act_feed_back", Operation.FEED_BACK, N_("处置反馈"), "B"),
    ActAction("act_close", Operation.CLOSE, N_("核查通过并结案"), "V"),
    ActAction("act_check", Operation.CHECK, N_("派核查"), "K"),
    ActAction("act_rework", Operation.REWORK, N_("返工"), "R", Asks.REASON),
    ActAction("act_reject", Operation.REJECT, N_("不予受理"), "X", Asks.REASON),
    ActAction("act_void", Operation.VOID, N_("作废"), "Shift+X", Asks.REASON),
)


@dataclass(frozen=True, slots=True)
class WindowAction:
    """What the window itself can do; `name` is its object name and the method that does it."""

    name: str
    words: str
    key: str


WINDOW: tuple[WindowAction, ...] = (
    WindowAction("undo", N_("撤销上一步"), "Ctrl+Z"),
    WindowAction("new_report", N_("登记新问题"), "N"),
    WindowAction("search", N_("查找"), "Ctrl+K"),
    WindowAction("focus_queue", N_("到案件列表"), "Ctrl+1"),
    WindowAction("focus_map", N_("到地图"), "Ctrl+2"),
    WindowAction("focus_case", N_("到案件面板"), "Ctrl+3"),
    WindowAction("toggle_follow", N_("地图跟随所选案件"), "L"),
    WindowAction("clear_filter", N_("清除筛选"), "Ctrl+Backspace"),
    WindowAction("show_board", N_("评价看板"), "F2"),
    WindowAction("refresh", N_("刷新"), "F5"),
    WindowAction("show_keys", N_("快捷键"), "F1"),
    WindowAction("switch_theme", N_("明暗主题"), "F9"),
    WindowAction("switch_language", N_("中文 / English"), "F10"),
    WindowAction("toggle_feed", N_("模拟来件"), "F8"),
    WindowAction("back", N_("返回"), "Esc"),
)
