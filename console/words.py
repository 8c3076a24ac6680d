"""A word for every code: steps, states, operations, lamps, sources, limits, counts and refusals."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from console.domain.case import Source
from console.domain.catalogue import LimitUnit
from console.domain.city import DepartmentKind
from console.domain.errors import Refused
from console.domain.flow import Operation, State, Step
from console.domain.lamp import Lamp
from console.i18n import N_, _

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
    State.NOT_ACCEPTED: N_("不予受理"),
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

_LIMIT_UNITS = {
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

REFUSALS = {
    "wrong_step": N_("案件 {code} 现为“{state}”,不能{operation}"),
    "needs_condition": N_("立案须选定类别和立案条件"),
    "needs_department": N_("请选定派遣部门"),
    "needs_reason": N_("请写明理由"),
    "same_department": N_("已在该部门:{department}"),
    "unknown_condition": N_("类别 {key} 没有第 {number} 条立案条件"),
    "unknown_class": N_("现行标准中没有类别 {key}"),
    "unknown_department": N_("没有部门 {department}"),
    "unknown_operation": N_("没有操作 {operation};可用:{known}"),
    "nothing_to_undo": N_("案件 {code} 没有可撤销的操作"),
    "no_such_case": N_("没有案件 {code}"),
    "stale": N_("案件 {code} 已被他人处理,请按新状态再操作"),
    "empty_report": N_("请描述问题"),
    "text_too_long": N_("文字过长:{length} 字,上限 {most} 字"),
    "bad_place": N_("坐标不在有效范围内"),
    "no_city": N_("还没有城市数据:请用 grid-console city load 或 city demo 装入"),
    "no_grids": N_("城市数据中没有单元网格"),
    "other_city": N_("库中已有“{present}”,不能装入“{coming}”:请换一个数据文件夹(--data)"),
    "calendar_out_of_range": N_("工作日历为 {first} 至 {last},此外无法计算时限"),
    "calendar_empty": N_("工作日历中没有工作时段"),
    "database_url": N_("不认识的数据库地址:{url}"),
    "database_unreachable": N_("连不上数据库 {url}:{said}"),
    "database_not_writable": N_("数据库不可写:{url}"),
    "database_damaged": N_("数据库文件已损坏:{url};请用备份恢复"),
    "database_busy": N_("数据库正被占用:{url};请稍后再试"),
    "database_full": N_("磁盘已满,未保存:{url}"),
    "settings_damaged": N_("设置文件 {file} 有误:{said}"),
    "folder_not_writable": N_("数据文件夹不可写:{folder}({said})"),
    "bad_qt_pair": N_("PySide6 {qt} 与 Python {python} 不能同用,会随机崩溃:请装 PySide6 6.11 或 Python 3.12"),
    "feed_in_real_city": N_("“{city}”是真实城市,不能模拟来件"),
    "database_newer": N_("数据库版本 {version} 比本程序新:请升级程序"),
    "no_mapping": N_("没有映射“{asked}”:请给出 TOML 文件或内置名称({known})"),
    "mapping_unreadable": N_("映射文件 {file} 无法读取:{said}"),
    "mapping_unknown_keys": N_("映射文件 {file} 中有不认识的键:{keys}"),
    "mapping_invalid": N_("映射文件 {file} 有误:{said}"),
    "unknown_format": N_("不认识的文件格式:{file};可用:{known}"),
    "file_unreadable": N_("文件无法读取:{file}({said})"),
    "wrong_encoding": N_("{file} 的编码不是 {encoding}:第 {position} 字节处不符;请试 {others}"),
    "utf_16": N_("{file} 是 UTF-16 编码:请另存为 UTF-8 或 GB18030"),
    "no_header": N_("{file} 是空的:没有列名"),
    "missing_columns": N_("{file} 缺少列:{columns};文件中的列:{known}"),
    "repeated_columns": N_("{file} 中列名重复:{columns}"),
    "open_quote": N_("{file} 第 {row} 行起引号没有闭合,其后的内容无法分行"),
    "workbook_too_large": N_(
        "{file} 解开后达 {megabytes} MB(上限 {most}),压缩比 {ratio}(上限 {most_ratio}):未打开"
    ),
    "workbook_damaged": N_("{file} 不是完好的 XLSX 文件:{said}"),
    "no_sheet": N_("{file} 中没有工作表“{sheet}”;有:{known}"),
    "xml_unguarded": N_("缺少 defusedxml,不能安全读取 XLSX:请重新安装"),
    "geojson_too_large": N_("{file} 有 {megabytes} MB,上限 {most} MB"),
    "geojson_damaged": N_("{file} 不是有效的 GeoJSON:{said}"),
    "swapped_columns": N_("{file} 中 {rows} 行的经纬度颠倒:请在映射中互换 {lon} 与 {lat}"),
    "too_many_classes": N_("{edition} 的类别过多:一级至多 {most} 个"),
    "report_not_writable": N_("结果文件不可写:{file}({said})"),
    "broken_row": N_("这一行不是完好的 CSV:{said}"),
    "wrong_width": N_("这一行有 {cells} 格,列名有 {columns} 个"),
    "not_a_feature": N_("不是 GeoJSON 要素"),
    "not_a_point": N_("不是点要素:{kind}"),
    "missing_value": N_("没有填写"),
    "bad_time": N_("时间“{value}”不合格式 {formats}"),
    "bad_number": N_("“{value}”不是数"),
    "half_place": N_("经纬度只有一半"),
    "swapped_place": N_("经纬度颠倒:{lon}, {lat}"),
    "unknown_code": N_("代码表中没有“{value}”"),
    "repeated_later": N_("同一编号在第 {later} 行再次出现,以后者为准"),
    "external_id_taken": N_("编号 {external_id} 已属案件 {code},并非导入所得"),
}


STAGES = {
    "reading": N_("读取"),
    "cutting": N_("切分"),
    "numbering": N_("编码"),
    "packing": N_("整理"),
    "checking": N_("检查"),
    "writing": N_("写入"),
}

FINDINGS: dict[str, str] = {}


def refusal(problem: Refused) -> str:
    """One sentence for a refusal, in the user's language."""
    facts = {name: _fact(name, value) for name, value in problem.facts.items()}
    template = REFUSALS.get(problem.code)
    if template is None:
        listed = "; ".join(f"{name}: {value}" for name, value in facts.items())
        return f"{problem.code} ({listed})" if listed else problem.code
    try:
        return _(template).format(**facts)
    except KeyError:
        return _(template)


def limit(value: float, unit: str) -> str:
    """A limit in words, such as 4 工作时; empty where none is set."""
    return _(_LIMIT_UNITS[LimitUnit(unit)]).format(value=f"{value:g}") if unit else ""


def clock_time(moment: datetime, zone: ZoneInfo, now: datetime) -> str:
    """A moment as an operator reads it: the time today, month and day besides on other days."""
    local, today = moment.astimezone(zone), now.astimezone(zone)
    if local.date() == today.date():
        return f"{local:%H:%M}"
    return f"{local:%m-%d %H:%M}" if local.year == today.year else f"{local:%Y-%m-%d %H:%M}"


def span(seconds: float) -> str:
    """A remaining or overdue time in one unit style: `0:42`, `-0:18`, `2 天`."""
    sign = "-" if seconds < 0 else ""
    minutes = int(abs(seconds)) // 60
    if minutes >= 48 * 60:
        return sign + _("{days} 天").format(days=minutes // (24 * 60))
    return f"{sign}{minutes // 60}:{minutes % 60:02d}"


def _fact(name: str, value: object) -> str:
    text = str(value)
    if name == "state" and text in set(State):
        return _(STATES[State(text)])
    if name == "operation" and text in set(Operation):
        return _(OPERATIONS[Operation(text)])
    return text


def finding(rule: str, facts: Mapping[str, object]) -> str:
    """One line for a finding of the pack check: the rule's words, then where and what."""
    template = FINDINGS.get(rule)
    listed = ", ".join(f"{name}={value}" for name, value in facts.items() if name != "rule" and value != "")
    return f"{_(template) if template else rule}: {listed}"
