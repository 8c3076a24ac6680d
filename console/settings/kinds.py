"""The kinds of value a setting may have: what it takes, how it is written, how it reads in words."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from console.i18n import _

_SERVER = re.compile(r"postgres(ql)?://([^\s:@/]+@)?[^\s@/]{1,253}/[^\s]{1,200}")
_ON, _OFF = frozenset({"true", "on", "yes"}), frozenset({"false", "off", "no"})


class Kind(Protocol):
    """One kind of value. `read` raises ValueError where the text is none."""

    def takes(self, value: Any) -> bool: ...

    def read(self, text: str) -> Any: ...

    def written(self, value: Any) -> str:
        """As `read` takes it."""
        ...

    def words(self, value: Any) -> str:
        """As people read it, in the language in use."""
        ...

    def expected(self) -> str:
        """What is allowed, in words."""
        ...


@dataclass(frozen=True, slots=True)
class Expected:
    """What a kind allows, said in whatever language is spoken when it is read."""

    kind: Kind

    def __str__(self) -> str:
        return self.kind.expected()


def may_sign(name: object) -> bool:
    """Whether a name can stand under an act: 1 to 64 printable characters."""
    return isinstance(name, str) and 0 < len(name) <= 64 and name.isprintable()


@dataclass(frozen=True, slots=True)
class Name:
    """A name that can stand under an act."""

    def takes(self, value: Any) -> bool:
        return may_sign(value)

    def read(self, text: str) -> str:
        return text

    def written(self, value: Any) -> str:
        return str(value)

    def words(self, value: Any) -> str:
        return str(value)

    def expected(self) -> str:
        return _("1 至 64 个可见字符")


@dataclass(frozen=True, slots=True)
class Choice:
    """One of few values, each with its words; they are all texts or all numbers."""

    allowed: Mapping[Any, str]

    def takes(self, value: Any) -> bool:
        return not isinstance(value, bool) and isinstance(value, str | int) and value in self.allowed

    def read(self, text: str) -> Any:
        for value in self.allowed:
            if str(value) == text:
                return value
        raise ValueError(text)

    def written(self, value: Any) -> str:
        return str(value)

    def words(self, value: Any) -> str:
        return _(self.allowed[value])

    def expected(self) -> str:
        return _("、").join(str(value) for value in self.allowed)


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number between two others, both allowed."""

    least: int
    most: int
    step: int
    unit: str

    def takes(self, value: Any) -> bool:
        return isinstance(value, int) and not isinstance(value, bool) and self.least <= value <= self.most

    def read(self, text: str) -> int:
        return int(text)

    def written(self, value: Any) -> str:
        return str(value)

    def words(self, value: Any) -> str:
        return f"{value} {self.unit}"

    def expected(self) -> str:
        return _("{least} 至 {most} 的整数").format(least=self.least, most=self.most)


@dataclass(frozen=True, slots=True)
class Flag:
    """On or off."""

    def takes(self, value: Any) -> bool:
        return isinstance(value, bool)

    def read(self, text: str) -> bool:
        if text.lower() in _ON | _OFF:
            return text.lower() in _ON
        raise ValueError(text)

    def written(self, value: Any) -> str:
        return "true" if value else "false"

    def words(self, value: Any) -> str:
        return _("开") if value else _("关")

    def expected(self) -> str:
        return _("true 或 false")


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder by its path; empty: the usual one."""

    def takes(self, value: Any) -> bool:
        return isinstance(value, str) and len(value) <= 1000 and "\0" not in value

    def read(self, text: str) -> str:
        return text

    def written(self, value: Any) -> str:
        return str(value)

    def words(self, value: Any) -> str:
        return str(value) or _("数据文件夹内")

    def expected(self) -> str:
        return _("文件夹的路径,或为空")


@dataclass(frozen=True, slots=True)
class Server:
    """The address of a database server, without a password: settings are handed round; empty: none."""

    def takes(self, value: Any) -> bool:
        return isinstance(value, str) and (not value or _SERVER.fullmatch(value) is not None)

    def read(self, text: str) -> str:
        return text.strip()

    def written(self, value: Any) -> str:
        return str(value)

    def words(self, value: Any) -> str:
        return str(value) or _("数据文件夹内")

    def expected(self) -> str:
        return _("postgresql://用户@主机/库名,不带口令,或为空")


@dataclass(frozen=True, slots=True)
class Hosts:
    """Names of machines that may be asked for something."""

    def takes(self, value: Any) -> bool:
        return isinstance(value, list | tuple) and len(value) <= 32 and all(map(self._fits, value))

    def read(self, text: str) -> tuple[str, ...]:
        return tuple(one.strip() for one in text.split(",") if one.strip())

    def written(self, value: Sequence[str]) -> str:
        return ",".join(value)

    def words(self, value: Sequence[str]) -> str:
        return _("、").join(value) or _("没有")

    def expected(self) -> str:
        return _("主机名或地址的列表,不带 http:// 和端口")

    @staticmethod
    def _fits(one: object) -> bool:
        return isinstance(one, str) and re.fullmatch(r"[A-Za-z0-9.\-\[\]:]{1,253}", one) is not None


@dataclass(frozen=True, slots=True)
class Events:
    """Several of the known events; `paired`: each with what was chosen for it, as in `late=bell`."""

    known: Mapping[str, str]
    paired: bool = False

    def takes(self, value: Any) -> bool:
        return isinstance(value, list | tuple) and len(value) <= 64 and all(map(self._fits, value))

    def read(self, text: str) -> tuple[str, ...]:
        return tuple(one.strip() for one in text.split(",") if one.strip())

    def written(self, value: Sequence[str]) -> str:
        return ",".join(value)

    def words(self, value: Sequence[str]) -> str:
        if self.paired:
            return _("改动 {count} 项").format(count=len(value)) if value else _("各为常用")
        return _("、").join(_(self.known[one]) for one in value) or _("没有")

    def expected(self) -> str:
        events = _("、").join(self.known)
        if self.paired:
            return _("“事件=声音”的列表,事件为 {events}").format(events=events)
        return _("事件的列表,事件为 {events}").format(events=events)

    def _fits(self, one: object) -> bool:
        if not isinstance(one, str) or len(one) > 64:
            return False
        event, pair, chosen = one.partition("=")
        return event in self.known and bool(pair and chosen) == self.paired
