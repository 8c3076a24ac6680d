"""Photos on their way through the console: taken in, shown, altered, handed out, given up."""

import asyncio
from hashlib import sha256
from pathlib import Path

import pytest
from PIL import Image

from console.adapters.photo import decoder
from console.domain.errors import Refused
from console.domain.evidence import Evidence, Role
from console.runtime.evidence import EvidenceRoom, export, pictures, take_in
from console.storage.evidence import EvidenceFolder
from tests.photos import GPS_WORDS, jpeg, pdf, png, written


@pytest.fixture
def room(tmp_path: Path) -> EvidenceRoom:
    return EvidenceRoom(EvidenceFolder(tmp_path / "evidence"), tmp_path / "cache")


def good(found: Evidence | Refused) -> Evidence:
    assert isinstance(found, Evidence), found
    return found


def test_that_good_files_are_kept_whole_and_bad_ones_named(room: EvidenceRoom, tmp_path: Path) -> None:
    data = jpeg()
    paths = written(tmp_path / "in", near_jpg=data, note_txt=b"text", form_pdf=pdf())
    near, note, form = take_in(room.folder, paths, Role.NEAR)
    assert room.folder.read(good(near).hash) == data
    assert good(near) == Evidence(
        sha256(data).hexdigest(), "near.jpg", "image/jpeg", len(data), Role.NEAR, 64, 48,
        good(near).taken_at, pytest.approx(113.65), pytest.approx(34.75),
    )  # fmt: skip
    assert isinstance(note, Refused)
    assert (note.code, note.facts["name"]) == ("photo_format", "note.txt")
    assert good(form).media_type == "application/pdf"


def test_that_a_refused_file_is_not_kept(room: EvidenceRoom, tmp_path: Path) -> None:
    take_in(room.folder, written(tmp_path / "in", a_jpg=jpeg()[:300]))
    assert not room.folder.folder.exists()


def test_that_an_altered_photo_shows_what_is_wrong_although_its_thumbnail_is_there(
    room: EvidenceRoom, tmp_path: Path
) -> None:
    paths = written(tmp_path / "in", a_jpg=jpeg(640, 480), b_jpg=jpeg(320, 240), form_pdf=pdf())
    taken = [good(item) for item in take_in(room.folder, paths)]
    before = pictures(room.folder, room.thumbnails, taken)
    assert [picture.trouble for picture in before] == [None] * 3
    assert [picture.place is not None for picture in before] == [True, True, False]
    place = room.folder.place(taken[0].hash)
    data = bytearray(place.read_bytes())
    data[-3] ^= 1
    place.write_bytes(data)
    first, second, paper = pictures(room.folder, room.thumbnails, taken)
    assert first.place is None
    assert first.trouble is not None
    assert (first.trouble.code, first.trouble.facts["name"]) == ("evidence_altered", "a.jpg")
    assert (second.place, second.trouble, paper.trouble) == (before[1].place, None, None)


def test_that_exported_files_tell_no_place_and_overwrite_nothing(room: EvidenceRoom, tmp_path: Path) -> None:
    paths = [*written(tmp_path / "one", road_jpg=jpeg()), *written(tmp_path / "two", road_jpg=jpeg(80, 60))]
    paths += written(tmp_path / "three", form_pdf=pdf(), lamp_png=png())
    taken = [good(item) for item in take_in(room.folder, paths)]
    target = tmp_path / "out"
    done = export(room.folder, taken, target)
    assert [path.name for path in done if isinstance(path, Path)] == [
        "road.jpg",
        "road-2.jpg",
        "form.pdf",
        "lamp.png",
    ]
    leaks = [
        (path.name, word) for path in target.iterdir() for word in GPS_WORDS if word in path.read_bytes()
    ]
    assert leaks == []


def test_that_a_name_cannot_lead_out_of_the_exports_folder(room: EvidenceRoom, tmp_path: Path) -> None:
    data = jpeg()
    hash_ = room.folder.keep(data)
    names = ("../../out.jpg", "..\\..\\out.jpg", "/etc/x", "..", "", "a\0b.jpg", "\u202egpj.exe")
    taken = [Evidence(hash_, name, "image/jpeg", len(data), Role.NEAR) for name in names]
    done = export(room.folder, taken, tmp_path / "out")
    assert all(isinstance(path, Path) and path.parent == tmp_path / "out" for path in done)
    assert len(list((tmp_path / "out").iterdir())) == len(names)


def test_that_missing_content_is_named_and_the_rest_exported(room: EvidenceRoom, tmp_path: Path) -> None:
    paths = written(tmp_path / "in", a_jpg=jpeg(), b_jpg=jpeg(80, 60))
    taken = [good(item) for item in take_in(room.folder, paths)]
    room.folder.place(taken[0].hash).unlink()
    first, second = export(room.folder, taken, tmp_path / "out")
    assert isinstance(first, Refused)
    assert (first.code, first.facts["name"]) == ("evidence_missing", "a.jpg")
    assert isinstance(second, Path)


def test_that_the_loop_goes_on_while_photos_are_decoded(room: EvidenceRoom, tmp_path: Path) -> None:
    paths = written(tmp_path / "in", a_jpg=jpeg(2000, 1500))

    async def both() -> tuple[list[Evidence | Refused], int]:
        work = asyncio.ensure_future(room.take_in(paths, Role.AFTER))
        turns = 0
        while not work.done():
            await asyncio.sleep(0)
            turns += 1
        taken = await work
        shown = await room.pictures([good(item) for item in taken], 320)
        assert shown[0].place is not None
        with Image.open(shown[0].place) as image:
            assert image.size == (320, 240)
        return taken, turns

    taken, turns = asyncio.run(both())
    room.close()
    assert good(taken[0]).role is Role.AFTER
    assert turns > 10


def test_that_a_wait_given_up_ends_the_decoder(
    room: EvidenceRoom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = tmp_path / "ended"
    program = tmp_path / "decoder.py"
    program.write_text(f"import time; open({str(tmp_path / 'began')!r}, 'w').close(); time.sleep(60)\n"
                       f"open({str(ended)!r}, 'w').close()")  # fmt: skip
    monkeypatch.setattr(decoder, "__file__", str(program))
    paths = written(tmp_path / "in", a_jpg=jpeg())

    async def give_up() -> None:
        work = asyncio.ensure_future(room.take_in(paths))
        while not (tmp_path / "began").exists():  # noqa: ASYNC110  a file tells nobody
            await asyncio.sleep(0.01)
        work.cancel()
        with pytest.raises(asyncio.CancelledError):
            await work

    asyncio.run(give_up())
    room.close()  # returns only when the thread is free again, long before the minute is over
    assert not ended.exists()
    assert not room.folder.folder.exists()
