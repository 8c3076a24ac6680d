"""A word for every code: steps, states, operations, lamps, sources, limits, counts."""

from console.domain.case import Source
from console.domain.catalogue import LimitUnit
from console.domain.city import DepartmentKind
from console.domain.flow import State, Step
from console.domain.lamp import Lamp
from console.domain.operation import Operation
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
    State.TO_FILE: N_("待立案"),
    State.NOT_ACCEPTED: N_("未予受理"),
    State.VOIDED: N_("作废"),
    State.TO_DISPATCH: N_("待派遣"),
    State.TO_HANDLE: N_("待处置"),
    State.HANDLING: N_("处置中"),
    State.FED_BACK: N_("已反馈"),
    State.POST_CHECK: N_("核查中"),
    State.CLOSED: N_("结案"),
}

OPERATIONS = {
    Operation.REGISTER: N_("登记"),
    Operation.ACCEPT: N_("受理"),
    Operation.REJECT: N_("不予受理"),
    Operation.FILE: N_("立案"),
    Operation.VOID: N_("作废"),
    Operation.DISPATCH: N_("派遣"),
    Operation.REDISPATCH: N_("改派"),
    Operation.RECEIVE: N_("接收处置"),
    Operation.FEED_BACK: N_("处置反馈"),
    Operation.CHECK: N_("派核查"),
    Operation.CLOSE: N_("核查通过并结案"),
    Operation.REWORK: N_("返工"),
    Operation.UNDO: N_("撤销"),
    Operation.IMPORT: N_("导入"),
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
}

RATIOS = {
    "filing_rate": N_("立案率"),
    "dispatch_rate": N_("派遣率"),
    "effective_rate": N_("有效派遣率"),
    "in_time_rate": N_("按期处置率"),
    "closing_rate": N_("结案率"),
    "closed_in_time_rate": N_("按期结案率"),
    "rework_rate": N_("返工率"),
}

PROBLEMS = {
    "row_differs": N_("现状与流水不符:"),
    "journal_gap": N_("流水缺号"),
    "journal_unreadable": N_("流水无法读取"),
    "case_without_journal": N_("案件没有流水"),
    "journal_without_case": N_("流水没有案件"),
}
