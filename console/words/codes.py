"""A word for every code: steps, states, operations, flags, posts, lamps, sources, limits, counts."""

from console.domain.actor import Post
from console.domain.case import CheckResult, Flag, Satisfaction, Source
from console.domain.catalogue import LimitUnit
from console.domain.city import DepartmentKind
from console.domain.city_act import CityAct
from console.domain.flow import State, Step
from console.domain.lamp import Lamp
from console.domain.operation import Operation, Request
from console.domain.zone import ZoneArea
from console.i18n import N_

STEPS = {
    Step.COLLECTION: N_("信息收集"),
    Step.FILING: N_("案卷建立"),
    Step.DISPATCH: N_("任务派遣"),
    Step.HANDLING: N_("任务处理"),
    Step.FEEDBACK: N_("处理反馈"),
    Step.VERIFICATION: N_("核查结案"),
    Step.EVALUATION: N_("综合评价"),
}

SHORT_STEPS = {
    Step.COLLECTION: N_("采集"),
    Step.FILING: N_("立案"),
    Step.DISPATCH: N_("派遣"),
    Step.HANDLING: N_("处理"),
    Step.FEEDBACK: N_("反馈"),
    Step.VERIFICATION: N_("核查"),
    Step.EVALUATION: N_("今日结案"),
}

STATES = {
    State.REPORTED: N_("待受理"),
    State.PRE_CHECK: N_("核实中"),
    State.TO_FILE: N_("待立案"),
    State.NOT_ACCEPTED: N_("未予受理"),
    State.VOIDED: N_("已作废"),
    State.MERGED: N_("已并案"),
    State.TO_DISPATCH: N_("待派遣"),
    State.TO_HANDLE: N_("待处置"),
    State.HANDLING: N_("处置中"),
    State.SUSPENDED: N_("挂账"),
    State.RETURNED: N_("回退待审"),
    State.FED_BACK: N_("已反馈"),
    State.POST_CHECK: N_("核查中"),
    State.TO_CLOSE: N_("待结案"),
    State.CLOSED: N_("已结案"),
    State.FORCED_CLOSED: N_("已强制结案"),
}

OPERATIONS = {
    Operation.REGISTER: N_("登记"),
    Operation.ACCEPT: N_("受理"),
    Operation.REJECT: N_("不予受理"),
    Operation.ANSWER: N_("直接办理"),
    Operation.CONFIRM_SELF: N_("确认自处置"),
    Operation.PRE_CHECK: N_("派核实"),
    Operation.PRE_CHECK_RESULT: N_("核实反馈"),
    Operation.FILE: N_("立案"),
    Operation.VOID: N_("作废"),
    Operation.ASK_VOID: N_("申请作废"),
    Operation.ALLOW_VOID: N_("同意作废"),
    Operation.REFUSE_VOID: N_("驳回作废"),
    Operation.MERGE: N_("并案"),
    Operation.UNMERGE: N_("拆并"),
    Operation.DISPATCH: N_("派遣"),
    Operation.SECOND_DISPATCH: N_("二次派遣"),
    Operation.REDISPATCH: N_("改派"),
    Operation.SEND_BACK: N_("退回受理"),
    Operation.CONSULT: N_("会商"),
    Operation.SPLIT: N_("拆分"),
    Operation.ASK_AUTHORITY: N_("请示授权"),
    Operation.GIVE_AUTHORITY: N_("授权"),
    Operation.REFUSE_AUTHORITY: N_("不予授权"),
    Operation.RECEIVE: N_("接收处置"),
    Operation.ASK_RETURN: N_("申请回退"),
    Operation.ALLOW_RETURN: N_("同意回退"),
    Operation.REFUSE_RETURN: N_("驳回回退"),
    Operation.ASK_EXTENSION: N_("申请延期"),
    Operation.ALLOW_EXTENSION: N_("同意延期"),
    Operation.REFUSE_EXTENSION: N_("驳回延期"),
    Operation.ASK_SUSPENSION: N_("申请挂账"),
    Operation.ALLOW_SUSPENSION: N_("同意挂账"),
    Operation.REFUSE_SUSPENSION: N_("驳回挂账"),
    Operation.RESUME: N_("恢复"),
    Operation.FEED_BACK: N_("处置反馈"),
    Operation.CHECK: N_("派核查"),
    Operation.PASS_CHECK: N_("核查通过"),
    Operation.FAIL_CHECK: N_("核查不通过"),
    Operation.CLOSE: N_("结案"),
    Operation.REWORK: N_("返工"),
    Operation.ASK_FORCED_CLOSE: N_("申请强制结案"),
    Operation.ALLOW_FORCED_CLOSE: N_("同意强制结案"),
    Operation.REFUSE_FORCED_CLOSE: N_("驳回强制结案"),
    Operation.SPOT_CHECK: N_("抽查"),
    Operation.REOPEN: N_("重开"),
    Operation.CALL_BACK: N_("回访"),
    Operation.APPEAL: N_("申诉"),
    Operation.PASS_APPEAL: N_("申诉初审通过"),
    Operation.ALLOW_APPEAL: N_("申诉成立"),
    Operation.REFUSE_APPEAL: N_("驳回申诉"),
    Operation.WITHDRAW: N_("撤回申请"),
    Operation.SUPERVISE: N_("督办"),
    Operation.REPLY_SUPERVISION: N_("督办回复"),
    Operation.END_SUPERVISION: N_("解除督办"),
    Operation.URGE: N_("催办"),
    Operation.MARK: N_("标记"),
    Operation.UNMARK: N_("取消标记"),
    Operation.ATTACH: N_("补充材料"),
    Operation.HAND_OVER: N_("交办"),
    Operation.RELOCATE: N_("改正位置"),
    Operation.UNDO: N_("撤销"),
    Operation.COUNTER: N_("冲正"),
    Operation.TAKE_IN: N_("并入重复案件"),
    Operation.LET_GO: N_("移出重复案件"),
    Operation.RECLOCK: N_("重算时限"),
    Operation.IMPORT: N_("导入"),
}

REQUESTS = {
    Request.VOID: N_("作废申请"),
    Request.AUTHORITY: N_("授权请示"),
    Request.RETURN: N_("回退申请"),
    Request.EXTENSION: N_("延期申请"),
    Request.SUSPENSION: N_("挂账申请"),
    Request.FORCED_CLOSE: N_("强制结案申请"),
    Request.APPEAL: N_("申诉(初审)"),
    Request.APPEAL_REVIEW: N_("申诉(复审)"),
}

FLAGS = {
    Flag.URGENT: N_("紧急"),
    Flag.SUPERVISED: N_("督办中"),
    Flag.TYPICAL: N_("典型"),
    Flag.SIMILAR: N_("有重复"),
    Flag.CONSULTED: N_("已会商"),
    Flag.AUTHORISED: N_("已授权"),
    Flag.APPEALED: N_("已申诉"),
    Flag.EXEMPT: N_("考核豁免"),
    Flag.SELF_HANDLED: N_("自处置"),
    Flag.ANSWERED: N_("已直接办理"),
    Flag.SPLIT: N_("已拆分"),
}

CHECK_RESULTS = {
    CheckResult.EXISTS: N_("问题存在"),
    CheckResult.ABSENT: N_("问题不存在"),
    CheckResult.UNCLEAR: N_("无法核实"),
    CheckResult.PASSED: N_("合格"),
    CheckResult.FAILED: N_("不合格"),
}

SATISFACTIONS = {
    Satisfaction.VERY: N_("非常满意"),
    Satisfaction.SATISFIED: N_("满意"),
    Satisfaction.NOT_SATISFIED: N_("不满意"),
}

POSTS = {
    Post.ACCEPTOR: N_("受理员"),
    Post.SHIFT_LEADER: N_("值班长"),
    Post.DISPATCHER: N_("派遣员"),
    Post.DISTRICT_DISPATCHER: N_("区级派遣员"),
    Post.DEPARTMENT_DESK: N_("专业部门"),
    Post.PATROLLER: N_("监督员"),
    Post.EVALUATOR: N_("考核员"),
    Post.LEADER: N_("领导"),
    Post.SYSTEM: N_("系统"),
}

CITY_ACTS = {
    CityAct.CITY_LOADED: N_("装入城市"),
    CityAct.CALENDAR_EDITED: N_("修改工作日历"),
    CityAct.PRACTICE_CHANGED: N_("更换办理规程"),
    CityAct.STAFF_CHANGED: N_("更新人员名单"),
    CityAct.ZONE_PROPOSED: N_("申请管控"),
    CityAct.ZONE_APPROVED: N_("批准管控"),
    CityAct.ZONE_ENDED: N_("解除管控"),
    CityAct.SHIFTS_CHANGED: N_("修改班次"),
    CityAct.ROSTER_CHANGED: N_("修改值班表"),
    CityAct.HANDOVER_GIVEN: N_("交班"),
    CityAct.HANDOVER_TAKEN: N_("接班"),
    CityAct.VIEW_SHARED: N_("共享视图"),
    CityAct.VIEW_WITHDRAWN: N_("撤下共享视图"),
    CityAct.MACRO_SHARED: N_("共享宏"),
    CityAct.MACRO_WITHDRAWN: N_("收回共享宏"),
    CityAct.DRILL_STARTED: N_("开始演练"),
}

LAMPS = {
    Lamp.NONE: N_("未计时"),
    Lamp.IN_TIME: N_("时限内"),
    Lamp.SOON: N_("即将超期"),
    Lamp.LATE: N_("超期"),
}

SOURCES = {
    Source.PATROL: N_("监督员上报"),
    Source.HOTLINE: N_("热线"),
    Source.PUBLIC: N_("随手拍"),
    Source.VIDEO: N_("视频"),
    Source.LEADER: N_("领导督办"),
    Source.TRANSFER: N_("部门批转"),
    Source.IMPORTED: N_("导入数据"),
}

DEPARTMENT_KINDS = {
    DepartmentKind.DISTRICT: N_("区"),
    DepartmentKind.COMMITTEE: N_("管委会"),
    DepartmentKind.BUREAU: N_("市直部门"),
    DepartmentKind.PROFESSIONAL: N_("专业部门"),
    DepartmentKind.DISTRICT_BUREAU: N_("区直部门"),
}

ZONE_AREAS = {
    ZoneArea.CITY: N_("全市"),
    ZoneArea.DISTRICT: N_("区"),
    ZoneArea.COMMITTEE: N_("管委会"),
    ZoneArea.STREET: N_("街道"),
    ZoneArea.COMMUNITY: N_("社区"),
    ZoneArea.RESPONSIBILITY_GRID: N_("责任网格"),
    ZoneArea.UNIT_GRID: N_("单元网格"),
}

LIMIT_UNITS = {
    LimitUnit.URGENT_HOUR: N_("{value} 紧急工作时"),
    LimitUnit.WORK_HOUR: N_("{value} 工作时"),
    LimitUnit.WORK_DAY: N_("{value} 工作日"),
}

COUNTS = {
    "accepted": N_("受理数"),
    "filed": N_("立案数"),
    "dispatched": N_("派遣数"),
    "effective": N_("有效派遣数"),
    "to_handle": N_("应处置数"),
    "handled": N_("处置数"),
    "handled_in_time": N_("按期处置数"),
    "to_close": N_("应结案数"),
    "closed": N_("结案数"),
    "closed_in_time": N_("按期结案数"),
    "reworked": N_("返工数"),
    "extended": N_("延期数"),
}

RATIOS = {
    "filing_rate": N_("立案率"),
    "dispatch_rate": N_("派遣率"),
    "effective_rate": N_("有效派遣率"),
    "in_time_rate": N_("按期处置率"),
    "closing_rate": N_("结案率"),
    "closed_in_time_rate": N_("按期结案率"),
    "rework_rate": N_("返工率"),
    "extension_rate": N_("延期率"),
}

PROBLEMS = {
    "row_differs": N_("现状与流水不符:"),
    "journal_gap": N_("流水缺号"),
    "journal_unreadable": N_("流水无法读取"),
    "case_without_journal": N_("案件没有流水"),
    "journal_without_case": N_("流水没有案件"),
    "handover_differs": N_("交班内容与流水不符:"),
    "deadline_differs": N_("计时与流水中的操作不符:"),
    "index_differs": N_("检索索引与案件文字不符,请执行 text-index build --anew"),
    "sets_differ": N_("案件集合与案件不符,请执行 case-sets build --anew:"),
    "chain_broken": N_("流水散列链在此断开,该行被改动、删除、插入或移位:"),
    "chain_rewritten": N_("流水与锚点记录不符,散列链被整体改写过;锚点时间"),
    "tail_cut": N_("锚点记录过的流水已不存在,末尾被截去;锚点时间"),
    "store_exchanged": N_("这里原来是另一个数据库,确系更换请移走 anchors.jsonl;锚点时间"),
    "anchor_unreadable": N_("锚点记录无法读取"),
    "evidence_missing": N_("照片或文件缺失:"),
    "evidence_altered": N_("照片或文件与接收时不同:"),
    "evidence_unreadable": N_("照片或文件无法读取:"),
}

FILTER_FIELDS = {
    "step": N_("环节"),
    "states": N_("状态"),
    "scope": N_("范围"),
    "late": N_("超期"),
    "late_times": N_("超期倍数"),
    "due_within": N_("到期"),
    "older_than": N_("上报已超过"),
    "newer_than": N_("上报不足"),
    "period": N_("时段"),
    "reported_since": N_("上报起"),
    "reported_until": N_("上报止"),
    "ended_since": N_("办结起"),
    "ended_until": N_("办结止"),
    "department": N_("部门"),
    "division": N_("区域"),
    "street": N_("街道"),
    "responsibility_grid": N_("责任网格"),
    "cell": N_("单元网格"),
    "within": N_("选区"),
    "classes": N_("类别"),
    "source": N_("来源"),
    "text": N_("文字"),
    "figure": N_("指标"),
    "request": N_("申请"),
    "flag": N_("标记"),
    "handler": N_("经手人"),
    "posts": N_("待办岗位"),
    "order": N_("排序"),
    "descending": N_("倒序"),
}
