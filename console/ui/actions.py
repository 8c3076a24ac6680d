"""The table of acts and of the window's own actions: words, key, and what an act asks first."""

from dataclasses import dataclass
from enum import StrEnum

from console.domain.decision import Decision
from console.domain.operation import Operation
from console.i18n import N_


class Ask(StrEnum):
    """What a form asks for an act; console.ui.forms.table has the field of each."""

    CONDITION = "condition"
    CLOSING = "closing"
    DEPARTMENT = "department"
    CONCLUDED = "concluded"
    ASSISTING = "assisting"
    UNIT = "unit"
    REASON = "reason"
    NOTE = "note"
    UNTIL = "until"
    FOUND = "found"
    OUTCOME = "outcome"
    LEVEL = "level"
    MARK = "mark"
    PERSON = "person"
    HOLDER = "holder"
    OTHER_CASE = "other_case"
    PARTS = "parts"
    SATISFACTION = "satisfaction"
    EVIDENCE = "evidence"
    PHOTOS = "photos"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class ActAction:
    """One act; `name` is its object name everywhere (`act_dispatch`).

    Two acts may do one operation: at once by what the city's lists advise, and asking first.
    """

    name: str
    operation: Operation | Decision
    words: str
    key: str
    asks: tuple[Ask, ...] = ()


O, A = Operation, Ask  # noqa: E741  the table is read across: short words keep a row on a line

ACTS: tuple[ActAction, ...] = (
    ActAction("act_allow", Decision.ALLOW, N_("同意申请"), "Y"),
    ActAction("act_refuse", Decision.REFUSE, N_("驳回申请"), "Shift+Y", (A.REASON,)),
    ActAction("act_accept", O.ACCEPT, N_("受理"), "A"),
    ActAction("act_reject", O.REJECT, N_("不予受理"), "X", (A.REASON,)),
    ActAction("act_answer", O.ANSWER, N_("直接办理"), "Shift+A", (A.REASON,)),
    ActAction("act_confirm_self", O.CONFIRM_SELF, N_("确认自处置"), "Q"),
    ActAction("act_file", O.FILE, N_("立案"), "F"),
    ActAction("act_file_other", O.FILE, N_("另选条件立案"), "Shift+F", (A.CONDITION,)),
    ActAction("act_pre_check", O.PRE_CHECK, N_("派核实"), "Shift+K", (A.PERSON, A.NOTE)),
    ActAction("act_pre_check_result", O.PRE_CHECK_RESULT, N_("核实反馈"), "J", (A.FOUND, A.NOTE, A.PHOTOS)),
    ActAction("act_merge", O.MERGE, N_("并案"), "C", (A.OTHER_CASE,)),
    ActAction("act_unmerge", O.UNMERGE, N_("拆并"), "Shift+C", (A.REASON,)),
    ActAction("act_void", O.VOID, N_("作废"), "Shift+X", (A.REASON,)),
    ActAction("act_ask_void", O.ASK_VOID, N_("申请作废"), "Ctrl+Shift+X", (A.REASON,)),
    ActAction("act_dispatch", O.DISPATCH, N_("派遣"), "D"),
    ActAction(
        "act_dispatch_other",
        O.DISPATCH,
        N_("派往其他部门"),
        "Shift+D",
        (A.DEPARTMENT, A.ASSISTING, A.NOTE),
    ),
    ActAction("act_send_back", O.SEND_BACK, N_("退回受理"), "T", (A.REASON,)),
    ActAction("act_consult", O.CONSULT, N_("会商"), "O", (A.REASON, A.CONCLUDED)),
    ActAction("act_split", O.SPLIT, N_("拆分"), "Shift+O", (A.PARTS,)),
    ActAction("act_ask_authority", O.ASK_AUTHORITY, N_("请示授权"), "Shift+Q", (A.REASON,)),
    ActAction("act_receive", O.RECEIVE, N_("接收处置"), "E"),
    ActAction("act_feed_back", O.FEED_BACK, N_("处置反馈"), "B"),
    ActAction("act_feed_back_photos", O.FEED_BACK, N_("附照片反馈"), "Shift+B", (A.PHOTOS, A.NOTE)),
    ActAction("act_second_dispatch", O.SECOND_DISPATCH, N_("二次派遣"), "2", (A.UNIT, A.NOTE)),
    ActAction("act_redispatch", O.REDISPATCH, N_("改派"), "G", (A.DEPARTMENT, A.ASSISTING, A.NOTE)),
    ActAction("act_ask_return", O.ASK_RETURN, N_("申请回退"), "Shift+T", (A.REASON, A.PHOTOS)),
    ActAction("act_ask_extension", O.ASK_EXTENSION, N_("申请延期"), "Shift+E", (A.REASON, A.PHOTOS)),
    ActAction("act_ask_suspension", O.ASK_SUSPENSION, N_("申请挂账"), "H", (A.UNTIL, A.REASON, A.PHOTOS)),
    ActAction("act_resume", O.RESUME, N_("恢复"), "Shift+H"),
    ActAction("act_close", O.CLOSE, N_("核查通过并结案"), "V"),
    ActAction("act_close_other", O.CLOSE, N_("另选条件结案"), "Shift+V", (A.CLOSING, A.NOTE, A.PHOTOS)),
    ActAction("act_check", O.CHECK, N_("派核查"), "K", (A.PERSON, A.NOTE)),
    ActAction("act_pass_check", O.PASS_CHECK, N_("核查通过"), "Shift+J", (A.NOTE, A.PHOTOS)),
    ActAction("act_fail_check", O.FAIL_CHECK, N_("核查不通过"), "Ctrl+Shift+J", (A.REASON, A.PHOTOS)),
    ActAction("act_rework", O.REWORK, N_("返工"), "R", (A.REASON,)),
    ActAction("act_call_back", O.CALL_BACK, N_("回访"), "I", (A.SATISFACTION, A.NOTE)),
    ActAction("act_spot_check", O.SPOT_CHECK, N_("抽查"), "Shift+I", (A.OUTCOME, A.NOTE, A.PHOTOS)),
    ActAction("act_reopen", O.REOPEN, N_("重开"), "Shift+R", (A.REASON,)),
    ActAction("act_appeal", O.APPEAL, N_("申诉"), "Ctrl+Shift+A", (A.REASON, A.PHOTOS)),
    ActAction("act_withdraw", O.WITHDRAW, N_("撤回申请"), "Z"),
    ActAction("act_urge", O.URGE, N_("催办"), "U"),
    ActAction("act_supervise", O.SUPERVISE, N_("督办"), "S", (A.LEVEL, A.REASON)),
    ActAction(
        "act_reply_supervision", O.REPLY_SUPERVISION, N_("督办回复"), "Ctrl+Shift+S", (A.REASON, A.PHOTOS)
    ),
    ActAction("act_end_supervision", O.END_SUPERVISION, N_("解除督办"), "Shift+S"),
    ActAction("act_mark", O.MARK, N_("标记"), "Shift+M", (A.MARK,)),
    ActAction("act_unmark", O.UNMARK, N_("取消标记"), "Ctrl+Shift+M", (A.MARK,)),
    ActAction("act_attach", O.ATTACH, N_("补充材料"), "Shift+P", (A.EVIDENCE, A.NOTE)),
    ActAction("act_relocate", O.RELOCATE, N_("改正位置"), "Shift+L", (A.PLACE, A.REASON)),
    ActAction("act_hand_over", O.HAND_OVER, N_("交办"), "Ctrl+Shift+H", (A.HOLDER, A.NOTE)),
    ActAction(
        "act_ask_forced_close", O.ASK_FORCED_CLOSE, N_("申请强制结案"), "Ctrl+Shift+V", (A.REASON, A.PHOTOS)
    ),
    ActAction("act_counter", O.COUNTER, N_("冲正上一步"), "Ctrl+Shift+Z", (A.REASON,)),
)


@dataclass(frozen=True, slots=True)
class WindowAction:
    """What the window itself can do; `name` is its object name and the method that does it.

    `also` is another key that does the same.
    """

    name: str
    words: str
    key: str
    also: str = ""


_VIEWS = (
    N_("视图 1"),
    N_("视图 2"),
    N_("视图 3"),
    N_("视图 4"),
    N_("视图 5"),
    N_("视图 6"),
    N_("视图 7"),
    N_("视图 8"),
    N_("视图 9"),
)

_BOOKMARKS = (
    N_("书签 1"),
    N_("书签 2"),
    N_("书签 3"),
    N_("书签 4"),
    N_("书签 5"),
    N_("书签 6"),
    N_("书签 7"),
    N_("书签 8"),
    N_("书签 9"),
)

WINDOW: tuple[WindowAction, ...] = (
    WindowAction("undo", N_("撤销上一步"), "Ctrl+Z"),
    WindowAction("more_acts", N_("更多操作"), "M"),
    WindowAction("new_report", N_("登记新问题"), "N"),
    WindowAction("resume_draft", N_("继续填写草稿"), "Ctrl+Shift+D"),
    WindowAction("search", N_("命令与查找"), "Ctrl+K"),
    WindowAction("record_macro", N_("录制宏"), "Ctrl+R"),
    WindowAction("show_macros", N_("宏"), "Ctrl+Shift+R"),
    WindowAction("focus_queue", N_("到案件列表"), "Ctrl+1"),
    WindowAction("focus_map", N_("到地图"), "Ctrl+2"),
    WindowAction("focus_case", N_("到案件面板"), "Ctrl+3"),
    WindowAction("toggle_follow", N_("地图跟随所选案件"), "L"),
    WindowAction("show_layers", N_("地图图层"), "Ctrl+M"),
    WindowAction("next_colouring", N_("换地图着色"), "Ctrl+G"),
    WindowAction("choose_colouring", N_("选择地图着色"), "Ctrl+Shift+G"),
    WindowAction("clear_filter", N_("清除筛选"), "Ctrl+Backspace"),
    WindowAction("add_filter", N_("添加筛选条件"), "Ctrl+F"),
    WindowAction("choose_columns", N_("选择列"), "Ctrl+L"),
    WindowAction("show_arrivals", N_("显示新件"), "Ctrl+J"),
    WindowAction("show_views", N_("全部视图"), "Ctrl+Shift+F"),
    WindowAction("save_view", N_("保存视图"), "Ctrl+D"),
    *(WindowAction(f"view_{n}", words, f"Ctrl+Alt+{n}") for n, words in enumerate(_VIEWS, 1)),
    WindowAction("measure", N_("在地图上量测"), "Alt+M"),
    WindowAction("copy_coordinates", N_("复制地图中心坐标"), "Alt+C"),
    WindowAction("go_to_place", N_("前往坐标"), "Alt+G"),
    WindowAction("save_bookmark", N_("保存地图书签"), "Ctrl+B"),
    WindowAction("show_bookmarks", N_("地图书签"), "Ctrl+7"),
    *(WindowAction(f"bookmark_{n}", words, f"Alt+Shift+{n}") for n, words in enumerate(_BOOKMARKS, 1)),
    WindowAction("map_back", N_("上一视图"), "Alt+Left"),
    WindowAction("map_forward", N_("下一视图"), "Alt+Right"),
    WindowAction("lock_view", N_("锁定地图视图"), "Alt+L"),
    WindowAction("show_near", N_("附近案件"), "Alt+N"),
    WindowAction("show_map_list", N_("地图内容列表"), "Alt+T"),
    WindowAction("select_area", N_("在地图上选区"), "Alt+S"),
    WindowAction("explain", N_("时限说明"), "W"),
    WindowAction("save_dossier", N_("导出案卷"), "P"),
    WindowAction("show_board", N_("评价看板"), "F2"),
    WindowAction("show_practice", N_("规程"), "F3"),
    WindowAction("show_replay", N_("回放"), "Shift+F5"),
    WindowAction("show_approvals", N_("审批"), "F4"),
    WindowAction("refresh", N_("刷新"), "F5"),
    WindowAction("choose_seat", N_("换席位"), "F6"),
    WindowAction("show_manual", N_("手册"), "F1"),
    WindowAction("show_keys", N_("快捷键"), "Ctrl+F1", also="?"),
    WindowAction("switch_theme", N_("明暗主题"), "F9"),
    WindowAction("switch_language", N_("中文 / English"), "F10"),
    WindowAction("toggle_triage", N_("分拣"), "F11"),
    WindowAction("toggle_feed", N_("模拟来件"), "F8"),
    WindowAction("show_wall", N_("大屏"), "F12"),
    WindowAction("show_second_map", N_("第二地图"), "Ctrl+F2"),
    WindowAction("couple_maps", N_("第二地图跟随或独立"), "Shift+F2"),
    WindowAction("next_basemap", N_("切换底图"), "Ctrl+Shift+F9"),
    WindowAction("add_basemap", N_("添加底图"), "Ctrl+Shift+F10"),
    WindowAction("toggle_heat", N_("热力"), "Ctrl+F8"),
    WindowAction("toggle_hot_spots", N_("热点显著性"), "Ctrl+F9"),
    WindowAction("toggle_clusters", N_("标记聚合"), "Ctrl+F10"),
    WindowAction("show_layouts", N_("布局"), "F7"),
    WindowAction("arrange_panels", N_("移动面板"), "Ctrl+F7"),
    WindowAction("float_panel", N_("面板独立成窗或放回"), "Ctrl+Shift+F7"),
    WindowAction("send_panel", N_("面板送到另一屏"), "Shift+F7"),
    WindowAction("layout_1", N_("布局 1"), "Ctrl+Shift+1"),
    WindowAction("layout_2", N_("布局 2"), "Ctrl+Shift+2"),
    WindowAction("layout_3", N_("布局 3"), "Ctrl+Shift+3"),
    WindowAction("layout_4", N_("布局 4"), "Ctrl+Shift+4"),
    WindowAction("layout_5", N_("布局 5"), "Ctrl+Shift+5"),
    WindowAction("layout_6", N_("布局 6"), "Ctrl+Shift+6"),
    WindowAction("layout_7", N_("布局 7"), "Ctrl+Shift+7"),
    WindowAction("layout_8", N_("布局 8"), "Ctrl+Shift+8"),
    WindowAction("layout_9", N_("布局 9"), "Ctrl+Shift+9"),
    WindowAction("show_alarms", N_("警报"), "Shift+F11"),
    WindowAction("go_to_alarm", N_("查看警报案件"), "Ctrl+F11"),
    WindowAction("acknowledge_alarms", N_("确认全部警报"), "Shift+F12"),
    WindowAction("mute", N_("静音"), "Ctrl+F12"),
    WindowAction("show_handover", N_("交接班"), "Shift+F6"),
    WindowAction("show_city", N_("城市与数据"), "Ctrl+F3"),
    WindowAction("show_settings", N_("设置"), "Ctrl+,"),
    WindowAction("show_header_menu", N_("更多"), "Shift+F10"),
    WindowAction("zoom_in", N_("放大界面"), "Ctrl++", also="Ctrl+="),
    WindowAction("zoom_out", N_("缩小界面"), "Ctrl+-"),
    WindowAction("zoom_reset", N_("界面恢复 100 %"), "Ctrl+0"),
    WindowAction("back", N_("返回"), "Esc"),
)


@dataclass(frozen=True, slots=True)
class PanelKeys:
    """The keys that hold inside one part of the window; `name` is its object name, `keys` each with words."""

    name: str
    words: str
    keys: tuple[tuple[str, str], ...]


PANELS: tuple[PanelKeys, ...] = (
    PanelKeys(
        "queuePanel",
        N_("案件列表"),
        (
            ("↑ ↓", N_("上一件、下一件")),
            ("Shift+↑ ↓", N_("连选")),
            ("Ctrl+Space", N_("选中或取消本件")),
            ("Ctrl+A", N_("全部选中")),
            ("PgUp PgDn", N_("翻页")),
            ("Home End", N_("到首件、末件")),
        ),
    ),
    PanelKeys(
        "mapPanel",
        N_("地图"),
        (
            ("← ↑ → ↓", N_("移动地图")),
            ("+ - PgUp PgDn", N_("放大、缩小地图")),
            ("Home", N_("显示全市")),
            ("H", N_("热力")),
            ("G", N_("热点显著性")),
            ("J", N_("标记聚合")),
            ("Enter Space", N_("选取地图中心；Shift 加入，Ctrl 去除")),
            ("Shift+← ↑ → ↓", N_("细移")),
            ("Backspace", N_("撤去上一点")),
            ("Esc", N_("放下工具，取消选区")),
        ),
    ),
    PanelKeys(
        "replayPage",
        N_("回放"),
        (
            ("Space", N_("播放或暂停")),
            ("← →", N_("上一件事、下一件事")),
            ("Shift+← →", N_("后退、前进一分钟")),
            ("+ -", N_("加速、减速")),
            ("Home", N_("到开头")),
            ("Esc", N_("回到现在")),
        ),
    ),
    PanelKeys(
        "searchField",
        N_("命令行"),
        (
            ("↑ ↓", N_("选择;空行时翻看历史")),
            ("Tab", N_("补全")),
            ("Enter", N_("执行")),
            ("Esc", N_("关闭")),
        ),
    ),
    PanelKeys(
        "triagePanel",
        N_("分拣"),
        (
            ("Enter", N_("照建议办理并到下一件")),
            ("Space", N_("跳过本件")),
            ("1 … 6", N_("跳过的原因")),
            ("Esc", N_("返回")),
        ),
    ),
    PanelKeys(
        "formPane",
        N_("表单"),
        (("Ctrl+Enter", N_("确认")), ("Tab", N_("下一项")), ("Esc", N_("返回"))),
    ),
    PanelKeys(
        "reportForm",
        N_("登记表"),
        (("Ctrl+Enter", N_("登记")), ("Tab", N_("下一项")), ("Esc", N_("返回"))),
    ),
    PanelKeys(
        "manualPage",
        N_("手册"),
        (("Alt+←", N_("上一页")), ("Tab", N_("下一个链接")), ("Enter", N_("打开链接")), ("Esc", N_("返回"))),
    ),
    PanelKeys("practicePanel", N_("规程"), (("Ctrl+S", N_("保存规程")), ("Esc", N_("返回")))),
    PanelKeys("moreActs", N_("更多操作"), (("↑ ↓", N_("选择")), ("Enter", N_("执行")), ("Esc", N_("返回")))),
    PanelKeys("approvalsPanel", N_("审批"), (("↑ ↓", N_("上一件、下一件")), ("Esc", N_("返回")))),
    PanelKeys(
        "photoView",
        N_("照片"),
        (("← →", N_("上一张、下一张")), ("Home End", N_("首张、末张")), ("Esc", N_("返回"))),
    ),
)
