"""Base maps from the command line: checked, added, listed, removed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace

import click

from console.adapters.basemap.archive import TileArchive
from console.adapters.basemap.collection import BaseMap, new_basemap
from console.cli.main import Session, answering
from console.cli.output import Exit
from console.domain.errors import Refused
from console.i18n import _
from console.runtime.basemaps import BaseMapRoom
from console.storage.unit import View
from console.system import cache_folder
from console.words import refusal
from console.words.basemap import SYSTEMS, lying, no_match, not_comparable

PLACE = click.argument("place")


@click.group()
def basemap() -> None:
    """底图:MBTiles、PMTiles 文件或内网 WMTS / base maps of this site."""


@contextmanager
def _room(session: Session) -> Iterator[BaseMapRoom]:
    room = BaseMapRoom(session.folder, session.settings.basemap_hosts, cache_folder() / "wmts")
    try:
        yield room
    finally:
        room.close()


@basemap.command("check")
@PLACE
@answering
def check(session: Session, place: str) -> None:
    """读出并与城市道路比对坐标 / reads it, and compares its datum with the roads."""
    with _room(session) as room:
        _checked(session, room, new_basemap(place))


@basemap.command("add")
@PLACE
@click.option("--name", default="", help="名称 / what people call it")
@click.option("--system", type=click.Choice([*SYSTEMS]), help="坐标;不写则比对后提示 / its datum")
@click.option("--show/--keep", default=True, help="立即显示,或只加入列表 / show it at once or only list it")
@answering
def add(session: Session, place: str, name: str, system: str | None, show: bool) -> None:
    """加入底图列表 / adds a file, or a WMTS of an allowed host ({z} {x} {y}, capabilities)."""
    with _room(session) as room:
        added = room.add(place, name)
        if system:
            added = replace(added, system=system)
        collection = room.collection().having(added)
        room.keep(replace(collection, chosen=added.key) if show else collection)
        session.answer.say(_("已加入底图:{name}").format(name=added.name))
        _checked(session, room, added)


@basemap.command("list")
@answering
def listed(session: Session) -> None:
    """底图清单 / the base maps, with what is wrong with them."""
    with _room(session) as room:
        collection = room.collection()
        rows = []
        for one in collection.maps:
            try:
                room.open(one)
                state = _("可用")
            except Refused as problem:
                state = refusal(problem)
            rows.append((one, state))
    shown = {one.key: _("是") if one.key == collection.chosen else "" for one, _state in rows}
    maps = [{**asdict(one), "shown": one.key == collection.chosen, "state": state} for one, state in rows]
    session.answer.give({"basemaps": maps})
    session.answer.table(
        (_("号"), _("名称"), _("坐标"), _("显示"), _("位置"), _("状态")),
        (
            (one.key, one.name, SYSTEMS.get(one.system, one.system), shown[one.key], one.place, state)
            for one, state in rows
        ),
    )


@basemap.command("remove")
@click.argument("name")
@answering
def remove(session: Session, name: str) -> None:
    """按编号或名称移出列表,文件不动 / takes it off the list; its file stays."""
    with _room(session) as room:
        collection = room.collection()
        gone = collection.find(name)
        room.keep(collection.without(gone.key))
    session.answer.give({"removed": asdict(gone)})
    session.answer.say(_("已移出列表:{name}(文件未动,可再添加)").format(name=gone.name))


def _checked(session: Session, room: BaseMapRoom, one: BaseMap) -> None:
    """Say what it is and how it lies. A shift is a finding."""
    shown = room.open(one)
    told = {**asdict(shown), "place": one.place}
    source = room.source(one)
    if isinstance(source, TileArchive):
        told["bounds"] = source.open().bounds
        told["layers"] = source.open().layers
    kind = _("矢量") if shown.vector else _("影像")
    facts = {"name": shown.name or one.name, "kind": kind, "low": shown.min_zoom, "high": shown.max_zoom}
    session.answer.say(_("{name}:{kind},级别 {low} 至 {high}").format(**facts))
    roads = _roads(session)
    found = room.compare(one, roads) if roads else None
    if found is None:
        sentence = not_comparable()
    else:
        told["alignment"] = asdict(found)
        sentence = lying(found.east, found.north, found.system) if found.certain else no_match()
    session.answer.give({"basemap": told, "said": sentence})
    session.answer.say(sentence)
    straight = found is None or not found.certain or found.system == one.system
    if not straight:
        raise SystemExit(Exit.FINDINGS)


def _roads(session: Session) -> bytes:
    """The loaded city's roads, empty where there is no store yet."""
    embedded = session.database_file()
    if embedded is not None and not embedded.is_file():
        return b""
    desk = session.desk()
    try:
        return desk.ask_now(_roads_of)
    except Refused as problem:
        if problem.code != "no_city":
            raise
        return b""
    finally:
        desk.close()


def _roads_of(view: View) -> bytes:
    from console.queries.map import city_map

    return city_map(view).roads
