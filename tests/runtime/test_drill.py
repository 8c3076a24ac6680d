"""A drill is the city of a moment of the past, moved to now; the store it was made from stays as it was."""

import errno
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from console.domain.drill import WAS_AT, moved, until
from console.domain.errors import Refused
from console.domain.flow import ENDED, State
from console.domain.operation import Operation
from console.queries.case import case_card
from console.runtime.bootstrap import evidence_folder, open_desk
from console.runtime.desk import Desk
from console.runtime.drill import drill_folder, drills, make_drill, opening, remove_drill
from console.services.steps import take_step
from console.settings import Settings, write_settings
from console.storage.journal import city_facts
from console.storage.tables import cases
from console.storage.unit import Store
from console.system import DRILL, DRILLS
from console.words.generated import generated_mark
from tests.lives import BY, MINUTE, REPORT, SEVEN_STEPS, TOLD, registered, taken, walked
from tests.queries.pasts import HOUR, SINCE, PlainFold, populate
from tests.storage.seats import whole

AT, NOW = SINCE + 9 * HOUR, datetime(2026, 7, 1, 3, 20, 7, tzinfo=UTC)
SPAN = NOW - AT


@pytest.fixture
def lived(desk: Desk) -> Desk:
    populate(desk.store)
    return desk


def made(desk: Desk, folder: Path) -> Desk:
    drill = make_drill(desk, folder, AT, by=BY, now=NOW)
    return open_desk(drill_folder(folder, drill.name), None)


def lines(store: Store) -> list[tuple[object, ...]]:
    with store.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text("SELECT * FROM journal ORDER BY id"))]


def test_that_it_has_the_open_cases_of_that_moment_with_as_much_time_left(
    lived: Desk, tmp_path: Path
) -> None:
    expected = PlainFold(lived.store).at(AT)
    drill = made(lived, tmp_path)
    try:
        here = PlainFold(drill.store).at(NOW)
        shift = SPAN // timedelta(microseconds=1)
        assert len(expected) > 30
        assert here == {
            case_id: replace(one, due=None if one.due is None else one.due + shift)
            for case_id, one in expected.items()
        }
        whole(drill.store)  # every row is what its journal tells, every line what was written
    finally:
        drill.close()


def test_that_the_store_itself_is_only_read(lived: Desk, tmp_path: Path) -> None:
    before = lines(lived.store)
    drill = made(lived, tmp_path)
    try:
        code = next(one.code for one in PlainFold(drill.store).at(NOW).values() if one.state == "to_dispatch")
        drill.do_now(take_step, code, Operation.DISPATCH, TOLD[Operation.DISPATCH], by=BY, at=NOW + MINUTE)
        assert drill.ask_now(case_card, code, NOW + MINUTE).case.state is State.TO_HANDLE
    finally:
        drill.close()
    assert lines(lived.store) == before


def test_that_it_says_everywhere_that_it_is_one_and_its_journal_of_what(lived: Desk, tmp_path: Path) -> None:
    drill = made(lived, tmp_path)
    try:
        profile = drill.store.profile()
        assert profile is not None
        assert profile.name == "小城(演示)·演练 03-13 18:00"
        assert profile.drill == AT.isoformat()
        assert "演练 · 2026-03-13 18:00" in generated_mark(profile)
        with drill.store.read() as view:
            first = city_facts(view.connection)[0]
            code = next(iter(view.connection.execute(cases.select().limit(1)))).code
            facts = case_card(view, code, NOW).facts
        assert (first.act.value, first.at, first.by) == ("drill_started", NOW, BY)
        last = lines(lived.store)[-1]
        assert first.details == {
            "city": "小城(演示)", "moment": AT.isoformat(), "line": last[0], "hash": last[-1],
        }  # fmt: skip
        assert all(datetime.fromisoformat(fact.details[WAS_AT]) == fact.at - SPAN for fact in facts)
        with pytest.raises(Refused, match="drill_of_drill"):
            make_drill(drill, tmp_path, NOW, by=BY, now=NOW + HOUR)
    finally:
        drill.close()


def test_that_a_drill_is_listed_and_removed_in_one_act(lived: Desk, tmp_path: Path) -> None:
    one = make_drill(lived, tmp_path, AT, by=BY, now=NOW)
    other = make_drill(lived, tmp_path, AT, by=BY, now=NOW + HOUR)
    assert drills(tmp_path) == [other, one]
    assert one.name != other.name
    assert opening(drill_folder(tmp_path, one.name))[-2:] == ["--data", str(tmp_path / DRILLS / one.name)]
    remove_drill(tmp_path, one.name)
    assert drills(tmp_path) == [other]
    for name in (one.name, "..", "../evidence", ""):
        with pytest.raises(Refused, match="no_such_drill"):
            remove_drill(tmp_path, name)


def test_that_one_broken_off_or_refused_leaves_nothing_behind(lived: Desk, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="interrupted"):
        make_drill(lived, tmp_path, AT, by=BY, now=NOW, cancelled=lambda: True)
    with pytest.raises(Refused, match="drill_moment"):
        make_drill(lived, tmp_path, NOW, by=BY, now=NOW)
    assert drills(tmp_path) == []
    assert list((tmp_path / DRILLS).iterdir()) == []
    (tmp_path / "full").write_text("")
    with pytest.raises(Refused, match="drill_not_written"):
        make_drill(lived, tmp_path / "full", AT, by=BY, now=NOW)


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
def test_that_photos_come_along_and_new_ones_stay_in_the_drill(desk: Desk, tmp_path: Path) -> None:
    case = registered(desk.store, REPORT)
    hash_ = desk.store.evidence.keep(b"a photo")
    photo = replace(TOLD[Operation.ATTACH].evidence[0], hash=hash_)
    told = replace(TOLD[Operation.ATTACH], evidence=(photo,))
    at = case.reported_at + MINUTE
    desk.do_now(take_step, case.code, Operation.ATTACH, told, by=BY, at=at)
    drill = make_drill(desk, tmp_path, at + MINUTE, by=BY, now=NOW)
    folder = drill_folder(tmp_path, drill.name)
    write_settings(folder, Settings(evidence=str(desk.store.evidence.folder)))
    assert evidence_folder(folder) == folder / "evidence"
    opened = open_desk(folder, None)
    try:
        assert opened.store.evidence.read(hash_) == b"a photo"
        opened.store.evidence.keep(b"another")
        remove_drill(tmp_path, drill.name)
    finally:
        opened.close()
    assert desk.store.evidence.read(hash_) == b"a photo"


def test_that_what_had_ended_long_before_does_not_come_along(desk: Desk, tmp_path: Path) -> None:
    fresh = taken(desk.store, registered(desk.store, at=AT - 2 * HOUR), *SEVEN_STEPS, at=AT - HOUR)
    taken(desk.store, registered(desk.store, at=AT - 90 * HOUR), *SEVEN_STEPS, at=AT - 80 * HOUR)
    assert fresh.state in ENDED
    drill = made(desk, tmp_path)
    try:
        with drill.store.read() as view:
            assert [row.code for row in view.connection.execute(cases.select())] == [fresh.code]
    finally:
        drill.close()


def test_that_facts_are_cut_at_the_moment_and_moved_whole() -> None:
    _case, facts = walked(*SEVEN_STEPS[:4])
    assert until(facts, facts[2].at) == facts[:3]
    assert until(facts, facts[0].at - MINUTE) == []
    out_of_order = [replace(facts[0], at=facts[2].at), *facts[1:3]]
    assert until(out_of_order, facts[1].at) == []
    told = moved(facts, HOUR)
    last = told[-1]
    assert last.at == facts[-1].at + HOUR
    visits = told[3].changes["visits"]
    assert visits[-1].start == facts[3].changes["visits"][-1].start + HOUR
    assert told[3].changes["due_at"] == facts[3].changes["due_at"] + HOUR


def test_that_a_drill_whose_mark_cannot_be_written_leaves_nothing(
    lived: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_text = Path.write_text

    def full(path: Path, *told: Any, **more: Any) -> int:
        if path.name == DRILL:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write_text(path, *told, **more)

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(Refused) as told:
        make_drill(lived, tmp_path, AT, by=BY, now=NOW)
    assert told.value.code == "drill_not_written"
    assert list((tmp_path / DRILLS).iterdir()) == []


@pytest.mark.parametrize(
    "mark",
    [
        b"\xff\xfe not utf-8",
        b'city = "x"\nat = "yesterday"\nmade_at = "today"\nby = "y"\ncases = 1\n',
        b'city = "x"\nat = 2026-01-01T00:00:00\nmade_at = 2026-01-01T00:00:00\nby = "y"\ncases = 1\n',
        b'city = 7\nat = 2026-01-01T00:00:00Z\nmade_at = 2026-01-01T00:00:00Z\nby = "y"\ncases = "1"\n',
        b"",
    ],
)
def test_that_a_damaged_mark_hides_no_other_drill(tmp_path: Path, mark: bytes) -> None:
    good = b'city = "x"\nat = 2026-01-01T00:00:00Z\nmade_at = 2026-01-02T00:00:00Z\nby = "y"\ncases = 1\n'
    for name, content in (("a", mark), ("b", good), ("c", mark)):
        (tmp_path / DRILLS / name).mkdir(parents=True)
        (tmp_path / DRILLS / name / DRILL).write_bytes(content)
    assert [one.name for one in drills(tmp_path)] == ["b"]
