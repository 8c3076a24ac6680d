"""Words for what the pack check finds, and for the stages of long work."""

from console.i18n import N_

STAGES = {
    "city": N_("生成城市"),
    "cases": N_("生成案件"),
    "reading": N_("读取"),
    "cutting": N_("切分"),
    "numbering": N_("编码"),
    "packing": N_("整理"),
    "checking": N_("检查"),
    "writing": N_("写入"),
}

# What a pack holds, by kind.
HOLDINGS = {
    "divisions": N_("区划"),
    "responsibility_grids": N_("责任网格"),
    "unit_grids": N_("单元网格"),
    "departments": N_("部门"),
    "rules": N_("责任清单"),
    "classes": N_("类别"),
    "staff": N_("人员"),
}

FINDINGS = {
    "area_differs": N_("面积与声明不符"),
    "area_not_positive": N_("面积不大于零"),
    "community_left": N_("网格超出社区范围"),
    "community_not_filled": N_("网格未铺满社区"),
    "coordinates_not_finite": N_("坐标不是有限数"),
    "coordinates_out_of_range": N_("坐标不在有效范围内"),
    "coordinates_swapped": N_("经纬度颠倒"),
    "dates_swapped": N_("终止日期早于起始日期"),
    "department_division": N_("部门所属区划不存在"),
    "department_parent": N_("上级部门不存在"),
    "department_repeated": N_("部门代码重复"),
    "division_parent": N_("上级区划不存在"),
    "division_repeated": N_("区划代码重复"),
    "division_unknown": N_("所属区划不存在"),
    "far_from_city": N_("远离城市"),
    "gap": N_("网格之间有缝隙"),
    "overlap": N_("网格重叠"),
    "polygon_invalid": N_("多边形无效"),
    "polygon_missing": N_("没有多边形"),
    "polygon_open": N_("多边形未闭合"),
    "practice_flaw": N_("规程中有误"),
    "responsibility_empty": N_("责任网格内没有单元网格"),
    "responsibility_left": N_("单元网格超出责任网格"),
    "responsibility_missing": N_("未归入责任网格"),
    "responsibility_not_filled": N_("单元网格未铺满责任网格"),
    "responsibility_repeated": N_("责任网格代码重复"),
    "responsibility_unknown": N_("责任网格不存在"),
    "road_no_line": N_("道路不是线"),
    "layer_shape": N_("该图层不收这种图形"),
    "row_invalid": N_("表中的值无效"),
    "rule_class": N_("责任清单中的类别不存在"),
    "rule_department": N_("责任清单中的部门不存在"),
    "rule_division": N_("责任清单中的区划不存在"),
    "sequence_gap": N_("社区内编号有跳号"),
    "unit_code_form": N_("编码不是十五位数字"),
    "unit_code_parent": N_("编码前缀与社区不符"),
    "unit_code_repeated": N_("编码重复"),
    "unit_code_reused": N_("停用的编码被再次使用"),
    "value_missing": N_("表中缺少必填的值"),
}
