"""Every word the map shows, in the language of the moment."""

from console.domain.lamp import Lamp
from console.i18n import _, language
from console.ui.map.basemap_words import basemap_words
from console.ui.map.ramp import level_labels
from console.ui.map.spread_words import spread_words
from console.ui.map.work_words import work_words
from console.words import LAMPS


def map_words() -> dict[str, str]:
    """The words of the page by role; {count} and {code} are filled in by the page as plain text."""
    words = {
        "language": language(),
        "map": _("网格地图"),
        "legend": _("图例"),
        "cells": _("网格未结案件"),
        "marks": _("案件"),
        "in_time": _(LAMPS[Lamp.IN_TIME]),
        "soon": _(LAMPS[Lamp.SOON]),
        "late": _(LAMPS[Lamp.LATE]),
        "suspended": _("挂账"),
        "rework": _("返工"),
        "supervised": _("督办件"),
        "no_clock": _(LAMPS[Lamp.NONE]),
        "cell_hint": _("{code} · 未结 {count} 件"),
        "told_zoom": _("缩放 {what} 级"),
        "told_cell": _("所选网格:{what}"),
        "told_case": _("所选案件:{what}"),
        "told_between": _(";"),
        "zoom_in": _("放大"),
        "zoom_out": _("缩小"),
        "whole_city": _("全城"),
        "follow": _("跟随所选案件"),
        "layers": _("图层"),
        "colouring": _("网格着色"),
        "colouring_ground": _("按"),
        "colouring_days": _("时段"),
        "component_01": _("公用设施"),
        "component_02": _("交通设施"),
        "component_03": _("市容环境"),
        "component_04": _("园林绿化"),
        "component_": _("其他"),
        "layer_nearer": _("放大后显示"),
        "layer_generated": _("由程序生成"),
        "patroller_note": _("实心:近 15 分钟有定位;空心:较早或按名册"),
        "strength": _("不透明度"),
        "layer_marks": _("案件标记"),
        "layer_patrollers": _("巡查员"),
        "layer_flooding": _("积水点"),
        "layer_components": _("部件"),
        "layer_own": _("其他图层"),
        "layer_names": _("地名"),
        "layer_districts": _("区界"),
        "layer_committees": _("管委会界"),
        "layer_streets": _("街道界"),
        "layer_responsibility": _("责任网格界"),
        "layer_campaigns": _("专项整治"),
        "layer_saved": _("已保存的选区"),
        "layer_saved_note": _("反向斜线:已保存的选区"),
        "layer_roads": _("道路与环线"),
        "layer_cells": _("单元网格着色"),
        "coarse": _("远景：每个责任网格取其中最高一级的单元网格着色"),
        "picking": _("在地图上点选位置，Esc 取消"),
    }
    words.update(spread_words())
    words.update(work_words())
    words.update(basemap_words())
    words.update({f"ramp_{level}": label for level, label in enumerate(level_labels())})
    return words
