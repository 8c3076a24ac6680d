"""Packs as zips: harmless ones are read, harmful ones are refused before a byte is unpacked."""

import io
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from console.adapters.pack.archive import opened
from console.domain.errors import Refused
from tests.adapters.packs import small_pack


def zipped(path: Path, entries: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return path


def refused(path: Path) -> Refused:
    with pytest.raises(Refused) as refusal, opened(path):
        pass
    return refusal.value


def claiming(path: Path, size: int) -> Path:
    """A zip whose table says its only file unpacks to `size` bytes."""
    zipped(path, {"city.toml": b"x" * 100})
    data = bytearray(path.read_bytes())
    central = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, central + 24, size)
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("inner", ["", "my-city/"])
def test_that_a_zip_of_a_pack_or_of_its_folder_is_opened(tmp_path: Path, inner: str) -> None:
    folder = small_pack(tmp_path / "city").folder
    entries = {inner + file.name: file.read_bytes() for file in folder.iterdir()}
    with opened(zipped(tmp_path / "city.zip", entries)) as unpacked:
        assert {file.name for file in unpacked.iterdir()} == {file.name for file in folder.iterdir()}
        kept = unpacked
    assert not kept.exists()


def test_that_a_zip_claiming_two_gigabytes_is_refused_in_one_sentence(tmp_path: Path) -> None:
    refusal = refused(claiming(tmp_path / "big.zip", 2_000_000_000))
    assert refusal.code == "pack_zip_too_large"
    assert (refusal.facts["megabytes"], refusal.facts["most"]) == (2000, 1000)


def test_that_a_small_zip_claiming_much_is_a_bomb(tmp_path: Path) -> None:
    assert refused(claiming(tmp_path / "bomb.zip", 500_000_000)).code == "pack_zip_bomb"
    real = zipped(tmp_path / "real.zip", {"city.toml": bytes(50_000_000)})
    assert refused(real).code == "pack_zip_bomb"


def test_that_an_entry_longer_than_it_claims_is_broken(tmp_path: Path) -> None:
    path = zipped(tmp_path / "lie.zip", {"city.toml": b"x" * 5000})
    data = bytearray(path.read_bytes())
    struct.pack_into("<I", data, data.rindex(b"PK\x01\x02") + 24, 10)
    path.write_bytes(data)
    assert refused(path).code == "pack_zip_broken"


@pytest.mark.parametrize(
    "name",
    ["../evil.txt", "a/../../evil.txt", "/etc/evil", "C:/evil", "a\\..\\evil", "city.toml\0.txt", "a/C:evil"],
)
def test_that_names_that_climb_out_are_refused_and_write_nothing(tmp_path: Path, name: str) -> None:
    path = tmp_path / "in" / "slip.zip"
    path.parent.mkdir()
    stand_in = "Q" * len(name)  # the writer tidies names that the reader must face
    zipped(path, {"city.toml": b"", stand_in: b"evil"})
    path.write_bytes(path.read_bytes().replace(stand_in.encode(), name.encode()))
    assert refused(path).code == "pack_zip_name"
    assert [item.name for item in tmp_path.rglob("*") if "evil" in item.name] == []


def test_that_links_and_devices_are_refused(tmp_path: Path) -> None:
    for kind in (stat.S_IFLNK, stat.S_IFCHR, stat.S_IFIFO):
        path = tmp_path / f"{kind}.zip"
        with zipfile.ZipFile(path, "w") as archive:
            entry = zipfile.ZipInfo("city.toml")
            entry.external_attr = (kind | 0o777) << 16
            archive.writestr(entry, "/etc/passwd")
        assert refused(path).code == "pack_zip_name"


def test_that_the_same_name_twice_is_refused(tmp_path: Path) -> None:
    twice = zipped(tmp_path / "twice.zip", {"city.toml": b"", "CITY.toml": b""})
    assert refused(twice).code == "pack_zip_name"


def test_that_an_encrypted_zip_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "secret.zip", {"city.toml": b"x"})
    data = bytearray(path.read_bytes())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + flags] |= 1
    path.write_bytes(data)
    assert refused(path).code == "pack_zip_encrypted"


def test_that_a_zip_of_too_many_files_is_refused(tmp_path: Path) -> None:
    refusal = refused(zipped(tmp_path / "many.zip", {f"{n}.txt": b"" for n in range(1001)}))
    assert refusal.code == "pack_zip_too_many"
    assert refusal.facts["entries"] == 1001


@pytest.mark.parametrize("data", [b"", b"not a zip", b"PK\x05\x06" + bytes(10)])
def test_that_what_is_no_zip_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "city.zip"
    path.write_bytes(data)
    assert refused(path).code == "pack_zip_broken"


def test_that_a_zip_cut_short_is_refused(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("city.toml", bytes(range(256)) * 100)
    path = tmp_path / "cut.zip"
    path.write_bytes(buffer.getvalue()[:-30])
    assert refused(path).code == "pack_zip_broken"


def test_that_nothing_and_a_folder_without_a_manifest_are_told_apart(tmp_path: Path) -> None:
    assert refused(tmp_path / "nowhere").code == "pack_missing"
    assert refused(tmp_path).code == "pack_no_manifest"
    assert refused(zipped(tmp_path / "other.zip", {"readme.txt": b""})).code == "pack_no_manifest"
