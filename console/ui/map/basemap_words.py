"""The words of the base maps on the map page, by role."""

from console.i18n import _


def basemap_words() -> dict[str, str]:
    """What is in braces the page fills in as plain text."""
    return {
        "basemap": _("底图"),
        "basemap_streets": _("街道(城市包)"),
        "basemap_opacity": _("底图浓度"),
        "basemap_names": _("底图地名"),
        "basemap_add": _("添加文件"),
        "basemap_remove": _("移除"),
        "basemap_compare": _("与城市道路比对"),
        "basemap_straighten": _("纠偏显示"),
        "basemap_leave": _("不纠偏"),
        "basemap_formats": _("MBTiles、PMTiles 3;WMTS 用 grid-console basemap add"),
    }
