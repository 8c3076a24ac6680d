"""A file is written whole or not at all, and who may read it, and the link that leads to it, stay."""

import os
import resource
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from stat import S_IMODE

import pytest

from console.domain.errors import Refused
from console.whole_file import save_whole, write_new, write_whole


@contextmanager
def no_room(most: int) -> Iterator[None]:
    """No file of this process may become longer than `most` bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def test_that_the_new_stands_in_the_place_of_the_old_and_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    for data in (b"", b"1" * 100_000, b"2"):
        write_whole(path, data)
        assert path.read_bytes() == data
    assert names(tmp_path) == ["a.json"]


def test_that_a_write_that_fails_leaves_what_was_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    write_whole(path, b"old")
    with no_room(1000), pytest.raises(OSError, match="too large"):
        write_whole(path, b"new" * 1000)
    assert (path.read_bytes(), names(tmp_path)) == (b"old", ["a.json"])


def test_that_half_of_a_new_file_is_none_and_one_that_is_there_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    with no_room(1000), pytest.raises(OSError, match="too large"):
        write_new(path, b"new" * 1000)
    assert names(tmp_path) == []
    write_new(path, b"one")
    with pytest.raises(FileExistsError):
        write_new(path, b"two")
    assert path.read_bytes() == b"one"


def test_that_who_may_read_a_file_stays_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"old")
    path.chmod(0o640)
    write_whole(path, b"new")
    assert (S_IMODE(path.stat().st_mode), path.read_bytes()) == (0o640, b"new")


def test_that_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    real, link = tmp_path / "real" / "a.json", tmp_path / "a.json"
    real.write_bytes(b"old")
    link.symlink_to(real)
    write_whole(link, b"new")
    assert link.is_symlink()
    assert (real.read_bytes(), names(real.parent)) == (b"new", ["a.json"])


def test_that_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor(1) as other:
        read = other.submit(pipe.read_bytes)
        write_whole(pipe, b"through")
        assert read.result() == b"through"
    assert pipe.is_fifo()


def test_that_two_who_write_at_once_leave_one_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    texts = [bytes([48 + number]) * 200_000 for number in range(8)]
    with ThreadPoolExecutor(8) as seats:
        for done in [seats.submit(write_whole, path, text) for text in texts * 5]:
            done.result()
    assert path.read_bytes() in texts
    assert names(tmp_path) == ["a.json"]


def test_that_saving_says_what_stood_in_the_way(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    save_whole(path, b"mine", replacing=False)
    with pytest.raises(Refused, match="file_exists"):
        save_whole(path, b"other", replacing=False)
    assert path.read_bytes() == b"mine"
    save_whole(path, b"other")
    assert path.read_bytes() == b"other"
    for place in (tmp_path, tmp_path / "gone" / "a.toml"):
        with pytest.raises(Refused, match="file_not_writable"):
            save_whole(place, b"")
