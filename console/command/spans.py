"""Spans of time as operators write them, `2h`, `90分钟`, `两小时`, `半天`, and how we write them back."""

import re
from datetime import timedelta

_UNITS: dict[str, timedelta] = {
    unit: span
    for span, units in (
        (timedelta(seconds=1), ("s", "sec", "秒", "秒钟")),
        (timedelta(minutes=1), ("m", "min", "mins", "minute", "minutes", "分", "分钟")),
        (timedelta(hours=1), ("h", "hr", "hrs", "hour", "hours", "小时", "个小时", "时", "钟头", "个钟头")),
        (timedelta(days=1), ("d", "day", "days", "天", "日")),
        (timedelta(weeks=1), ("w", "week", "weeks", "周", "星期", "个星期")),
    )
    for unit in units
}
_DIGITS = {
    "半": 0.5,
    "一": 1,
    "两": 2,
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "十": 10,
}

NUMBER = r"(?:\d+(?:\.\d+)?(?:e[+-]?\d+)?|[半一两二三四五六七八九十]{1,3})"
SPAN = rf"(?:{NUMBER} ?(?:{'|'.join(sorted(map(re.escape, _UNITS), key=len, reverse=True))}))+"

_PART = re.compile(rf"({NUMBER}) ?({'|'.join(sorted(map(re.escape, _UNITS), key=len, reverse=True))})")
_LONGEST_DAYS = 36_500


def number(text: str) -> float | None:
    """A number in digits or in Chinese up to ninety-nine; None where it is none."""
    if re.fullmatch(r"\d+(?:\.\d+)?(?:e[+-]?\d+)?", text):
        return float(text)
    if len(text) == 1:
        return _DIGITS.get(text)
    tens, ten, ones = text.partition("十")
    if not ten or any(one not in _DIGITS or one in "半十" for one in tens + ones):
        return None
    return 10 * (_DIGITS[tens] if tens else 1) + (_DIGITS[ones] if ones else 0)


def span(text: str) -> timedelta | None:
    """The span of a whole text; None where it is none."""
    total, at = timedelta(), 0
    for part in _PART.finditer(text):
        amount = number(part[1])
        if (
            part.start() != at
            or amount is None
            or amount * _UNITS[part[2]].total_seconds() > _LONGEST_DAYS * 86_400
        ):
            return None
        total += _micros(part[1], amount, _UNITS[part[2]])
        at = part.end()
    return total if at == len(text) and at else None


def written_span(amount: timedelta) -> str:
    """The span by d, h, m and s, read back exactly."""
    left = round(amount / timedelta(microseconds=1))
    told = ""
    for unit, size in (("d", 86_400_000_000), ("h", 3_600_000_000), ("m", 60_000_000)):
        count, left = divmod(left, size)
        told += f"{count}{unit}" if count else ""
    if left or not told:
        seconds, micros = divmod(left, 1_000_000)
        told += f"{seconds}.{micros:06d}s" if micros else f"{seconds}s"
    return told


def _micros(text: str, amount: float, unit: timedelta) -> timedelta:
    """Whole microseconds: 0.1 s in floating point is not."""
    return timedelta(microseconds=round(amount * (unit / timedelta(microseconds=1))))
