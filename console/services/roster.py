"""The duty roster edited: the shifts of the day, whole days from a list, one person in one shift."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from console.domain.city_act import CityAct
from console.domain.duty import EDITS, Duty, Shift
from console.domain.errors import Refused
from console.domain.text import cleaned
from console.services.editing import editing_post
from console.storage import roster
from console.storage.unit import Unit

_LONGEST_SEAT, _LONGEST_NAME, _LONGEST_CODE = 32, 20, 24


def set_shifts(unit: Unit, shifts: Sequence[Shift], *, by: str, at: datetime) -> None:
    """Put these shifts in the place of the present ones.

    Raises Refused: `needs_post`, `no_city`, `no_shifts`, `bad_shift` (shift), `shift_repeated` (shift),
    `shift_in_use` (shift) where the roster from today on names one that would be gone.
    """
    post = editing_post(unit, by, EDITS)
    if not shifts:
        raise Refused("no_shifts")
    for at_place, one in enumerate(shifts):
        if not (0 < len(one.code) <= _LONGEST_CODE and 0 < len(one.name) <= _LONGEST_NAME):
            raise Refused("bad_shift", shift=one.name or one.code)
        if any(other.code == one.code or other.name == one.name for other in shifts[:at_place]):
            raise Refused("shift_repeated", shift=one.name)
    today = at.astimezone(ZoneInfo(unit.reference.profile.timezone)).date()
    gone = roster.shifts_in_use(unit.connection, today) - {one.code for one in shifts}
    if gone:
        raise Refused("shift_in_use", shift=", ".join(sorted(gone)))
    roster.put_shifts(unit.connection, shifts)
    told = {one.code: [one.name, f"{one.begins:%H:%M}", f"{one.ends:%H:%M}"] for one in shifts}
    unit.note_city(CityAct.SHIFTS_CHANGED, by=by, at=at, post=post, details={"shifts": told})


def load_roster(unit: Unit, duties: Sequence[Duty], *, by: str, at: datetime) -> int:
    """Put a list in the place of what the roster says of its days; how many days these are.

    Raises Refused: `needs_post`, `no_city`, and as `put_duty`; `second_leader` (day, shift).
    """
    post = editing_post(unit, by, EDITS)
    shifts = {one.code for one in roster.read_shifts(unit.connection)}
    led: set[tuple[date, str]] = set()
    for duty in duties:
        _check(unit, duty, shifts)
        if duty.leads and (duty.day, duty.shift) in led:
            raise Refused("second_leader", day=duty.day, shift=duty.shift)
        if duty.leads:
            led.add((duty.day, duty.shift))
    days = {duty.day for duty in duties}
    roster.clear_days(unit.connection, days)
    roster.put_duties(unit.connection, duties)
    _note(unit, duties, by, at, post, days=sorted(day.isoformat() for day in days))
    return len(days)


def put_duty(unit: Unit, duty: Duty, *, by: str, at: datetime) -> None:
    """Put somebody on duty, or change how he is; who leads takes the lead over.

    Raises Refused: `needs_post`, `no_city`, `no_such_shift`, `unknown_person`, `not_of_post`,
    `bad_seat`.
    """
    post = editing_post(unit, by, EDITS)
    duty = replace(duty, seat=cleaned(duty.seat).strip())
    _check(unit, duty, {one.code for one in roster.read_shifts(unit.connection)})
    roster.drop_duty(unit.connection, duty.day, duty.shift, duty.person)
    if duty.leads:
        roster.drop_leader(unit.connection, duty.day, duty.shift)
    roster.put_duties(unit.connection, [duty])
    _note(unit, [duty], by, at, post)


def remove_duty(unit: Unit, day: date, shift: str, person: str, *, by: str, at: datetime) -> None:
    """Take somebody off a shift. Raises Refused: `needs_post`, `no_city`, `not_on_roster`."""
    post = editing_post(unit, by, EDITS)
    if not roster.drop_duty(unit.connection, day, shift, person):
        raise Refused("not_on_roster", name=person, day=day, shift=shift)
    _note(unit, [], by, at, post, removed=[day.isoformat(), shift, person])


def _check(unit: Unit, duty: Duty, shifts: set[str]) -> None:
    staff = unit.reference.staff
    if duty.shift not in shifts:
        raise Refused("no_such_shift", shift=duty.shift, known=", ".join(sorted(shifts)))
    if not duty.person or (staff and duty.person not in staff):
        raise Refused("unknown_person", name=duty.person)
    if duty.post is not None and staff and duty.post not in staff[duty.person].posts:
        raise Refused("not_of_post", name=duty.person, posts=(duty.post.value,))
    if len(duty.seat) > _LONGEST_SEAT:
        raise Refused("bad_seat", most=_LONGEST_SEAT)


def _note(unit: Unit, duties: Iterable[Duty], by: str, at: datetime, post: str, **more: Any) -> None:
    told = [
        [one.day.isoformat(), one.shift, one.person, one.post or "", one.seat, one.leads] for one in duties
    ]
    unit.note_city(CityAct.ROSTER_CHANGED, by=by, at=at, post=post, details={"duties": told, **more})
