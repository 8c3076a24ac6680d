"""A shift handed over: signed with its content in the journal, and taken over by somebody else."""

from datetime import datetime
from typing import Any

import orjson

from console.domain.city_act import CityAct
from console.domain.errors import Refused
from console.domain.handover import LONGEST_REMARK, LONGEST_TEXT, Brief, Edit, Handover, hash_of
from console.domain.reach import leads
from console.domain.text import cleaned
from console.storage.handovers import add_handover, handover_by_id, mark_taken, next_handover
from console.storage.unit import Unit


def give_handover(unit: Unit, brief: Brief, edit: Edit, *, by: str, at: datetime) -> Handover:
    """Sign a brief as it was edited; it cannot be changed afterwards.

    Raises Refused: `no_city`, `unknown_staff`, `handover_empty` without a text, `handover_long` (length,
    most), `remark_long` (most), `not_in_brief` (code), `unknown_person`, `own_handover` where it is
    given to oneself.
    """
    actor = unit.reference.actor(by)
    if not actor.posts:
        raise Refused("unknown_staff", name=by)
    _check(unit, brief, edit, by)
    told = content_of(brief, edit) | {
        "posts": sorted(actor.posts),
        "department": actor.department,
        "division": actor.division,
    }
    content = orjson.dumps(told, option=orjson.OPT_SORT_KEYS).decode()
    one = Handover(
        next_handover(unit.connection),
        by,
        at,
        edit.to,
        brief.since,
        brief.until,
        brief.next_until,
        brief.shift[0],
        brief.next_shift[0],
        content,
        hash_of(content),
    )
    add_handover(unit.connection, one)
    details = {"handover": one.id, "to": edit.to, "hash": one.content_hash, "content": told}
    unit.note_city(CityAct.HANDOVER_GIVEN, by=by, at=at, note=cleaned(edit.remark), details=details)
    return one


def take_handover(unit: Unit, number: int, *, by: str, at: datetime, note: str = "") -> Handover:
    """Say that one has read and taken over what a shift left.

    Raises Refused: `no_such_handover`, `handover_taken`, `own_handover`, `handover_for` (name) where it is
    for somebody else and `by` leads nobody, `remark_long`, `unknown_staff`.
    """
    one = handover_by_id(unit.connection, number)
    actor = unit.reference.actor(by)
    if not actor.posts:
        raise Refused("unknown_staff", name=by)
    if one.taken_at is not None:
        raise Refused("handover_taken", number=number)
    if one.given_by == by:
        raise Refused("own_handover")
    if one.given_to and one.given_to != by and not leads(actor):
        raise Refused("handover_for", name=one.given_to)
    if len(note) > LONGEST_REMARK:
        raise Refused("remark_long", most=LONGEST_REMARK)
    mark_taken(unit.connection, number, by, at, cleaned(note))
    details = {"handover": number, "hash": one.content_hash}
    unit.note_city(CityAct.HANDOVER_TAKEN, by=by, at=at, note=cleaned(note), details=details)
    return handover_by_id(unit.connection, number)


def content_of(brief: Brief, edit: Edit) -> dict[str, Any]:
    """What is signed, in plain JSON values; what was struck stays, marked as struck."""
    totals = brief.totals
    return {
        "text": cleaned(edit.text).strip(),
        "remark": cleaned(edit.remark).strip(),
        "shift": list(brief.shift),
        "next_shift": list(brief.next_shift),
        "totals": {"reported": totals.reported, "dispatched": totals.dispatched, "ended": totals.ended},
        "left": [[one.step.value, one.number, one.late, one.soon] for one in totals.left],
        "counts": {why.value: count for why, count in brief.counts.items()},
        "items": [
            {
                "code": item.code,
                "step": item.step.value,
                "reasons": [
                    [reason.why.value, reason.at.isoformat() if reason.at else None]
                    for reason in item.reasons
                ],
                "what": list(item.what),
                "where": cleaned(item.where),
                "own": item.own,
                "struck": item.code in edit.struck,
                "remark": cleaned(edit.remarks.get(item.code, "")).strip(),
            }
            for item in brief.items
        ],
    }


def _check(unit: Unit, brief: Brief, edit: Edit, by: str) -> None:
    text = edit.text.strip()
    if not text:
        raise Refused("handover_empty")
    if len(text) > LONGEST_TEXT:
        raise Refused("handover_long", length=len(text), most=LONGEST_TEXT)
    if any(len(one) > LONGEST_REMARK for one in (edit.remark, *edit.remarks.values())):
        raise Refused("remark_long", most=LONGEST_REMARK)
    if strange := (edit.struck | edit.remarks.keys()) - {item.code for item in brief.items}:
        raise Refused("not_in_brief", code=", ".join(sorted(strange)))
    if edit.to == by:
        raise Refused("own_handover")
    if edit.to and unit.reference.staff and edit.to not in unit.reference.staff:
        raise Refused("unknown_person", name=edit.to)
