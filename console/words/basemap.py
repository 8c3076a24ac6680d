"""How a base map lies to the city, in a sentence."""

import math

from console.i18n import N_, _

_CLOSE_M = 20.0  # roads are drawn no more exactly than that
_SIDES = (N_("北"), N_("东北"), N_("东"), N_("东南"), N_("南"), N_("西南"), N_("西"), N_("西北"))
SYSTEMS = {"wgs84": "WGS 84 / CGCS2000", "gcj02": "GCJ-02", "bd09": "BD-09"}


def lying(east: float, north: float, system: str) -> str:
    """A shift in metres and direction, and the datum it looks like, "" for none."""
    metres = math.hypot(east, north)
    if metres <= _CLOSE_M or system == "wgs84":
        return _("底图与城市道路吻合(相差不到 {metres} 米)").format(
            metres=max(round(metres), round(_CLOSE_M))
        )
    side = _(_SIDES[round(math.degrees(math.atan2(east, north)) / 45) % 8])
    facts = {"metres": round(metres), "side": side}
    if system:
        return _("底图向{side}偏 {metres} 米,像 {system} 坐标").format(system=SYSTEMS[system], **facts)
    return _("底图向{side}偏 {metres} 米,不像 GCJ-02 或 BD-09").format(**facts)


def not_comparable() -> str:
    """There are too few roads on either side."""
    return _("道路太少,无法比对底图坐标")


def no_match() -> str:
    """No shift stands out."""
    return _("底图与城市道路对不上,无法判断坐标")
