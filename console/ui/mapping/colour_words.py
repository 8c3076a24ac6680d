"""What the legend says of a colouring: its name and unit, its classes, its area, period and moment."""

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from console.domain.colouring import (
    BY_KEY,
    COLOURINGS,
    DAYS,
    FEWEST,
    OPEN_BREAKS,
    Colouring,
    Ground,
    Kind,
    Wish,
)
from console.i18n import N_, _
from console.words.codes import COUNTS, RATIOS
from console.words.dates import short_moment

if TYPE_CHECKING:
    from console.queries.colouring import Coloured

_TITLES = {
    "open": N_("网格未结案件"),
    "overdue": N_("超期案件"),
    "today": N_("今日新增"),
    "density": N_("每平方公里未结"),
    "time_to_close": N_("结案用时"),
}
_UNITS: dict[Kind, str] = {
    "count": N_("件"),
    "density": N_("件/km²"),
    "hours": N_("小时,中位数"),
    "share": "%",
}
_SHORT: dict[Kind, str] = {"count": N_("件"), "density": N_("件/km²"), "hours": N_("小时"), "share": "%"}
_SCALE: dict[Kind, tuple[int, int]] = {"count": (1, 0), "density": (1, 1), "hours": (1, 1), "share": (100, 1)}
_GROUNDS = {
    Ground.CELL: N_("单元网格"),
    Ground.RESPONSIBILITY: N_("责任网格"),
    Ground.STREET: N_("街道"),
    Ground.AREA: N_("区、管委会"),
}
_GROUPS = (
    (N_("现在"), tuple(one.key for one in COLOURINGS if not one.over)),
    (N_("时段内"), tuple(one.key for one in COLOURINGS if one.over and one.count is None)),
    (N_("时段内的数量"), tuple(one.key for one in COLOURINGS if one.count is not None)),
)
GROUNDS = tuple(Ground)
_PLACES = {one.key: at for at, one in enumerate(COLOURINGS)}

Told = dict[str, Any]


def title_of(key: str) -> str:
    """The name of a colouring."""
    colouring = BY_KEY[key]
    if colouring.ratio is not None:
        return _(RATIOS[colouring.ratio.key])
    return _(COUNTS[colouring.count]) if colouring.count is not None else _(_TITLES[key])


def short_unit(wish: Wish) -> str:
    """The unit of a colouring, as short as it goes."""
    return _(_SHORT[wish.colouring.kind])


def scaled(wish: Wish, value: float) -> str:
    """A value in the unit of its colouring, as the map says it."""
    scale, digits = _SCALE[wish.colouring.kind]
    return f"{value * scale:,.{digits}f}"


def chosen(wish: Wish) -> Told:
    """What the card that chooses a colouring shows."""
    return {
        "at": _PLACES[wish.key],
        "ground": GROUNDS.index(wish.ground),
        "days": DAYS.index(wish.days),
        "groups": [[_(word), [[_PLACES[key], title_of(key)] for key in keys]] for word, keys in _GROUPS],
        "grounds": [_(_GROUNDS[ground]) for ground in GROUNDS],
        "periods": [_last(days) for days in DAYS] if wish.colouring.over else [],
    }


def live(wish: Wish) -> Told:
    """The legend of the open cases by unit grid, which change under the eye."""
    labels = [*_spans(OPEN_BREAKS)]
    note = " · ".join((_("单位:{unit}").format(unit=_("件")), _("固定分级"), _("实时")))
    return {
        **chosen(wish),
        "title": title_of(wish.key),
        "family": "ramp",
        "labels": labels,
        "between": False,
        "few": "",
        "notes": [note],
        "open_of": _("{open}/{all} 个网格有未结案件"),
        "valued": False,
    }


def told(found: "Coloured", zone: ZoneInfo) -> Told:
    """The legend of a colouring, and how the page says a single value."""
    wish = found.wish
    colouring = wish.colouring
    scale, digits = _SCALE[colouring.kind]
    fixed_counts = colouring.kind == "count" and not found.quantile
    title = title_of(wish.key)
    few = _("不足 {fewest} 件,不评").format(fewest=FEWEST) if colouring.judged else ""
    facts = {"title": title, "unit": _(_SHORT[colouring.kind]), "name": "{name}", "value": "{value}"}
    return {
        **chosen(wish),
        "title": title,
        "family": "rate" if colouring.judged else "ramp",
        "labels": _spans(found.breaks) if fixed_counts else _edges(found.breaks, colouring),
        "between": not fixed_counts,
        "few": few,
        "notes": [_where(found), _how(found), _("截至 {moment}").format(moment=short_moment(found.at, zone))],
        "valued": True,
        "hint": _hint(colouring).format(**facts, whole="{whole}"),
        "hint_few": _("{name} · {title}:{few}").format(name="{name}", title=title, few=few),
        "fewest": FEWEST if colouring.judged else 0,
        "scale": scale,
        "digits": digits,
    }


def _hint(colouring: Colouring) -> str:
    if colouring.judged:
        return _("{name} · {title} {value} {unit}({whole} 件)")
    return _("{name} · {title} {value} {unit}")


def _where(found: "Coloured") -> str:
    """Over which areas, and of which period."""
    wish = found.wish
    parts = [_("按{area}").format(area=_(_GROUNDS[wish.ground]))]
    if wish.key == "today":
        parts.append(_("今日 0 时起"))
    elif found.since is not None:
        parts.append(_last(wish.days))
    return " · ".join(parts)


def _how(found: "Coloured") -> str:
    """The unit, how the classes were made, and what a stronger colour means where it is not more."""
    colouring = found.wish.colouring
    parts = [_("单位:{unit}").format(unit=_(_UNITS[colouring.kind]))]
    parts.append(_("分位数分级,各级区域数相近") if found.quantile else _("固定分级"))
    if colouring.better == "high":
        parts.append(_("越醒目越低"))
    return " · ".join(parts)


def _last(days: int) -> str:
    return _("近 {days} 天").format(days=days)


def _spans(breaks: Sequence[float]) -> list[str]:
    """Whole numbers by class: 0, 1, 2, 3–4, 5–7, 8+."""
    edges = [0, *(round(one) for one in breaks)]
    spans = [str(low) if low == high - 1 else f"{low}–{high - 1}" for low, high in pairwise(edges)]
    return [*spans, f"{edges[-1]}+"]


def _edges(breaks: Sequence[float], colouring: Colouring) -> list[str]:
    """Where each class begins; the first begins where the numbers do."""
    scale = _SCALE[colouring.kind][0]
    return ["", *(_number(one * scale) for one in breaks)]


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 10 or value == round(value) else f"{value:.1f}"
