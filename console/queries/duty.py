"""Who is on duty: now, after that, and on any days."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from console.domain.duty import Duty, OnDuty, Shift, Turn, after, running
from console.storage.roster import read_duties, read_shifts
from console.storage.unit import View


@dataclass(frozen=True, slots=True)
class Roster:
    """The shifts, and who is on duty on some days."""

    shifts: tuple[Shift, ...]
    duties: tuple[Duty, ...]
    zone: ZoneInfo


def on_duty(view: View, now: datetime, person: str = "") -> OnDuty:
    """Who is on duty at `now`: in the turn of `person` where he is on the roster, else in the last begun.

    Raises Refused("no_city").
    """
    zone = ZoneInfo(view.reference.profile.timezone)
    shifts = read_shifts(view.connection)
    today = now.astimezone(zone).date()
    known = read_duties(view.connection, today - timedelta(days=1), today + timedelta(days=2))
    found = running(shifts, now, zone)
    own = [turn for turn in found if any(one.person == person for one in _in(known, turn))]
    peopled = [turn for turn in found if _in(known, turn)]
    turn = next(iter((*own, *peopled, *found)), None)
    following = after(shifts, turn.since if turn else now, zone)
    return OnDuty(turn, _in(known, turn), following, _in(known, following))


def roster(view: View, first: date, last: date) -> Roster:
    """Everybody from the day `first` to `last`. Raises Refused("no_city")."""
    zone = ZoneInfo(view.reference.profile.timezone)
    return Roster(read_shifts(view.connection), read_duties(view.connection, first, last), zone)


def _in(known: tuple[Duty, ...], turn: Turn | None) -> tuple[Duty, ...]:
    if turn is None:
        return ()
    return tuple(one for one in known if (one.day, one.shift) == (turn.day, turn.shift.code))
