"""What the coordinate systems are called."""

from console.i18n import N_

SYSTEM_WORDS = {
    "cgcs2000": N_("CGCS2000 坐标"),
    "wgs84": N_("WGS84 坐标"),
    "gcj02": N_("GCJ-02(高德、腾讯)"),
    "bd09": N_("BD-09(百度)"),
    "belt": N_("CGCS2000 三度带(米)"),
}
