"""Who is at a case now, in one line."""

from collections.abc import Mapping, Sequence

from console.domain.presence import Doing, Present
from console.i18n import N_, _

_LINES: Mapping[Doing, str] = {
    Doing.LOOKING: N_("{name} 正在查看此案({time})"),
    Doing.TRIAGE: N_("{name} 正在分拣此案({time})"),
    Doing.EDITING: N_("{name} 正在办理此案({time})"),
}
_MINUTE = 60


def presence_words(there: Sequence[Present]) -> str:
    """Everybody who is there, who is nearest to an act first; empty where nobody is."""
    order = list(Doing)
    nearest = sorted(there, key=lambda one: -order.index(one.doing))
    return " · ".join(_(_LINES[one.doing]).format(name=one.by, time=_since(one.seconds)) for one in nearest)


def _since(seconds: int) -> str:
    if seconds < _MINUTE:
        return _("刚刚")
    return _("{minutes} 分钟").format(minutes=seconds // _MINUTE)
