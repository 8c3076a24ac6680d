"""The names of a city as a lexicon: classes, departments and their short names, divisions, roads, staff."""

import json
from collections.abc import Iterable, Iterator, Sequence
from threading import Lock
from typing import NamedTuple

from sqlalchemy import select

from console.domain.city import Level
from console.domain.lexicon import Kind, Lexicon, Spelled
from console.queries.pinyin import readings
from console.storage.city import Reference
from console.storage.tables import divisions, layers
from console.storage.unit import View

# How the trade shortens its offices, applied one after another; each step is a name of its own.
_SHORT = (
    ("城市管理", "城管"),
    ("环境卫生", "环卫"),
    ("住房和城乡建设", "住建"),
    ("自然资源和规划", "资规"),
    ("市场监督管理", "市监"),
    ("应急管理", "应急"),
    ("文化旅游体育", "文旅"),
    ("卫生健康", "卫健"),
    ("发展和改革", "发改"),
    ("交通运输", "交通"),
    ("农业农村水利", "农水"),
    ("综合执法", "执法"),
    ("管理委员会", "管委会"),
    ("街道办事处", "街道"),
    ("回族区", "区"),
    ("服务中心", "中心"),
    ("设施养护中心", "中心"),
    ("绿化中心", "中心"),
)
_OF_LEVEL = {Level.STREET: Kind.STREET, Level.COMMUNITY: Kind.COMMUNITY}
_KEPT = 4  # cities whose lexicon is held ready


class Word(NamedTuple):
    """A word before it is spelled; the first of its names is the full one."""

    kind: Kind
    code: str
    name: str
    name_en: str
    names: Sequence[str]


_known: dict[str, tuple[Lexicon, Sequence[Spelled]]] = {}
_building = Lock()


def city_lexicon(view: View) -> Lexicon:
    """The lexicon of the city this view sees; spelled once for each revision of the city.

    The first call for a revision takes some tenths of a second. Raises Refused("no_city").
    """
    return _of(view)[0]


def city_words(view: View) -> Sequence[Spelled]:
    """The same words for who puts others beside them."""
    return _of(view)[1]


def spelled(words: Iterable[Word]) -> list[Spelled]:
    """The words with the readings of their names."""
    listed = list(words)
    every = list(dict.fromkeys(name for word in listed for name in word.names))
    read = dict(zip(every, readings(every), strict=True))
    return [
        Spelled(word.kind, word.code, word.name, word.name_en, [(name, read[name]) for name in word.names])
        for word in listed
    ]


def _of(view: View) -> tuple[Lexicon, Sequence[Spelled]]:
    reference = view.reference
    with _building:
        found = _known.get(reference.revision)
        if found is None:
            words = spelled(_words(view, reference))
            found = _known[reference.revision] = Lexicon(words), words
            while len(_known) > _KEPT:
                del _known[next(iter(_known))]
    return found


def _words(view: View, reference: Reference) -> Iterator[Word]:
    seen: set[tuple[str, str]] = set()
    majors: dict[str, str] = {}
    for catalogue in (reference.catalogue, *reference.catalogues):
        for item in catalogue.classes:
            if (item.key, item.name) not in seen:
                seen.add((item.key, item.name))
                yield Word(Kind.CLASS, item.key, item.name, item.name_en, [item.name])
                majors.setdefault(item.major, item.key[:-2])
    for name, prefix in majors.items():
        yield Word(Kind.MAJOR, prefix, name, "", [name])
    for office in reference.departments.values():
        yield Word(Kind.DEPARTMENT, office.code, office.name, office.name_en, called(office.name))
    found = view.connection.execute(
        select(divisions.c.code, divisions.c.name, divisions.c.name_en, divisions.c.level).order_by(
            divisions.c.code
        )
    )
    for code, name, name_en, level in found:
        yield Word(_OF_LEVEL.get(Level(level), Kind.DIVISION), code, name, name_en, called(name))
    for name in _roads(view):
        yield Word(Kind.ROAD, name, name, "", [name])
    for name in reference.staff:
        yield Word(Kind.PERSON, name, name, "", [name])


def called(name: str) -> list[str]:
    """The full name, and what it is shortened to step by step."""
    found = [name, name.partition("(")[0].partition("（")[0]]
    if len(name) > len("街道") + 1:
        found.append(found[-1].removesuffix("街道"))
    for long, short in _SHORT:
        found.append(found[-1].replace(long, short))
    return [one for one in dict.fromkeys(found) if one] or [name]


def _roads(view: View) -> list[str]:
    data = view.connection.execute(select(layers.c.data).where(layers.c.name == "roads")).scalar()
    if not data:
        return []
    found = json.loads(data).get("features", ())
    return sorted({str(one.get("properties", {}).get("name") or "") for one in found} - {""})
