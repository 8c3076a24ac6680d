"""Files from outside: told by content, decoded apart, refused by name."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import pytest

from console.adapters.photo import decoder, decoding, looking
from console.adapters.photo.decoding import Job, Task, decode
from console.adapters.photo.looking import Look, look_at
from console.domain.errors import Refused
from tests.photos import bomb, jpeg, pdf, png, webp, written

EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\nshowpage\n"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"
FITS = b"SIMPLE  =                    T" + bytes(2850)


@pytest.fixture
def work(tmp_path: Path) -> Path:
    folder = tmp_path / "work"
    folder.mkdir()
    return folder


def looked(work: Path, paths: list[Path]) -> list[Look | Refused]:
    return look_at(paths, work)


def seen(found: Look | Refused) -> Look:
    assert isinstance(found, Look), found
    return found


def codes(found: list[Look | Refused]) -> list[str]:
    return [item.code if isinstance(item, Refused) else "good" for item in found]


def test_that_each_format_is_let_in_with_its_size_time_and_place(tmp_path: Path, work: Path) -> None:
    paths = written(tmp_path, a_jpg=jpeg(), b_png=png(), c_webp=webp())
    for path, media_type, found in zip(
        paths, ("image/jpeg", "image/png", "image/webp"), looked(work, paths), strict=True
    ):
        look = seen(found)
        assert (look.name, look.media_type, look.width, look.height) == (path.name, media_type, 64, 48)
        assert look.taken_at == datetime(2026, 3, 20, 2, 15, tzinfo=UTC)
        assert (look.lon, look.lat) == (pytest.approx(113.65), pytest.approx(34.75))


def test_that_a_paper_is_let_in(tmp_path: Path, work: Path) -> None:
    look = seen(looked(work, written(tmp_path, form_pdf=pdf()))[0])
    assert (look.media_type, look.width, look.height, look.taken_at) == ("application/pdf", 0, 0, None)


def test_that_content_decides_and_not_the_name(tmp_path: Path, work: Path) -> None:
    paths = written(
        tmp_path, a_jpg=png(), b_jpg=EPS, c_jpg=SVG, d_jpg=FITS, e_png=b"", f_jpg=b"GIF89a" + bytes(60)
    )
    found = looked(work, paths)
    assert seen(found[0]).media_type == "image/png"
    assert codes(found)[1:] == ["photo_format"] * 5
    assert [item.facts["name"] for item in found if isinstance(item, Refused)][:1] == ["b.jpg"]


@pytest.mark.parametrize("edge", [9_000, 12_000, 20_000])
def test_that_a_picture_bomb_is_refused(edge: int, tmp_path: Path, work: Path) -> None:
    refusal = looked(work, written(tmp_path, bomb_png=bomb(edge)))[0]
    assert isinstance(refusal, Refused)
    assert refusal.code == "photo_too_many_pixels"
    assert refusal.facts["megapixels"] == edge * edge // 1_000_000


def test_that_damaged_files_are_refused_and_the_good_ones_beside_them_kept(
    tmp_path: Path, work: Path
) -> None:
    whole, paper = jpeg(200, 200), pdf()
    flipped = bytearray(png())
    flipped[60] ^= 1
    found = looked(
        work,
        written(
            tmp_path,
            a_jpg=whole,
            cut_jpg=whole[: len(whole) // 2],
            flipped_png=bytes(flipped),
            cut_webp=webp()[:-40],
            cut_pdf=paper[: len(paper) // 2],
            head_pdf=b"%PDF-1.7\n%%EOF\n",
            b_jpg=whole,
        ),
    )
    assert codes(found) == ["good", *["photo_damaged"] * 5, "good"]


def test_that_a_locked_paper_is_refused_as_such(tmp_path: Path, work: Path) -> None:
    from pypdf import PdfReader, PdfWriter

    (path,) = written(tmp_path, form_pdf=pdf())
    writer = PdfWriter(clone_from=PdfReader(path))
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(path)
    assert codes(looked(work, [path])) == ["photo_locked"]


def test_that_a_file_over_the_limit_is_not_read_whole(
    tmp_path: Path, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "MOST_BYTES", 2_000_000)
    refusal = looked(work, written(tmp_path, big_jpg=jpeg() + bytes(2_000_001)))[0]
    assert isinstance(refusal, Refused)
    assert (refusal.code, refusal.facts["megabytes"], refusal.facts["most"]) == ("photo_too_large", 3, 2)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_that_what_is_no_file_is_refused_at_once(tmp_path: Path, work: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    paths = [tmp_path / "pipe.jpg", tmp_path, tmp_path / "gone.jpg"]
    assert codes(looked(work, paths)) == ["photo_unreadable"] * 3


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"offset": "+00:00"}, datetime(2026, 3, 20, 10, 15, tzinfo=UTC)),
        ({"offset": "rubbish"}, datetime(2026, 3, 20, 2, 15, tzinfo=UTC)),
        ({"taken": "0000:00:00 00:00:00"}, None),
        ({"taken": "0001:01:01 00:00:00"}, None),
        ({"taken": "yesterday"}, None),
    ],
)
def test_that_a_cameras_time_is_read_or_left_out(
    told: dict[str, str], expected: datetime | None, tmp_path: Path, work: Path
) -> None:
    assert seen(looked(work, written(tmp_path, a_jpg=jpeg(**told)))[0]).taken_at == expected


def test_that_a_picture_held_upright_has_its_upright_size(tmp_path: Path, work: Path) -> None:
    look = seen(looked(work, written(tmp_path, a_jpg=jpeg(64, 48, orientation=6)))[0])
    assert (look.width, look.height) == (48, 64)


def substitute(monkeypatch: pytest.MonkeyPatch, folder: Path, body: str) -> None:
    """Put another program in the decoder's place."""
    path = folder / "decoder.py"
    path.write_text(body, encoding="utf-8")
    monkeypatch.setattr(decoder, "__file__", str(path))


DIES_AT_BAD = """
import json, os, signal
request = json.load(open("request.json"))
with open("answers.jsonl", "w") as answers:
    for job in request["jobs"]:
        if "bad" in open(job["path"]).read():
            {ends}
        answers.write('{{"width": 1, "height": 1}}' + chr(10))
        answers.flush()
"""


@pytest.mark.parametrize(
    ("ends", "code"),
    [
        ("os.kill(os.getpid(), signal.SIGSEGV)", "photo_damaged"),
        ("os.kill(os.getpid(), signal.SIGXCPU)", "photo_slow"),
        ("bytearray(4_000_000_000)", "photo_damaged"),
    ],
)
def test_that_a_file_that_ends_the_decoder_costs_only_itself(
    ends: str, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    substitute(monkeypatch, tmp_path, DIES_AT_BAD.format(ends=ends))
    paths = written(tmp_path / "in", a_jpg=b"good", b_jpg=b"bad", c_jpg=b"good", d_jpg=b"bad")
    answers = decode([Job(Task.LOOK, path.name, path, "image/jpeg") for path in paths])
    assert [item.code if isinstance(item, Refused) else "good" for item in answers] == [
        "good",
        code,
        "good",
        code,
    ]


def test_that_a_decoder_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding, "_GRACE", 0)
    substitute(monkeypatch, tmp_path, "import time; time.sleep(60)")
    (path,) = written(tmp_path / "in", a_jpg=b"x")
    (answer,) = decode([Job(Task.LOOK, "a.jpg", path, "image/jpeg")], seconds=1)
    assert isinstance(answer, Refused)
    assert answer.code == "photo_slow"


def test_that_who_stops_waiting_stops_the_decoder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    substitute(monkeypatch, tmp_path, "import time; time.sleep(60)")
    (path,) = written(tmp_path / "in", a_jpg=b"x")
    stop = Event()
    stop.set()
    with pytest.raises(Refused) as refusal:
        decode([Job(Task.LOOK, "a.jpg", path, "image/jpeg")], stop=stop)
    assert refusal.value.code == "interrupted"


def test_that_the_decoder_imports_nothing_of_the_console() -> None:
    asked = (
        f"import runpy, sys; runpy.run_path({decoder.__file__!r});"
        " print([name for name in sys.modules if 'console' in name])"
    )
    said = subprocess.run([sys.executable, "-I", "-c", asked], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
