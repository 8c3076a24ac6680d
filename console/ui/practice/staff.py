"""The staff page: the city's people, found by typing, or by how near they stand to the chosen case."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout

from console.domain.case import Case
from console.i18n import _
from console.ui.messages import MessageLine
from console.ui.practice.tab import Tab
from console.ui.practice.table import PlainTable
from console.ui.scale import px
from console.ui.seat import seat_line
from console.ui.site_door import SiteDoor, metres
from console.ui.widgets import name_clear_button, plain_label

if TYPE_CHECKING:
    from console.queries.seats import Seated


class StaffTab(Tab):
    """Read here; the list itself is loaded as a file."""

    def __init__(
        self,
        site: SiteDoor,
        chosen: Callable[[], Case | None],
        messages: MessageLine,
        failed: Callable[[BaseException], None],
    ) -> None:
        super().__init__(site, messages, failed)
        self._chosen = chosen
        self._people: tuple[Seated, ...] = ()
        self.search = QLineEdit(self)
        self.search.setObjectName("staffSearch")
        self.search.setAccessibleName(_("查找人员"))
        self.search.setPlaceholderText(_("姓名、岗位、部门、网格"))
        self.search.setClearButtonEnabled(True)
        name_clear_button(self.search, _("清空"))
        self.search.textChanged.connect(lambda _text: self._show())
        self.near = QCheckBox(_("按离所选案件的远近"), self)
        self.near.setObjectName("staffNear")
        self.near.toggled.connect(lambda _on: self._show())
        self._count = plain_label(name="staffCount", look="muted")
        self.table = PlainTable("staffTable", (1, 2), self)
        self.table.setAccessibleName(_("人员名单"))
        head = QHBoxLayout()
        head.setSpacing(px(12))
        head.addWidget(self.search, 1)
        head.addWidget(self.near)
        head.addWidget(self._count)
        head.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(8))
        layout.addLayout(head)
        layout.addWidget(self.table, 1)
        hint = _("名单由命令行装入:grid-console staff load 名单.csv")
        layout.addWidget(plain_label(hint, name="staffHint", look="muted"))

    def take_keyboard(self) -> None:
        self.search.setFocus()

    async def _load(self) -> None:
        self._people = await self._site.seats()
        self._show()

    def _show(self) -> None:
        case = self._chosen()
        placed = case is not None and case.lon is not None and case.lat is not None
        self.near.setEnabled(placed)
        words = self.search.text().casefold().split()
        far: list[tuple[float, Seated]] = []
        for one in self._people:
            text = " ".join((*seat_line(one), one.member.responsibility_grid)).casefold()
            if all(word in text for word in words):
                far.append((self._far(one, case), one))
        by_distance = placed and self.near.isChecked()
        if by_distance:
            far.sort(key=lambda found: found[0])
        rows = [self._row(one, away if by_distance else None) for away, one in far]
        heads = (_("姓名"), _("岗位"), _("部门或区划"), _("责任网格"), _("位置"), _("距离"))
        self.table.show_rows(heads, rows)
        self._count.setText(_("共 {count} 人").format(count=len(rows)))

    def _far(self, one: "Seated", case: Case | None) -> float:
        if case is None or case.lon is None or case.lat is None:
            return float("inf")
        away = metres(one.member, case.lon, case.lat)
        return float("inf") if away is None else away

    def _row(self, one: "Seated", away: float | None) -> tuple[str, ...]:
        name, posts, where = seat_line(one)
        member = one.member
        place = ""
        if member.lon is not None:
            place = _("网格中心") if member.by_grid else f"{member.lon:.5f}, {member.lat:.5f}"
        told = "" if away is None or away == float("inf") else _("{km} 公里").format(km=f"{away / 1000:.1f}")
        return name, posts, where, member.responsibility_grid, place, told
