"""The zones page: no-report zones listed, proposed, approved by another person, ended."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from console.domain.errors import Refused
from console.domain.lamp import Lamp
from console.i18n import _
from console.ui.messages import MessageLine
from console.ui.practice.tab import Tab
from console.ui.practice.table import PlainTable
from console.ui.practice.zone_form import ZoneForm
from console.ui.scale import px, pxs
from console.ui.site_door import SiteDoor
from console.ui.widgets import plain_label, push_button
from console.words import SOURCES, ZONE_AREAS
from console.words.dates import period_words

if TYPE_CHECKING:
    from console.domain.zone import Zone
    from console.services.zones import Proposal

_FORM = 320


class ZonesTab(Tab):
    """The newest on top; the buttons are for the chosen one."""

    def __init__(
        self, site: SiteDoor, messages: MessageLine, failed: Callable[[BaseException], None]
    ) -> None:
        super().__init__(site, messages, failed)
        self._zones: tuple[Zone, ...] = ()
        self.table = PlainTable("zonesTable", (2, 6), self)
        self.table.setAccessibleName(_("管控"))
        self._empty = plain_label(
            _("没有管控。\n大型活动、施工围挡等期间,可申请某处某时不收所列类别的上报。"), wraps=True
        )
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setObjectName("zonesEmpty")
        self._empty.setProperty("look", "muted")
        self.approve = push_button(self, "approveZoneButton", self._approve, _("批准"))
        self.end = push_button(self, "endZoneButton", self._end, _("解除"))
        self.form = ZoneForm(site.zone, site.now)
        self.form.proposed.connect(lambda proposal: self._clicks.run(lambda: self._propose(proposal)))
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._show_buttons())
        self._lay_out()
        self._show_buttons()

    @property
    def busy(self) -> bool:
        return self.form.begun

    def take_keyboard(self) -> None:
        (self.form.first if self.table.isHidden() else self.table).setFocus()

    async def _load(self) -> None:
        self._zones = await self._site.zones()
        now = self._site.now()
        heads = (
            _("号"),
            _("状态"),
            _("范围"),
            _("类别"),
            _("来源"),
            _("时段"),
            _("事由"),
            _("申请 / 批准"),
        )
        self.table.show_rows(heads, [self._row(zone, now) for zone in self._zones])
        self.table.setVisible(bool(self._zones))
        self._empty.setVisible(not self._zones)
        self._show_buttons()

    async def _propose(self, proposal: "Proposal") -> None:
        try:
            zone = await self._site.propose_zone(proposal)
        except Refused as problem:
            if not self.form.show_refused(problem):
                raise
            return
        self.form.clear()
        self._done(_("第 {zone} 号管控已申请,由他人批准后生效").format(zone=zone.id))

    def _approve(self) -> None:
        zone = self._chosen()
        if zone is not None:
            self._clicks.run(lambda: self._approved(zone.id))

    async def _approved(self, number: int) -> None:
        await self._site.approve_zone(number)
        self._done(_("第 {zone} 号管控已批准,即时生效").format(zone=number))

    def _end(self) -> None:
        zone = self._chosen()
        if zone is not None:
            self._clicks.run(lambda: self._ended(zone.id))

    async def _ended(self, number: int) -> None:
        await self._site.end_zone(number)
        self._done(_("第 {zone} 号管控已解除").format(zone=number))

    def _done(self, text: str) -> None:
        self._messages.say(text, Lamp.IN_TIME)
        self.reload.wish(now=True)

    def _chosen(self) -> "Zone | None":
        row = self.table.currentIndex().row()
        return self._zones[row] if 0 <= row < len(self._zones) else None

    def _show_buttons(self) -> None:
        zone = self._chosen()
        waits = zone is not None and zone.approved_at is None and zone.ended_at is None
        self.approve.setEnabled(waits)
        self.end.setEnabled(zone is not None and zone.ended_at is None)
        self.end.setText(_("驳回或收回") if waits else _("解除"))

    def _row(self, zone: "Zone", now: datetime) -> tuple[str, ...]:
        return (
            str(zone.id),
            standing(zone, now),
            " ".join((_(ZONE_AREAS[zone.area]), *zone.codes)),
            " ".join(zone.classes) or _("全部"),
            _("、").join(_(SOURCES[source]) for source in zone.sources),
            period_words(zone.since, zone.until, self._site.zone),
            zone.reason,
            " / ".join(filter(None, (zone.proposed_by, zone.approved_by))),
        )

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(px(8))
        left.addWidget(self.table, 1)
        left.addWidget(self._empty, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.approve)
        foot.addWidget(self.end)
        foot.addStretch(1)
        left.addLayout(foot)
        pane = QFrame()
        pane.setObjectName("zonePane")
        pane.setProperty("pane", True)
        pane.setFixedWidth(px(_FORM))
        inner = QVBoxLayout(pane)
        inner.setContentsMargins(*pxs(14, 12, 14, 12))
        inner.addWidget(self.form)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(16))
        layout.addLayout(left, 1)
        layout.addWidget(pane)


def standing(zone: "Zone", now: datetime) -> str:
    """Shape and word: what a zone is now."""
    if zone.ended_at is not None:
        return _("× 已解除")
    if zone.approved_at is None:
        return _("○ 待批准")
    if zone.until is not None and zone.until <= now.astimezone(UTC):
        return _("× 已到期")
    return _("● 生效中") if zone.holds(now) else _("◐ 未到时")
