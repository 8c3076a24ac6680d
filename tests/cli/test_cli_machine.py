"""The whole machine headless: every operation by the right post through the command line."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import URL

from console.domain.flow import TRANSITIONS
from console.domain.operation import Operation
from console.domain.staff import Member
from console.storage.staff import replace_staff
from console.storage.unit import Store
from tests.cities import SOUTH, STEP_LAT, STEP_LON, WEST
from tests.cli.conftest import Run
from tests.cli.stories import ANSWERED_LATE, APPEALS, STAFF, STORIES, TAKEN_UP, Line
from tests.lives import CLASS, INSIDE, SEVEN_STEPS, registered, taken
from tests.photos import jpeg, pdf

PLACE = ("--lon", str(INSIDE[0]), "--lat", str(INSIDE[1]))


def new_report(cli: Run, *words: str) -> str:
    said = cli(
        "cases", "register", "路口有垃圾", "--class", CLASS, *PLACE, *words, "--by", "受理员甲", "--json"
    )
    assert said.code == 0, said
    return str(said.told["case"]["code"])


def lived(cli: Run, code: str, lines: Sequence[Line], **places: str) -> None:
    """Do the acts one after the other; each goes as its line says, in the post of who does it."""
    for line in lines:
        words = [word.format(**places) for word in line.words]
        said = cli("cases", "do", line.act, code, *words, "--by", line.by, "--json")
        if line.refused:
            assert (said.code, said.told.get("refused")) == (2, line.refused), (line, said)
            assert said.told["message"].isprintable()
            continue
        assert said.code == 0, (line, said)
        fact = said.told["facts"][-1]
        assert (fact["operation"], fact["by"], fact["post"]) == (line.act, line.by, STAFF[line.by][0].value)


def put_staff(store: Store) -> None:
    """The people of the stories, all of them in the middle of the small city."""
    people = [
        Member(name, frozenset({post}), department, division, "", *INSIDE)
        for name, (post, department, division) in STAFF.items()
    ]
    with store.write() as unit:
        replace_staff(unit.connection, people)


@pytest.fixture
def centre(cli: Run, city_url: URL) -> Run:
    """The small city with a list of its staff."""
    store = Store(city_url)
    put_staff(store)
    store.close()
    return cli


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "after.jpg").write_bytes(jpeg())
    (tmp_path / "form.pdf").write_bytes(pdf())
    return {"photo": str(tmp_path / "after.jpg"), "form": str(tmp_path / "form.pdf")}


def test_that_the_stories_leave_no_operation_out() -> None:
    stories = (*STORIES.values(), ANSWERED_LATE, *APPEALS.values())
    done = {Operation(line.act) for story in stories for line in story if not line.refused}
    beside = {Operation.REGISTER, Operation.CONFIRM_SELF}  # how every story begins, and the last test
    assert {row.operation for row in TRANSITIONS} == done | beside


@pytest.mark.parametrize("story", STORIES)
def test_that_a_case_lives_by_the_command_line(centre: Run, files: dict[str, str], story: str) -> None:
    code = new_report(centre)
    other = new_report(centre) if story.startswith("merged") else ""
    lived(centre, code, STORIES[story], other=other, **files)
    verified = centre("verify", "--json")
    assert verified.code == 0, verified
    assert centre("cases", "show", code, "--by", "领导甲").code == 0


def test_that_late_departments_may_appeal_once(city_url: URL, cli: Run) -> None:
    store = Store(city_url)
    codes = [taken(store, registered(store), *SEVEN_STEPS[:4]).code for _appeal in APPEALS]
    put_staff(store)
    store.close()
    for code, appeal in zip(codes, APPEALS, strict=True):
        lived(cli, code, (*ANSWERED_LATE, *APPEALS[appeal]))
        again = cli("cases", "do", "appeal", code, "--note", "再申诉", "--by", "金水城管", "--json")
        assert again.told["refused"] == "appealed_once"
    exempt = cli("cases", "list", "--all", "--flag", "exempt", "--json").told["cases"]
    assert [case["code"] for case in exempt] == codes[:1]


def test_that_what_a_patroller_put_right_is_only_confirmed(centre: Run) -> None:
    code = new_report(centre, "--self-handled", "--source", "patrol")
    said = centre("cases", "do", "confirm_self", code, "--by", "受理员甲", "--json")
    assert (said.code, said.told["case"]["state"]) == (0, "closed")


def test_that_a_case_without_an_owner_goes_to_its_area(centre: Run) -> None:
    place = ("--lon", str(WEST + 8.5 * STEP_LON), "--lat", str(SOUTH + 6.5 * STEP_LAT))
    code = new_report(centre, *place)
    lived(centre, code, TAKEN_UP)
    said = centre("cases", "do", "dispatch", code, "--territory", "--by", "派遣员甲", "--json").told
    assert (said["case"]["department"], said["facts"][-1]["details"]["territory"]) == ("D171", True)
