"""Words for what is wrong in a practice, a list of staff or a duty roster."""

from datetime import date

from console.i18n import N_, _
from console.words.dates import short_day

_LEAP = 2000  # a year that has every day of a season

_STANDARD = N_("标准规程")  # as resources/practice/standard.toml names itself
FLAWS = {
    "bad_label": N_("名称须按语言(zh、en)写明"),
    "bad_name": N_("须为 1 至 40 个可显示的字"),
    "bad_span": N_("时段须写作两个月-日,如 03-01"),
    "missing_operation": N_("未写明谁可办理"),
    "no_stage": N_("此状态没有环节时限"),
    "nobody_may": N_("主流程的操作须至少有一个岗位可办"),
    "not_a_class": N_("须为类别代码,或其种类、大类,如 part:、event:05"),
    "not_a_flag": N_("须为 true 或 false"),
    "not_a_list": N_("须为列表"),
    "not_a_table": N_("须为表"),
    "not_from_state": N_("办理流程中此状态没有这项操作"),
    "not_undoable": N_("此操作不能撤销"),
    "out_of_range": N_("不在可用范围内"),
    "unknown_key": N_("不认识的键"),
    "unknown_operation": N_("没有这项操作"),
    "unknown_post": N_("没有这个岗位"),
    "unknown_practice": N_("没有这个内置规程"),
    "unknown_state": N_("没有这个状态"),
    "unknown_tier": N_("须为 I、II 或 III"),
}

STAFF_PROBLEMS = {
    "half_place": N_("经纬度只有一半"),
    "not_of_post": N_("此人没有这个岗位"),
    "on_duty_twice": N_("同一班次重复"),
    "second_leader": N_("本班次已有带班领导"),
    "unknown_person": N_("人员名单中没有此人"),
    "unknown_post": N_("没有这个岗位"),
    "unknown_shift": N_("没有这个班次"),
    "missing": N_("没有填写"),
    "repeated": N_("姓名重复"),
    "unknown_department": N_("没有这个部门"),
    "unknown_division": N_("没有这个区划"),
    "unknown_grid": N_("没有这个责任网格"),
}


def season_words(first: tuple[int, int], last: tuple[int, int]) -> str:
    """A season of every year, between two days of it as month and day."""
    return " – ".join(short_day(date(_LEAP, *day)) for day in (first, last))


def practice_name(name: str) -> str:
    """The standard's own name in the user's language; a name that a site gave stays as it was written."""
    return _(_STANDARD) if name == _STANDARD else name


def flaw(key: str, rule: str, value: str) -> str:
    """One line for a flaw of a practice: where, what is wrong, what was told."""
    said = _(FLAWS[rule])
    return f"{key}: {said} ({value})" if value else f"{key}: {said}"


def staff_problem(file: str, *, row: int, field: str, kind: str, value: str, known: str) -> str:
    """One line for what is wrong in a row of a staff list or roster; `known` are the values it may have."""
    said = _(STAFF_PROBLEMS.get(kind) or N_("值无效"))
    if known:
        said = _("{said},可用:{known}").format(said=said, known=known)
    return _("{file} 第 {row} 行 {field}:{said}").format(file=file, row=row, field=field, said=said) + (
        f" ({value})" if value else ""
    )
