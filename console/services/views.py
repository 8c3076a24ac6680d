"""Saved views: each seat its own; those that all share are the leaders' to give and take."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from console.domain.area import named, read_area
from console.domain.city_act import CityAct
from console.domain.errors import Refused
from console.domain.filter_form import Standpoint, filter_form
from console.domain.saved_view import MOST_LETTERS, SHARED, SHARERS, SavedView
from console.domain.text import cleaned
from console.domain.wanted import CaseFilter
from console.services.editing import editing_post
from console.storage.unit import Unit
from console.storage.views import add_view, drop_view, named_view, save_view, view_by_id, views_of


def keep_view(unit: Unit, name: str, wanted: CaseFilter, here: Standpoint, *, by: str) -> SavedView:
    """Keep a filter under a name of one's own, its area too; a view of that name is written over.

    Raises Refused: `view_needs_name`, `view_name_long`.
    """
    name = _named(name)
    if wanted.within is not None:
        wanted = replace(wanted, within=named(wanted.within, name))
    form = json.dumps(filter_form(wanted, here), ensure_ascii=False)
    old = named_view(unit.connection, by, name)
    if old is None:
        return add_view(unit.connection, by, name, form, None)
    return _saved(unit, replace(old, form=form))


def rename_view(unit: Unit, number: int, name: str, *, by: str, at: datetime) -> SavedView:
    """Raises Refused: `no_such_view`, `needs_post`, `view_needs_name`, `view_name_long`, `view_exists`."""
    view, name = _own(unit, number, by), _named(name)
    if name == view.name:
        return view
    _free(unit, view.owner, name)
    renamed = _saved(unit, replace(view, name=name, form=_renamed(view.form, name)))
    if view.shared:
        _note(unit, CityAct.VIEW_SHARED, renamed, by, at)
    return renamed


def share_view(unit: Unit, number: int, shared: bool, *, by: str, at: datetime) -> SavedView:
    """Give a view to all, or take it back for oneself.

    Raises Refused: `no_such_view`, `needs_post`, `view_exists`.
    """
    view = _own(unit, number, by)
    editing_post(unit, by, SHARERS)
    if view.shared == shared:
        return view
    owner = SHARED if shared else by
    _free(unit, owner, view.name)
    moved = _saved(unit, replace(view, owner=owner, position=len(views_of(unit.connection, owner))))
    _note(unit, CityAct.VIEW_SHARED if shared else CityAct.VIEW_WITHDRAWN, moved, by, at)
    return moved


def delete_view(unit: Unit, number: int, *, by: str, at: datetime) -> SavedView:
    """Let a view go; what it was, for who takes that back. Raises Refused: `no_such_view`, `needs_post`."""
    view = _own(unit, number, by)
    drop_view(unit.connection, number)
    if view.shared:
        _note(unit, CityAct.VIEW_WITHDRAWN, view, by, at)
    return view


def restore_view(unit: Unit, view: SavedView, *, by: str, at: datetime) -> SavedView:
    """Bring a deleted view back to where it was.

    Raises Refused: `no_such_view` for another's own, `needs_post`, `view_exists`.
    """
    if view.owner not in {by, SHARED}:
        raise Refused("no_such_view")
    _may(unit, view, by)
    _free(unit, view.owner, view.name)
    back = add_view(unit.connection, view.owner, view.name, view.form, view.position)
    if back.shared:
        _note(unit, CityAct.VIEW_SHARED, back, by, at)
    return back


def order_views(unit: Unit, numbers: Sequence[int], *, by: str) -> None:
    """Put views in this order. Raises Refused: `no_such_view`, `needs_post`."""
    for position, number in enumerate(numbers):
        _saved(unit, replace(_own(unit, number, by), position=position))


def _own(unit: Unit, number: int, by: str) -> SavedView:
    """A view that `by` may change. Another's own is not there for him."""
    view = view_by_id(unit.connection, number)
    if view is None or view.owner not in {by, SHARED}:
        raise Refused("no_such_view")
    _may(unit, view, by)
    return view


def _may(unit: Unit, view: SavedView, by: str) -> None:
    if view.shared:
        editing_post(unit, by, SHARERS)


def _named(name: str) -> str:
    name = " ".join(cleaned(name).split())
    if not name:
        raise Refused("view_needs_name")
    if len(name) > MOST_LETTERS:
        raise Refused("view_name_long", most=MOST_LETTERS)
    return name


def _renamed(form: str, name: str) -> str:
    """A filter's form, its area under another name; what cannot be read stays as it is."""
    told = json.loads(form)
    try:
        told["within"] = named(read_area(told["within"]), name).told()
    except (KeyError, TypeError, AttributeError, Refused):
        return form
    return json.dumps(told, ensure_ascii=False)


def _free(unit: Unit, owner: str, name: str) -> None:
    if named_view(unit.connection, owner, name) is not None:
        raise Refused("view_exists", name=name)


def _saved(unit: Unit, view: SavedView) -> SavedView:
    """Written over the one of its number."""
    save_view(unit.connection, view)
    return view


def _note(unit: Unit, act: CityAct, view: SavedView, by: str, at: datetime) -> None:
    """What all share is told in the journal, and by it to the other seats; one's own concerns nobody."""
    post = editing_post(unit, by, SHARERS)
    told = {"view": view.id, "filter": json.loads(view.form)}
    unit.note_city(act, by=by, at=at, post=post, note=view.name, details=told)
