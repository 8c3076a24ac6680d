"""The mark of what no survey made: said wherever a generated city's data leave the window or fill a wall."""

from datetime import datetime
from zoneinfo import ZoneInfo

from console.domain.city import CityProfile
from console.i18n import _
from console.words.dates import moment_words


def generated_mark(profile: CityProfile) -> str:
    """What must stand beside the city's name; nothing for a real one."""
    if profile.drill:
        moment = moment_words(datetime.fromisoformat(profile.drill), ZoneInfo(profile.timezone))
        return _("演练 · {moment} 的副本,不是真实记录").format(moment=moment)
    if profile.training:
        return _("培训数据 · 不是真实案件")
    return _("演示数据 · 由程序生成") if profile.generated else ""
