"""Lamps and shift clock: whether the store answers, when a report last came, what is left of the shift."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from console.domain.attention import Event
from console.domain.lamp import Lamp
from console.i18n import _, named
from console.ui.duty_door import DutyDoor
from console.ui.header import Header
from console.words import clock_time, refusal, span

if TYPE_CHECKING:
    from console.queries.attention import SeatWatch

_SLOW_S, _SILENT_S = 5.0, 20.0  # the watch asks four times a second
_DRY, _DRY_LONG = timedelta(minutes=30), timedelta(hours=2)  # no report came in


class Lamps:
    """Asked once a second; what it shows is true of this second."""

    def __init__(self, header: Header) -> None:
        self._header = header
        self._door: DutyDoor | None = None
        self._watch: SeatWatch | None = None
        self._lost = False
        self._handovers = 0

    def show_handovers(self, count: int) -> None:
        """So many handovers wait to be taken over here."""
        self._handovers = count
        self.show_words()

    def open(self, door: DutyDoor) -> None:
        self._door = door

    def show_watch(self, watch: "SeatWatch") -> None:
        """Who is on duty, and when the last report came in, as it was read just now."""
        self._watch = watch
        self.show_words()

    def tick(self) -> tuple[Event, str] | None:
        """Show how it is; an event where the store was lost or is back."""
        assert self._door is not None
        self.show_words()
        trouble = self._door.trouble
        if (trouble is not None) is self._lost:
            return None
        self._lost = trouble is not None
        if trouble is not None:
            return Event.DATABASE_LOST, refusal(trouble)
        return Event.DATABASE_BACK, _("数据库恢复应答")

    def show_words(self) -> None:
        if self._door is None:
            return
        self._show_database(self._door)
        if self._watch is not None:
            now = self._door.now()
            self._show_source(self._watch.newest, now)
            self._show_shift(self._watch, now)

    def _show_database(self, door: DutyDoor) -> None:
        silence = door.silence
        if door.trouble is not None:
            self._header.show_lamp("database", Lamp.LATE, _("数据库不可用"), refusal(door.trouble))
            return
        whole = _("数据库:{seconds} 秒前应答").format(seconds=round(silence))
        if silence > _SILENT_S:
            self._header.show_lamp("database", Lamp.LATE, _("数据库无应答"), whole)
        elif silence > _SLOW_S:
            self._header.show_lamp("database", Lamp.SOON, _("数据库缓慢"), whole)
        else:
            self._header.show_lamp("database", Lamp.IN_TIME, "", _("数据库:正常"))

    def _show_source(self, newest: datetime | None, now: datetime) -> None:
        if newest is None:
            self._header.show_lamp("source", Lamp.NONE, "", _("来件:还没有案件"))
            return
        ago = max(timedelta(), now - newest)
        lamp = Lamp.IN_TIME if ago < _DRY else Lamp.SOON if ago < _DRY_LONG else Lamp.LATE
        whole = _("来件:最近一件在 {span} 前").format(span=span(ago.total_seconds()))
        word = "" if lamp is Lamp.IN_TIME else _("{span} 无来件").format(span=span(ago.total_seconds()))
        self._header.show_lamp("source", lamp, word, whole)

    def _show_shift(self, watch: "SeatWatch", now: datetime) -> None:
        """The shift with what is left of it; outside the roster it says so."""
        assert self._door is not None
        duty = watch.duty
        if duty.turn is None:
            self._header.show_shift(_("班次外"), _("此刻不在任何班次内"), outside=True)
            return
        name = named(duty.turn.shift.name, duty.turn.shift.name_en)
        left = duty.turn.until - now
        outside = watch.watcher.resting
        text = _("{shift} 余 {left}") if not outside else _("{shift} 余 {left} · 非本班")
        told = [
            _("班次 {shift},{until} 交班").format(
                shift=name, until=clock_time(duty.turn.until, self._door.zone, now)
            ),
            _("带班领导:{leader}").format(leader=duty.leader or _("未排")),
        ]
        if duty.kept:
            told.append(_("在岗 {count} 人").format(count=len(duty.duties)))
        if outside:
            told.append(_("值班表没有排您:可以照常办理,只提醒紧急事项"))
        if self._handovers:
            text = _("{text} · 待接班 {count}").format(text=text, count=self._handovers)
            told.append(_("有 {count} 份交班等您接").format(count=self._handovers))
        words = text.format(shift=name, left=span(max(0.0, left.total_seconds())))
        self._header.show_shift(words, "\n".join(told), outside=outside or bool(self._handovers))
