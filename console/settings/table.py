"""The one table of settings: name, kind, default, group, words, and when a change takes effect."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from console.domain.attention import Event
from console.i18n import N_
from console.settings.kinds import Choice, Events, Flag, Folder, Hosts, Kind, Name, Server, Whole
from console.words.alarms import EVENTS

GROUPS: Mapping[str, str] = {
    "look": N_("界面"),
    "work": N_("席位与地图"),
    "alarms": N_("提醒与声音"),
    "files": N_("文件"),
}
_EVENTS = {event.value: EVENTS[event] for event in Event}


@dataclass(frozen=True, slots=True)
class Declared:
    """One setting.

    `words` name it and `hint` explains it, in Chinese. `restart`: a change holds from the next start on.
    `vital`: where it is wrong the default is no substitute, and the command line does nothing at all.
    `personal`: of one person or place, so not part of what is handed to a fleet.
    """

    name: str
    kind: Kind
    default: Any
    group: str
    words: str
    hint: str
    restart: bool = False
    vital: bool = False
    personal: bool = False


def _set(kind: Kind, default: Any, group: str, words: str, hint: str, **more: bool) -> Any:
    return field(default=default, metadata={"declared": (kind, group, words, hint, more)})


@dataclass(frozen=True, slots=True)
class Settings:
    """The values that hold; each field is declared once, here."""

    operator: str = _set(
        Name(), "受理员01", "work", N_("席位姓名"), N_("每个操作由此姓名签署;窗口中用 F6 更换"),
        restart=True, vital=True, personal=True,
    )  # fmt: skip
    language: str = _set(
        Choice({"zh": N_("中文"), "en": "English"}),
        "zh",
        "look",
        N_("语言"),
        N_("窗口与命令行的语言,F10 切换"),
    )
    theme: str = _set(
        Choice({"auto": N_("跟随桌面"), "light": N_("浅色"), "dark": N_("深色")}), "auto", "look",
        N_("明暗主题"), N_("F9 切换"),
    )  # fmt: skip
    density: str = _set(
        Choice({"compact": N_("紧凑"), "comfortable": N_("宽松")}), "compact", "look",
        N_("案件列表行高"), N_("紧凑时一屏多看几件"),
    )  # fmt: skip
    zoom: int = _set(
        Whole(80, 200, 5, "%"), 100, "look", N_("界面缩放"), N_("文字与控件一起放大,Ctrl++ 与 Ctrl+-")
    )
    feed_speed: int = _set(
        Choice({0: N_("关"), 1: "1×", 10: "10×", 60: "60×", 600: "600×"}), 0, "work",
        N_("模拟来件速度"), N_("只在演示与培训城市中有效,F8 开关"),
    )  # fmt: skip
    follow: bool = _set(Flag(), True, "work", N_("地图跟随所选案件"), N_("关时地图视图锁定,L 切换"))
    choose_seat: bool = _set(
        Flag(), False, "work", N_("允许换席位"), N_("开时本机可用 F6 换成名单中的另一席位;演示城市总是允许")
    )
    database: str = _set(
        Server(), "", "files", N_("数据库服务器"),
        N_("多席位共用的 PostgreSQL;命令行写明 --data 或 --db 时以命令行为准,口令放在 ~/.pgpass"),
        restart=True, vital=True,
    )  # fmt: skip
    evidence: str = _set(
        Folder(), "", "files", N_("照片与材料的文件夹"), N_("多席位共用一个数据库时,各席位须指向同一文件夹"),
        restart=True, vital=True,
    )  # fmt: skip
    basemap_hosts: Sequence[str] = _set(
        Hosts(), (), "files", N_("底图服务的主机"), N_("只向这些内网主机取 WMTS 底图;空则一律不取"),
        restart=True,
    )  # fmt: skip
    volume: int = _set(Whole(0, 100, 5, "%"), 60, "alarms", N_("音量"), N_("提示音的音量"))
    muted: bool = _set(Flag(), False, "alarms", N_("静音"), N_("警报仍以文字显示,Ctrl+F12 切换"))
    sounds: Sequence[str] = _set(
        Events(_EVENTS, paired=True), (), "alarms", N_("各事件的声音"), N_("在警报面板 Shift+F11 中逐项选择")
    )
    quiet_events: Sequence[str] = _set(
        Events(_EVENTS), ("new_case",), "alarms", N_("不提醒的事件"), N_("紧急警报总会提醒")
    )
    insist: bool = _set(Flag(), True, "alarms", N_("紧急警报反复响"), N_("未确认时每 20 秒再响一次"))


def _declared() -> Mapping[str, Declared]:
    found = {}
    for item in fields(Settings):
        kind, group, words, hint, more = item.metadata["declared"]
        found[item.name] = Declared(item.name, kind, item.default, group, words, hint, **more)
    return found


DECLARED = _declared()
