"""The limits page: what else the practice says, to be read; it is changed by loading a file."""

from collections.abc import Callable, Iterator
from datetime import timedelta

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from console.domain.practice import Practice
from console.i18n import _, language
from console.ui.messages import MessageLine
from console.ui.practice.tab import Tab
from console.ui.practice.table import PlainTable
from console.ui.scale import px
from console.ui.site_door import SiteDoor
from console.ui.widgets import plain_label
from console.words import OPERATIONS, STATES, percent
from console.words.practice import practice_name, season_words


class LimitsTab(Tab):
    """Left what holds for all, right how long each act may be taken back."""

    def __init__(
        self, site: SiteDoor, messages: MessageLine, failed: Callable[[BaseException], None]
    ) -> None:
        super().__init__(site, messages, failed)
        self.rules = PlainTable("rulesTable", (0,), self)
        self.rules.setAccessibleName(_("时限与规则"))
        self.grace = PlainTable("graceTable", (0,), self)
        self.grace.setAccessibleName(_("可撤销时间"))
        tables = QHBoxLayout()
        tables.setSpacing(px(24))
        self.rules.setMaximumWidth(px(620))
        self.grace.setMaximumWidth(px(420))
        tables.addWidget(self.rules, 3)
        tables.addWidget(self.grace, 2)
        tables.addStretch(0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(8))
        layout.addLayout(tables, 1)
        told = _("修改:grid-console practice export 规程.toml,改好后 practice load 规程.toml")
        layout.addWidget(plain_label(told, name="limitsHint", look="muted"))

    def take_keyboard(self) -> None:
        self.rules.setFocus()

    async def _load(self) -> None:
        practice = (await self._site.practice()).practice
        self.rules.show_rows((_("规则"), _("取值")), list(_rules(practice)))
        heads = (_("操作"), _("可撤销时间"))
        grace = [(_(OPERATIONS[one]), _seconds(span)) for one, span in practice.grace.items()]
        self.grace.show_rows(heads, grace)


def _rules(practice: Practice) -> Iterator[tuple[str, str]]:
    yield _("规程名称"), practice_name(practice.name)
    for state, limit in practice.stage_limits.items():
        minutes = f"{limit / timedelta(minutes=1):g}"
        yield (
            _("{state}的环节时限").format(state=_(STATES[state])),
            _("{minutes} 分钟").format(minutes=minutes),
        )
    yield _("最多延期次数"), str(practice.most_extensions)
    form = practice.form_from_extension
    yield _("从第几次延期起须附签字表单"), str(form) if form else _("不要求")
    yield _("最多挂账次数"), str(practice.most_suspensions)
    yield _("挂账最长天数"), str(practice.longest_suspension_days)
    for words, on in (
        (_("同一部门多次处置捆绑计时"), practice.bundled),
        (_("接到退回的人不得办下一主要步骤"), practice.receiver_rests),
        (_("申请人不得审批自己的申请"), practice.asker_decides_not),
        (_("处置反馈须附照片"), practice.feedback_needs_photo),
        (_("结案前须核查"), practice.close_needs_check),
    ):
        yield words, _("是") if on else _("否")
    yield _("抽查比例"), percent(practice.spot_share)
    yield _("突发类别"), _("、").join(practice.emergencies)
    for (first, last), place in zip(practice.planting, range(1, 9), strict=False):
        told = season_words(first, last)
        yield _("植树季 {place}").format(place=place), told
    for code, tier in practice.tiers.items():
        yield _("{code} 的区域等级").format(code=code), tier
    for key, names in practice.labels.items():
        called = _("立案前的检查叫作") if key == "pre_check" else _("处置后的检查叫作")
        yield called, names.get(language(), "")


def _seconds(span: timedelta) -> str:
    return _("{seconds} 秒").format(seconds=f"{span / timedelta(seconds=1):g}")
