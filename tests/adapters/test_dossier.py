"""Dossiers: readable, the same every time, and telling of every change that was made to them."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter

from console.adapters.dossier import typesetting
from console.adapters.dossier.checking import Finding, check
from console.adapters.dossier.pages import pages
from console.adapters.dossier.record import canonical, record_hash, record_of
from console.adapters.dossier.seal import is_whole, sealed
from console.adapters.dossier.typesetting import chinese_font, typeset
from console.adapters.photo.copies import Thumbnails
from console.domain.batches import batches
from console.domain.errors import Refused
from console.i18n import use_language
from console.queries.dossier import dossier_matter
from console.runtime.desk import Desk
from console.runtime.dossier import PRINTED, check_dossier
from console.runtime.evidence import pictures
from console.storage.chain import link
from console.storage.unit import Store
from tests.conftest import CITY, Databases
from tests.dossiers import BY, LATER, dossier, photographed
from tests.photos import GPS_WORDS, jpeg, pdf

Change = Callable[[dict[str, Any]], None]
HOSTILE = '已清理 #link("http://example.org") *粗* $x$ @ref <b>b</b> \u202egpj \x1b[31m'


@dataclass(frozen=True)
class Archive:
    """A desk with one closed case, and its dossier."""

    desk: Desk
    folder: Path
    code: str
    dossier: bytes


@pytest.fixture(scope="module")
def archive(sqlite_databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Made once, and only looked at."""
    folder = tmp_path_factory.mktemp("archive")
    desk = Desk(Store(sqlite_databases.new(CITY, folder)))
    desk.store.prepare()
    code = photographed(desk, folder)
    yield Archive(desk, folder, code, dossier(desk, folder, code))
    desk.close()


@pytest.fixture
def own_desk(sqlite_databases: Databases, tmp_path: Path) -> Iterator[Desk]:
    """A desk whose cases and photos a test may change."""
    opened = Desk(Store(sqlite_databases.new(CITY, tmp_path)))
    opened.store.prepare()
    yield opened
    opened.close()


def checked(folder: Path, data: bytes, desk: Desk | None = None) -> tuple[Finding, ...]:
    path = folder / "dossier.pdf"
    path.write_bytes(data)
    return check_dossier(path, desk).checked.findings


def problems(folder: Path, data: bytes, desk: Desk | None = None) -> set[str]:
    return {finding.problem for finding in checked(folder, data, desk)}


def text_of(data: bytes) -> str:
    return "".join("".join(page.extract_text().split()) for page in PdfReader(BytesIO(data)).pages)


def forged(archive: Archive, change: Change, *, printed: str = "", picture: bytes = b"") -> bytes:
    """A dossier made by somebody with the program, from a record that was changed first."""
    matter = archive.desk.ask_now(dossier_matter, archive.code, LATER)
    evidence = [item for batch in batches(matter.card.facts) for item in batch.evidence]
    thumbnails = Thumbnails(archive.folder / "thumbnails")
    shown = pictures(archive.desk.store.evidence, thumbnails, evidence, PRINTED)
    copies = {one.evidence.hash: one.place.read_bytes() for one in shown if one.place is not None}
    record = json.loads(canonical(record_of(matter, copies, by=BY, at=LATER)))
    change(record)
    if picture:
        copies = dict.fromkeys(copies, picture)
    data = canonical(record)
    files = {hash_: f"{hash_}.jpg" for hash_ in copies}
    told = pages(matter, files, printed or record_hash(data), by=BY, at=LATER)
    return sealed(typeset(told, data, {f"{hash_}.jpg": copy for hash_, copy in copies.items()}))


def rewritten(record: dict[str, Any], number: int, **changes: Any) -> None:
    """Change a line and make every hash anew, as whoever knows the format can."""
    fields = ("case_id", "number", "operation", "at", "by", "post", "changes", "details", "note", "evidence")
    line = record["lines"][number - 1]["line"]
    for name, value in changes.items():
        line[fields.index(name)] = value
    before = record["lines"][number - 1]["before"]
    for one in record["lines"][number - 1 :]:
        one["before"] = before
        one["hash"] = before = link(before, tuple(one["line"]))


def test_that_a_dossier_is_well_by_itself_and_against_its_journal(desk: Desk, tmp_path: Path) -> None:
    code = photographed(desk, tmp_path)
    path = tmp_path / "dossier.pdf"
    path.write_bytes(dossier(desk, tmp_path, code))
    alone, beside = check_dossier(path, None), check_dossier(path, desk)
    assert (alone.checked.findings, alone.journal) == ((), "absent")
    assert (beside.checked.findings, beside.journal) == ((), "checked")
    assert (alone.checked.code, alone.checked.pictures) == (code, 3)
    assert list(alone.checked.lines) == list(range(1, 9))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_that_the_same_moment_makes_the_same_bytes(archive: Archive, tmp_path: Path, language: str) -> None:
    use_language("en" if language == "en" else "zh")
    try:
        first, second = (dossier(archive.desk, tmp_path / name, archive.code) for name in ("a", "b"))
    finally:
        use_language("zh")
    assert first == second
    assert (first == archive.dossier) is (language == "zh")


def test_that_fonts_are_inside_and_chinese_can_be_read_out(archive: Archive, tmp_path: Path) -> None:
    for page in PdfReader(BytesIO(archive.dossier)).pages:
        for font in page["/Resources"]["/Font"].values():
            (inner,) = font.get_object()["/DescendantFonts"]
            assert {"/FontFile2", "/FontFile3"} & inner.get_object()["/FontDescriptor"].keys()
    text = text_of(archive.dossier)
    told = ("案件卷宗", archive.code, "路口有垃圾", "金水区城管局", "处置反馈受理员01", "计时说明")
    assert [words for words in told if words not in text] == []
    (record,) = PdfReader(BytesIO(archive.dossier)).attachments["record.json"]
    assert record_hash(record) in text


def test_that_texts_of_a_case_are_shown_and_never_obeyed(own_desk: Desk, tmp_path: Path) -> None:
    data = dossier(own_desk, tmp_path, photographed(own_desk, tmp_path, HOSTILE))
    text = text_of(data)
    assert '#link("http://example.org")*粗*$x$@ref<b>b</b>\\u202egpj\\u001b[31m' in text
    assert not any(page.get("/Annots") for page in PdfReader(BytesIO(data)).pages)
    assert checked(tmp_path, data, own_desk) == ()


def test_that_a_very_long_note_is_cut_on_paper_and_whole_in_the_record(
    own_desk: Desk, tmp_path: Path
) -> None:
    note = "长" * 9000
    data = dossier(own_desk, tmp_path, photographed(own_desk, tmp_path, note))
    assert "(还有50" in text_of(data)
    (record,) = PdfReader(BytesIO(data)).attachments["record.json"]
    assert note in record.decode()


def test_that_printed_pictures_tell_no_place(archive: Archive) -> None:
    found = [
        image.get_object()._data
        for page in PdfReader(BytesIO(archive.dossier)).pages
        for image in page["/Resources"].get("/XObject", {}).values()
    ]
    assert found
    assert [word for word in GPS_WORDS for data in found if word in data] == []


def test_that_one_flipped_bit_anywhere_is_noticed(archive: Archive) -> None:
    data = archive.dossier
    assert is_whole(data)
    places = {*range(0, len(data), len(data) // 300), *range(len(data) - 120, len(data))}
    for place in places:
        for bit in (1, 32):
            changed = bytearray(data)
            changed[place] ^= bit
            assert not is_whole(bytes(changed)), place
    for resized in (data[:-1], data + b"\n", data[1:], b""):
        assert not is_whole(resized)


@pytest.mark.parametrize("share", [0.001, 0.2, 0.5, 0.9, 0.999])
def test_that_a_changed_file_is_a_finding_and_not_a_fault(
    archive: Archive, tmp_path: Path, share: float
) -> None:
    data = bytearray(archive.dossier)
    data[int(len(data) * share)] ^= 1
    assert problems(tmp_path, bytes(data)) & {"seal_broken", "seal_missing"}


def test_that_a_file_cut_short_is_a_finding(archive: Archive, tmp_path: Path) -> None:
    assert "seal_missing" in problems(tmp_path, archive.dossier[:-200])


def test_that_a_file_saved_anew_by_another_program_is_noticed(archive: Archive, tmp_path: Path) -> None:
    out = BytesIO()
    PdfWriter(clone_from=BytesIO(archive.dossier)).write(out)
    assert problems(tmp_path, out.getvalue()) == {"seal_missing"}


def altered_line(record: dict[str, Any]) -> None:
    record["lines"][6]["line"][8] = "没有清理"


def left_out_line(record: dict[str, Any]) -> None:
    del record["lines"][3]


def other_state(record: dict[str, Any]) -> None:
    record["case"]["department"] = "P01"


def other_evidence(record: dict[str, Any]) -> None:
    record["evidence"][0]["hash"] = "0" * 64


def nonsense(record: dict[str, Any]) -> None:
    record["lines"] = [{"line": "nonsense"}, None]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (altered_line, {"line_altered"}),
        (left_out_line, {"line_missing", "case_differs"}),
        (other_state, {"case_differs"}),
        (other_evidence, {"evidence_differs"}),
        (nonsense, {"record_unreadable"}),
    ],
)
def test_that_a_changed_record_is_noticed_under_a_new_seal(
    archive: Archive, tmp_path: Path, change: Change, expected: set[str]
) -> None:
    assert problems(tmp_path, forged(archive, change)) >= expected


def test_that_the_altered_line_is_named(archive: Archive, tmp_path: Path) -> None:
    assert checked(tmp_path, forged(archive, altered_line)) == (Finding("line_altered", {"number": 7}),)


def test_that_another_picture_in_its_place_is_noticed(archive: Archive, tmp_path: Path) -> None:
    data = forged(archive, lambda record: None, picture=jpeg(333, 222))
    assert problems(tmp_path, data) == {"picture_altered", "picture_foreign"}


def test_that_a_record_other_than_the_printed_one_is_noticed(archive: Archive, tmp_path: Path) -> None:
    data = forged(archive, lambda record: None, printed="0" * 64)
    assert problems(tmp_path, data) == {"record_hash_differs"}


def test_that_a_forgery_with_all_hashes_anew_is_told_by_the_journal_alone(
    archive: Archive, tmp_path: Path
) -> None:
    data = forged(archive, lambda record: rewritten(record, 7, note="没有清理"))
    assert checked(tmp_path, data) == ()
    assert checked(tmp_path, data, archive.desk) == (
        Finding("line_not_as_in_journal", {"number": 7}),
        Finding("line_not_as_in_journal", {"number": 8}),
    )


def test_that_another_citys_journal_is_not_asked(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "dossier.pdf"
    path.write_bytes(forged(archive, lambda record: record.update(city="大城")))
    verdict = check_dossier(path, archive.desk)
    assert (verdict.journal, verdict.checked.findings) == ("other_city", ())


def test_that_an_altered_photo_is_told_on_paper(own_desk: Desk, tmp_path: Path) -> None:
    code = photographed(own_desk, tmp_path)
    card = own_desk.ask_now(dossier_matter, code, LATER).card
    place = own_desk.store.evidence.place(batches(card.facts)[0].evidence[0].hash)
    place.write_bytes(place.read_bytes() + b"x")
    data = dossier(own_desk, tmp_path, code)
    assert "▲已被改动" in text_of(data)
    path = tmp_path / "dossier.pdf"
    path.write_bytes(data)
    assert (check(path).pictures, check(path).findings) == (2, ())


def test_that_other_files_are_refused(tmp_path: Path) -> None:
    for name, data in (("other.pdf", pdf()), ("text.pdf", b"text"), ("empty.pdf", b"")):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(Refused) as refusal:
            check(tmp_path / name)
        assert refusal.value.code == "not_a_dossier"
    with pytest.raises(Refused) as refusal:
        check(tmp_path / "gone.pdf")
    assert refusal.value.code == "file_unreadable"


def test_that_a_machine_without_chinese_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "FAMILIES", ("No Such Sans",))
    chinese_font.cache_clear()
    with pytest.raises(Refused) as refusal:
        chinese_font()
    assert (refusal.value.code, refusal.value.facts) == ("no_chinese_font", {"known": "No Such Sans"})
