"""Content by hash: kept once, noticed when a byte flips, kept whole or not at all."""

import os
from hashlib import sha256
from pathlib import Path
from threading import Thread

import pytest

from console.domain.errors import Refused
from console.runtime.bootstrap import evidence_folder
from console.settings import Settings, write_settings
from console.storage.evidence import EvidenceFolder

PHOTO = bytes(range(256)) * 40


@pytest.fixture
def evidence(tmp_path: Path) -> EvidenceFolder:
    return EvidenceFolder(tmp_path / "evidence")


def files(evidence: EvidenceFolder) -> list[str]:
    return sorted(path.name for path in evidence.folder.rglob("*") if path.is_file())


def flip(path: Path, at: int = 100) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)


def test_that_content_is_found_by_its_hash(evidence: EvidenceFolder) -> None:
    found = evidence.keep(PHOTO)
    assert found == sha256(PHOTO).hexdigest()
    assert evidence.read(found) == PHOTO
    assert evidence.place(found).parent.name == found[:2]


def test_that_the_same_content_is_kept_once(evidence: EvidenceFolder) -> None:
    first = evidence.keep(PHOTO)
    before = evidence.place(first).stat()
    assert evidence.keep(PHOTO) == first
    after = evidence.place(first).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert files(evidence) == [first]


@pytest.mark.parametrize("at", [0, 100, len(PHOTO) - 1])
def test_that_one_flipped_bit_is_noticed_named_and_kept_for_inquiry(
    evidence: EvidenceFolder, at: int
) -> None:
    hash_ = evidence.keep(PHOTO)
    flip(evidence.place(hash_), at)
    altered = evidence.place(hash_).read_bytes()
    with pytest.raises(Refused) as refusal:
        evidence.read(hash_, "road.jpg")
    assert refusal.value.code == "evidence_altered"
    assert refusal.value.facts == {"name": "road.jpg", "hash": hash_}
    assert evidence.place(hash_).with_name(hash_ + ".altered").read_bytes() == altered


def test_that_taking_the_same_photo_in_again_heals_an_altered_one(evidence: EvidenceFolder) -> None:
    hash_ = evidence.keep(PHOTO)
    flip(evidence.place(hash_))
    with pytest.raises(Refused):
        evidence.read(hash_)
    evidence.keep(PHOTO)
    assert evidence.read(hash_) == PHOTO
    assert files(evidence) == [hash_, hash_ + ".altered"]


def test_that_missing_content_is_named(evidence: EvidenceFolder) -> None:
    hash_ = evidence.keep(PHOTO)
    evidence.place(hash_).unlink()
    with pytest.raises(Refused) as refusal:
        evidence.read(hash_, "road.jpg")
    assert (refusal.value.code, refusal.value.facts["name"]) == ("evidence_missing", "road.jpg")


def test_that_a_check_of_all_tells_each_that_is_not_well(evidence: EvidenceFolder) -> None:
    kept = [evidence.keep(PHOTO + bytes([number])) for number in range(5)]
    flip(evidence.place(kept[1]))
    evidence.place(kept[3]).unlink()
    found = {problem.facts["hash"]: problem.code for problem in evidence.check_all(kept)}
    assert found == {kept[1]: "evidence_altered", kept[3]: "evidence_missing"}


def test_that_a_failure_while_writing_leaves_nothing_behind(
    evidence: EvidenceFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Refused) as refusal:
        evidence.keep(PHOTO)
    assert refusal.value.code == "evidence_not_kept"
    assert files(evidence) == []


def test_that_many_threads_may_keep_the_same_photo(evidence: EvidenceFolder) -> None:
    threads = [Thread(target=evidence.keep, args=(PHOTO,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert files(evidence) == [sha256(PHOTO).hexdigest()]


def test_that_a_folder_that_is_a_file_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "evidence").write_text("no folder")
    with pytest.raises(Refused) as refusal:
        EvidenceFolder(tmp_path / "evidence").keep(PHOTO)
    assert refusal.value.code == "evidence_not_kept"


def test_that_seats_may_share_the_folder_their_settings_name(tmp_path: Path) -> None:
    assert evidence_folder(tmp_path) == tmp_path / "evidence"
    write_settings(tmp_path, Settings(evidence=str(tmp_path / "shared")))
    assert evidence_folder(tmp_path) == tmp_path / "shared"
