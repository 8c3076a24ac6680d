"""Dossiers beside the loop: told stage by stage, and given up without a trace."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.adapters.dossier.checking import check
from console.adapters.photo import decoder
from console.domain.errors import Refused
from console.runtime.desk import Desk
from console.runtime.dossier import save_dossier
from console.runtime.evidence import EvidenceRoom
from console.storage.unit import Store
from tests.conftest import CITY, Databases
from tests.dossiers import BY, LATER, photographed


@pytest.fixture
def own_desk(sqlite_databases: Databases, tmp_path: Path) -> Iterator[Desk]:
    opened = Desk(Store(sqlite_databases.new(CITY, tmp_path)))
    opened.store.prepare()
    yield opened
    opened.close()


@pytest.fixture
def room(own_desk: Desk, tmp_path: Path) -> Iterator[EvidenceRoom]:
    made = EvidenceRoom(own_desk.store.evidence, tmp_path / "cache")
    yield made
    made.close()


def test_that_each_stage_is_told_on_the_loop(own_desk: Desk, room: EvidenceRoom, tmp_path: Path) -> None:
    code = photographed(own_desk, tmp_path)
    target = tmp_path / "dossier.pdf"
    target.write_text("an older one")
    stages: list[str] = []

    async def save() -> int:
        return await save_dossier(
            own_desk, room, code, target, by=BY, at=LATER, replacing=True, progress=stages.append
        )

    assert asyncio.run(save()) == target.stat().st_size
    assert stages == ["reading", "pictures", "setting", "writing"]
    assert check(target).findings == ()


def test_that_a_file_is_not_replaced_unasked(own_desk: Desk, room: EvidenceRoom, tmp_path: Path) -> None:
    target = tmp_path / "dossier.pdf"
    target.write_text("mine")
    with pytest.raises(Refused, match="file_exists"):
        asyncio.run(save_dossier(own_desk, room, "any", target, by=BY, at=LATER))
    assert target.read_text() == "mine"


def test_that_a_dossier_given_up_leaves_no_file(
    own_desk: Desk, room: EvidenceRoom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = photographed(own_desk, tmp_path)
    program = tmp_path / "decoder.py"
    program.write_text("import time; time.sleep(60)")
    monkeypatch.setattr(decoder, "__file__", str(program))
    folder = tmp_path / "out"
    folder.mkdir()

    async def give_up() -> None:
        begun = asyncio.Event()
        told = lambda stage: begun.set() if stage == "pictures" else None  # noqa: E731
        work = asyncio.ensure_future(
            save_dossier(own_desk, room, code, folder / "a.pdf", by=BY, at=LATER, progress=told)
        )
        await begun.wait()
        work.cancel()
        with pytest.raises(asyncio.CancelledError):
            await work

    asyncio.run(give_up())
    room.close()
    assert list(folder.iterdir()) == []
