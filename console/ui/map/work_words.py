"""The words of the map's tools for working on it, by role."""

from console.i18n import _


def work_words() -> dict[str, str]:
    """{count} is filled in by the page as plain text."""
    return {
        "select": _("选区"),
        "select_box": _("框选"),
        "select_polygon": _("多边形"),
        "select_cell": _("单元网格"),
        "select_grid": _("责任网格"),
        "select_road": _("沿道路"),
        "select_hint_box": _("拖动，或 Enter 定两角"),
        "select_hint_polygon": _("逐点点选，双击完成，退格撤点"),
        "select_hint_cell": _("点选网格"),
        "select_hint_grid": _("点选责任网格内任一处"),
        "select_hint_road": _("点选道路"),
        "select_how": _("Shift 加入，Ctrl 去除，Esc 结束"),
        "select_count": _("未结 {count} 件"),
        "road_side": _("两侧"),
        "road_length": _("沿路前后"),
        "road_whole": _("整条道路"),
        "border": _("距{border} {metres} 米:{here} | {there}"),
        "border_cell": _("单元网格"),
        "border_grid": _("责任网格"),
        "border_area": _("区界"),
        "measure": _("量测距离和面积"),
        "measure_line": _("量距离"),
        "measure_area": _("量面积"),
        "measure_hint": _("逐点点选，双击完成，退格撤点，Esc 结束"),
        "measure_total": _("总长 {value}"),
        "measure_last": _("本段 {value}"),
        "measure_size": _("面积 {value}"),
        "measure_around": _("周长 {value}"),
        "lock_view": _("锁定地图视图"),
        "tool_end": _("结束"),
        "area_clear": _("取消选区"),
        "area_save": _("为选区命名并保存"),
        "areas": _("已保存的选区"),
    }
