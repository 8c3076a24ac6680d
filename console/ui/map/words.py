"""Every word the map shows, in the language of the moment."""

from console.i18n import _
from console.ui.map.ramp import level_labels
from console.ui.map.spread_words import spread_words


def map_words() -> dict[str, str]:
    """The words of the page by role; {count} and {code} are filled in by the page as plain text."""
    words = {
        "map": _("网格地图"),
        "legend": _("图例"),
        "cells": _("网格未结案件"),
        "marks": _("案件"),
        "in_time": _("按期"),
        "soon": _("临期"),
        "late": _("超期"),
        "suspended": _("挂账"),
        "rework": _("返工"),
        "supervised": _("督办"),
        "cell_hint": _("{code} · 未结 {count} 件"),
        "zoom_in": _("放大"),
        "zoom_out": _("缩小"),
        "whole_city": _("全城"),
        "follow": _("跟随所选案件"),
        "layers": _("图层"),
        "layer_cells": _("网格着色"),
        "layer_roads": _("道路"),
        "layer_borders": _("界线"),
        "layer_names": _("名称"),
        "layer_marks": _("案件标记"),
        "picking": _("在地图上点选位置，Esc 取消"),
    }
    words.update(spread_words())
    words.update({f"ramp_{level}": label for level, label in enumerate(level_labels())})
    return words
