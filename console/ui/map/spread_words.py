"""The words of heat, groups and hot spots on the map, by role."""

from console.i18n import _


def spread_words() -> dict[str, str]:
    """What is in braces the page fills in as plain text."""
    words = {
        "spread": _("分布"),
        "spread_heat": _("热力(件/平方公里)"),
        "spread_bandwidth": _("带宽"),
        "spread_metres": _("{metres} 米"),
        "spread_hot": _("热点显著性(Gi*)"),
        "spread_unit": _("单元"),
        "spread_cells": _("单元网格"),
        "spread_grids": _("责任网格"),
        "spread_days": _("时段"),
        "spread_ever": _("不限"),
        "spread_last": _("近 {days} 天"),
        "spread_filtered": _("按列表筛选"),
        "spread_clusters": _("标记聚合"),
        "spread_busy": _("计算中"),
        "spread_none": _("没有案件"),
        "heat_note": _("{count} 件,四次核,带宽 {bandwidth} 米,最高 {peak} 件/平方公里"),
        "spot_note": _("{count} 件,本单元与相邻单元之和对照全市平均;错误发现率已校正(Benjamini–Hochberg)"),
        "spot_sparse": _("案件稀疏,显著性仅供参考:请用更长时段或责任网格"),
        "spot_tip": _("本单元 {count} 件 · 含相邻 {near} 件 · 期望 {expected} 件"),
        "spot_tip_p": _("z = {z} · p {p} · {kind}"),
        "cluster_tip": _("{count} 件:超期 {late},即将超期 {soon};点击放大"),
        "cluster_note": _("聚合:件数,红字为其中超期;形状为最急的一件"),
    }
    for kind, text in zip((3, 2, 1), (_("热点 99%"), _("热点 95%"), _("热点 90%")), strict=True):
        words[f"spot_{kind}"] = text
    for kind, text in zip((-3, -2, -1), (_("冷点 99%"), _("冷点 95%"), _("冷点 90%")), strict=True):
        words[f"spot_{kind}"] = text
    words["spot_0"] = _("不显著")
    return words
