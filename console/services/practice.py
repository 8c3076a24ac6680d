"""What a site edits of its centre: the practice, and the list of staff."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from console.domain.actor import Post
from console.domain.city_act import CityAct
from console.domain.errors import Refused
from console.domain.practice import Practice
from console.domain.practice_form import as_plain
from console.domain.staff import Member
from console.domain.zone import ZoneArea
from console.services.editing import editing_post
from console.services.reclock import UNWATCHED, Edit, Recomputed, Watch, recomputed
from console.storage.areas import area_codes
from console.storage.practice import put_practice
from console.storage.staff import replace_staff
from console.storage.unit import Unit

_NO_CLOCKS = Recomputed(0, 0)
_ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)
_TIERED = (ZoneArea.STREET, ZoneArea.COMMITTEE, ZoneArea.DISTRICT)


@dataclass(frozen=True, slots=True)
class Loaded:
    """The keys that changed, in their order, and the running clocks that count otherwise now."""

    changed: tuple[str, ...]
    clocks: Recomputed = _NO_CLOCKS


def load_practice(
    unit: Unit, practice: Practice, *, by: str, at: datetime, note: str = "", watch: Watch = UNWATCHED
) -> Loaded:
    """Put `practice` in the place of the present one.

    The journal's line tells every key that changed and, under `before`, what it was. Running clocks are
    set anew where bundling changed; other limits hold for what begins from now on.
    Raises Refused: `needs_post` for others than leaders, `no_city`, `no_such_areas` for tiers of
    divisions that the city does not have, `interrupted` where the watcher cancels.
    """
    post = editing_post(unit, by)
    before, after = as_plain(unit.reference.practice), as_plain(practice)
    if unknown := practice.tiers.keys() - area_codes(unit.connection, *_TIERED):
        raise Refused("no_such_areas", codes=", ".join(sorted(unknown)))
    changed = {key: after[key] for key in after if after[key] != before[key]}
    told = {**changed, "before": {key: before[key] for key in changed}}
    put_practice(unit.connection, practice)
    if "bundled" in changed:
        short = f"bundled {'+' if practice.bundled else '-'}"
        act = CityAct.PRACTICE_CHANGED
        edit = Edit(by, at, post, told, short, _ALWAYS, act, because="practice", note=note)
        return Loaded(tuple(changed), recomputed(unit, edit, watch))
    unit.touch_everything()
    unit.note_city(CityAct.PRACTICE_CHANGED, by=by, at=at, post=post, note=note, details=told)
    return Loaded(tuple(changed))


def load_staff(unit: Unit, members: Sequence[Member], *, by: str, at: datetime) -> Mapping[str, list[str]]:
    """Put the list in the place of the present one; the names that were `added`, `changed`, `removed`.

    Raises Refused: `needs_post` for others than leaders, `no_city`, and `no_leader` for a list
    without one, for nobody could edit anything any more.
    """
    post = editing_post(unit, by)
    coming = {one.name: _told(one) for one in members}
    if not any(Post.LEADER.value in told["posts"] for told in coming.values()):
        raise Refused("no_leader")
    there = {one.name: _told(one) for one in unit.reference.staff.values()}
    found = {
        "added": [name for name in coming if name not in there],
        "changed": [name for name in coming if name in there and coming[name] != there[name]],
        "removed": [name for name in there if name not in coming],
    }
    replace_staff(unit.connection, members)
    unit.touch_everything()
    details = {kind: {name: coming.get(name, {}) for name in names} for kind, names in found.items()}
    unit.note_city(CityAct.STAFF_CHANGED, by=by, at=at, post=post, details=details)
    return found


def _told(member: Member) -> dict[str, Any]:
    """What the list says of somebody, without what only follows from it."""
    told: dict[str, Any] = {"posts": sorted(member.posts)}
    for name in ("department", "division", "responsibility_grid"):
        if value := getattr(member, name):
            told[name] = value
    if not member.by_grid and member.lon is not None:
        told |= {"lon": member.lon, "lat": member.lat}
    return told
