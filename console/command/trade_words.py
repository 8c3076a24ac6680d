"""The words of the trade by which cases are looked for, in Chinese and English, with what each means."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from console.command.periods import NAMED
from console.domain.actor import Post
from console.domain.case import Flag, Source
from console.domain.flow import State, Step
from console.domain.operation import Request
from console.domain.wanted import Order

_S, _SHUT = State, (State.CLOSED, State.FORCED_CLOSED)


@dataclass(frozen=True, slots=True)
class Means:
    """One thing said of cases: a field of CaseFilter or what stands for one, and its value."""

    field: str
    value: Any


# The first Chinese and the first English word of a line are those we write.
STATES: dict[State, tuple[tuple[str, ...], tuple[str, ...]]] = {
    _S.REPORTED: (("待受理", "未受理"), ("to accept", "unaccepted", "reported new")),
    _S.PRE_CHECK: (("核实中", "待核实"), ("pre-check", "checking before filing")),
    _S.TO_FILE: (("待立案", "未立案"), ("to file", "unfiled")),
    _S.NOT_ACCEPTED: (("未予受理", "已拒绝"), ("not accepted", "rejected")),
    _S.VOIDED: (("已作废",), ("voided",)),
    _S.MERGED: (("已并案",), ("merged",)),
    _S.TO_DISPATCH: (("待派遣", "未派", "未派遣", "待派"), ("to dispatch", "undispatched", "not dispatched")),
    _S.TO_HANDLE: (("待处置", "未接收", "待接收", "未处置"), ("sent", "not received", "to handle")),
    _S.HANDLING: (("处置中", "在处置"), ("handling", "in handling", "being handled")),
    _S.SUSPENDED: (("已挂账", "挂账中", "缓办"), ("suspended",)),
    _S.RETURNED: (("回退待审", "已回退", "被回退"), ("returned",)),
    _S.FED_BACK: (("已反馈", "待核查", "未核查"), ("fed back", "to verify", "unverified")),
    _S.POST_CHECK: (("核查中",), ("post-check", "being verified")),
    _S.TO_CLOSE: (("待结案", "未结案"), ("to close",)),
    _S.CLOSED: (("正常结案",), ("closed normally",)),
    _S.FORCED_CLOSED: (("已强制结案",), ("closed by force", "forced")),
}

STEPS: dict[Step, tuple[tuple[str, ...], tuple[str, ...]]] = {
    Step.COLLECTION: (("信息收集", "采集环节", "受理环节"), ("collection",)),
    Step.FILING: (("案卷建立", "立案环节"), ("filing",)),
    Step.DISPATCH: (("任务派遣", "派遣环节"), ("dispatch step", "dispatching")),
    Step.HANDLING: (("任务处理", "处理环节", "处置环节"), ("handling step", "disposal")),
    Step.FEEDBACK: (("处理反馈", "反馈环节"), ("feedback",)),
    Step.VERIFICATION: (("核查结案", "核查环节"), ("verification",)),
    Step.EVALUATION: (("综合评价", "已办结", "办结"), ("evaluation", "ended")),
}

SOURCES: dict[Source, tuple[tuple[str, ...], tuple[str, ...]]] = {
    Source.PATROL: (("监督员上报", "巡查上报", "巡查"), ("patrol",)),
    Source.HOTLINE: (("热线", "热线来电", "12345"), ("hotline",)),
    Source.PUBLIC: (("随手拍", "公众上报", "公众"), ("public", "citizen app")),
    Source.VIDEO: (("视频", "视频上报", "视频巡查"), ("video",)),
    Source.LEADER: (("领导督办", "领导交办"), ("leader",)),
    Source.TRANSFER: (("部门批转", "批转"), ("transfer", "transferred")),
    Source.IMPORTED: (("导入数据", "导入"), ("imported",)),
}

FLAGS: dict[Flag, tuple[tuple[str, ...], tuple[str, ...]]] = {
    Flag.URGENT: (("紧急", "加急"), ("urgent",)),
    Flag.SUPERVISED: (("督办中", "被督办", "督办件"), ("supervised",)),
    Flag.TYPICAL: (("典型", "典型案例"), ("typical",)),
    Flag.SIMILAR: (("有重复", "重复件"), ("duplicated", "has duplicates")),
    Flag.CONSULTED: (("已会商",), ("consulted",)),
    Flag.AUTHORISED: (("已授权",), ("authorised", "authorized")),
    Flag.APPEALED: (("已申诉",), ("appealed",)),
    Flag.EXEMPT: (("考核豁免", "豁免"), ("exempt",)),
    Flag.SELF_HANDLED: (("自处置",), ("self-handled", "self handled")),
    Flag.ANSWERED: (("已直接办理", "已答复"), ("answered",)),
    Flag.SPLIT: (("已拆分",), ("split up",)),
}

REQUESTS: dict[Request, tuple[tuple[str, ...], tuple[str, ...]]] = {
    Request.VOID: (("作废申请",), ("void request",)),
    Request.AUTHORITY: (("授权请示",), ("authority request",)),
    Request.RETURN: (("回退申请",), ("return request",)),
    Request.EXTENSION: (("延期申请",), ("extension request",)),
    Request.SUSPENSION: (("挂账申请",), ("suspension request",)),
    Request.FORCED_CLOSE: (("强制结案申请",), ("forced close request",)),
    Request.APPEAL: (("申诉初审",), ("appeal request",)),
    Request.APPEAL_REVIEW: (("申诉复审",), ("appeal review",)),
}

POSTS: dict[Post, tuple[tuple[str, ...], tuple[str, ...]]] = {
    Post.ACCEPTOR: (("受理员",), ("acceptor",)),
    Post.SHIFT_LEADER: (("值班长",), ("shift leader",)),
    Post.DISPATCHER: (("派遣员",), ("dispatcher",)),
    Post.DISTRICT_DISPATCHER: (("区级派遣员",), ("district dispatcher",)),
    Post.DEPARTMENT_DESK: (("专业部门",), ("department desk",)),
    Post.PATROLLER: (("监督员",), ("patroller",)),
    Post.EVALUATOR: (("考核员",), ("evaluator",)),
    Post.LEADER: (("领导",), ("leaders",)),
    Post.SYSTEM: (("系统",), ("system",)),
}

ORDERS: dict[Order, tuple[tuple[str, ...], tuple[str, ...]]] = {
    Order.DUE: (("剩余", "剩余时间", "到期", "截止"), ("due", "remaining", "deadline", "left", "time left")),
    Order.REPORTED: (("上报", "上报时间"), ("reported", "report time")),
    Order.CODE: (("编号", "案号"), ("code", "number", "case no.")),
    Order.STATE: (("状态",), ("state", "status")),
    Order.CLASS: (("类别", "小类"), ("class", "category")),
    Order.DEPARTMENT: (("部门",), ("department", "dept")),
    Order.DISTRICT: (("区域", "区划", "城区"), ("district", "division", "area")),
    Order.ADDRESS: (("地点", "地址"), ("place", "address")),
    Order.CELL: (("网格", "单元网格"), ("cell", "unit grid", "grid")),
    Order.FED_BACK: (("反馈", "反馈时间"), ("fed back", "feedback")),
    Order.ENDED: (("办结", "办结时间", "结案"), ("ended", "closed")),
    Order.SUSPENDED_UNTIL: (("挂账至", "挂账"), ("suspended until", "suspended")),
    Order.TEXT: (("描述", "文字"), ("description", "text")),
    Order.SOURCE: (("来源",), ("source",)),
    Order.HANDLER: (("经手", "经手人"), ("holder", "handler")),
    Order.STREET: (("街道",), ("street",)),
    Order.GRID: (("责任网格",), ("responsibility grid",)),
    Order.FLAGS: (("标记",), ("mark", "marks", "flags")),
    Order.LIMIT: (("时限",), ("limit",)),
    Order.REWORKS: (("返工",), ("rework", "reworks", "reworked")),
    Order.EXTENSIONS: (("延期",), ("extended", "extensions")),
    Order.RETURNS: (("回退",), ("returned", "returns")),
}
DOWN, UP = ("倒序", "降序", "desc", "descending", "↓"), ("正序", "升序", "顺序", "asc", "ascending", "↑")
SORT = ("按", "排序", "by", "sort", "sort by", "order by")

LATE = ("超期", "逾期", "超时", "已超期", "late", "overdue")
SOON = ("即将超期", "临期", "快到期", "快超期", "due soon", "soon")
DUE = ("到期", "剩余", "due", "due in", "due within", "left")
OLDER = ("超过", "久于", "over", "older", "older than", "longer than")
NEWER = ("近", "最近", "近于", "last", "newer", "newer than", "past")
REPORTED, ENDED = ("上报", "登记", "reported"), ("办结", "结案", "ended", "closed")
SINCE, UNTIL = ("自", "从", "since", "from"), ("截至", "截止", "until", "up to")
MINE = ("我的", "我经手", "我手上", "mine", "my cases")
WAITING_FOR_ME = ("等我办", "待我办", "该我办", "等我", "waiting for me", "my turn", "for me")
OPEN, ALL = ("在办", "未结", "open", "unfinished"), ("全部", "所有", "含已结", "all", "everything")
SHUT = ("结案", "已结案", "已结", "closed")
KINDS = {"event:": ("事件", "events", "event"), "part:": ("部件", "parts", "part")}

# What is said for a part of a department's name.
SHORT: tuple[tuple[str, str], ...] = (
    ("环境卫生", "环卫"),
    ("城市管理", "城管"),
    ("综合执法", "执法"),
    ("市政设施", "市政"),
    ("园林绿化", "园林"),
    ("住房和城乡建设", "住建"),
    ("住房保障和城乡建设", "住建"),
    ("自然资源和规划", "资规"),
    ("市场监督管理", "市监"),
    ("交通运输", "交通"),
    ("生态环境", "环保"),
    ("应急管理", "应急"),
)

# What may stand before a colon, by the field it tells.
KEYS: dict[str, tuple[str, ...]] = {
    "step": ("步骤", "环节", "step"),
    "states": ("状态", "state", "states"),
    "scope": ("范围", "scope"),
    "late": ("超期", "late", "overdue"),
    "due_within": ("到期", "due"),
    "older_than": ("久于", "older"),
    "newer_than": ("近于", "newer"),
    "reported": ("上报", "reported"),
    "ended": ("办结", "ended"),
    "department": ("部门", "department", "dept"),
    "division": ("区域", "division", "district", "area"),
    "street": ("街道", "street"),
    "responsibility_grid": ("责任网格", "grid"),
    "cell": ("网格", "单元网格", "cell"),
    "within": ("选区", "within"),
    "classes": ("类别", "class", "category"),
    "source": ("来源", "source"),
    "text": ("文字", "text"),
    "figure": ("指标", "figure"),
    "request": ("申请", "request"),
    "flag": ("标记", "flag"),
    "handler": ("经手", "handler", "holder"),
    "posts": ("等", "waiting"),
    "order": ("按", "by", "sort"),
}
KEY_OF = {word: field for field, words in KEYS.items() for word in words}


def trade_words() -> Iterator[tuple[str, Means]]:
    """Every word that narrows by itself, with what it means."""
    tables: tuple[tuple[str, dict[Any, Any]], ...] = (
        ("states", STATES),
        ("step", STEPS),
        ("source", SOURCES),
        ("flag", FLAGS),
        ("request", REQUESTS),
    )
    for field, table in tables:
        for value, languages in table.items():
            for word in (*languages[0], *languages[1]):
                yield word, Means(field, (value,) if field == "states" else value)
    for words, means in (
        (SHUT, Means("states", _SHUT)),
        (LATE, Means("late", True)),
        (OPEN, Means("scope", "open")),
        (ALL, Means("scope", "all")),
        (MINE, Means("mine", True)),
        *(((name,), Means("period", name)) for name in NAMED),
        (WAITING_FOR_ME, Means("for_me", True)),
        *((words, Means("classes", kind)) for kind, words in KINDS.items()),
    ):
        for word in words:
            yield word, means
