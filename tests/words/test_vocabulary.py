"""The words of a whole city are found by what an operator types."""

import pytest

from console.domain.lexicon import Entry, Kind, Lexicon
from console.queries.vocabulary import called
from console.storage.unit import Store
from console.words.vocabulary import lexicon


@pytest.fixture
def words(city_store: Store) -> Lexicon:
    with city_store.read() as view:
        return lexicon(view)


def names(found: list[Entry]) -> list[str]:
    return [entry.name for entry in found]


def test_that_codes_and_names_are_found_side_by_side(words: Lexicon) -> None:
    assert "暴露垃圾" in names(words.find("bllj"))
    assert names(words.find("jsqcgj"))[0] == "金水区城市管理局" or "金水区城管局" in names(
        words.find("jsqcgj")
    )
    assert names(words.find("dpq", [Kind.STATE])) == ["待派遣"]
    assert names(words.find("gaipai", [Kind.OPERATION])) == ["改派"]
    assert names(words.find("redispatch", [Kind.OPERATION])) == ["改派"]
    assert {entry.kind for entry in words.find("督办", limit=50)} >= {Kind.OPERATION, Kind.FLAG, Kind.SOURCE}


def test_that_an_office_is_found_by_what_people_call_it() -> None:
    assert called("金水区城市管理局") == ["金水区城市管理局", "金水区城管局"]
    assert called("二七区环境卫生服务中心") == [
        "二七区环境卫生服务中心",
        "二七区环卫服务中心",
        "二七区环卫中心",
    ]
    assert called("排水管理中心(演示)") == ["排水管理中心(演示)", "排水管理中心"]
    assert called("(演示)") == ["(演示)"]


def test_that_the_lexicon_follows_the_city(city_store: Store) -> None:
    with city_store.read() as view:
        assert lexicon(view) is lexicon(view)
    with city_store.write() as unit:
        unit.add_departments([])
    with city_store.read() as first, city_store.read() as second:
        assert lexicon(first) is lexicon(second)
