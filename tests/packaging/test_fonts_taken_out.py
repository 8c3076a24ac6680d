"""The package's typst has none of the fonts it came with, and sets the same documents without them."""

import ast
import os
import shutil
import struct
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MANUAL = """
import hashlib, sys
import typst
from console.adapters.manual.typesetting import manual_pdf
print(typst.Fonts(include_system_fonts=False).families(), file=sys.stderr)
print(hashlib.sha256(manual_pdf("zh")).hexdigest())
"""


@pytest.fixture(scope="module")
def whole() -> Path:
    import typst

    found = list(Path(typst.__path__[0]).glob("_typst*.so"))
    lacking = [tool for tool in ("strip",) if shutil.which(tool) is None]
    if sys.platform != "linux" or not found or lacking:
        pytest.skip(f"typst's library is laid out otherwise here, or {lacking} are not installed")
    return found[0]


@pytest.fixture(scope="module")
def stripped(whole: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("stripped") / whole.name
    shutil.copyfile(whole, copy)
    subprocess.run(["strip", "--strip-unneeded", copy], check=True)
    return copy


def test_that_the_manual_is_the_same_set_by_the_library_without_fonts(
    bundle: Path, whole: Path, tmp_path: Path
) -> None:
    import holes

    cut = holes.take_fonts_out(whole, tmp_path / "typst")
    shutil.copyfile(whole.with_name("__init__.py"), cut.with_name("__init__.py"))
    assert whole.stat().st_size - cut.stat().st_size > 15_000_000
    said = [
        subprocess.run(
            [sys.executable, "-c", MANUAL],
            env=os.environ | {"PYTHONPATH": os.pathsep.join((*first, str(ROOT)))},
            capture_output=True, text=True, check=True,
        )
        for first in ((), (str(tmp_path),))
    ]  # fmt: skip
    assert "Libertinus" in said[0].stderr
    assert said[1].stderr.strip() == "[]"
    assert said[0].stdout == said[1].stdout != ""


def test_that_in_memory_everything_but_the_fonts_stays_where_it_was(bundle: Path, stripped: Path) -> None:
    import holes

    before = stripped.read_bytes()
    unread = list(holes.fonts(before))
    after = holes.without(before, unread)
    assert len(before) - len(after) > sum(map(len, unread)) - 0x2000 * len(unread)
    image = bytearray(in_memory(before))
    for one in unread:  # in the first segment a place in the file is the address
        image[one.start : one.stop] = bytes(len(one))
    assert in_memory(after)[0x1000:] == bytes(image)[0x1000:]  # the first page has the list of segments
    assert list(holes.fonts(after)) == []


def in_memory(library: bytes) -> bytes:
    """What the loader makes of an ELF file, from address 0."""
    (at,) = struct.unpack_from("<Q", library, 32)
    (count,) = struct.unpack_from("<H", library, 56)
    image = bytearray()
    for number in range(count):
        kind, _flags, place, address, _physical, size, room = struct.unpack_from(
            "<IIQQQQQ", library, at + 56 * number
        )
        if kind == 1:
            assert place % 0x1000 == address % 0x1000
            assert address >= len(image)
            image.extend(bytes(address - len(image)) + library[place : place + size] + bytes(room - size))
    return bytes(image)


def test_that_what_is_written_to_or_has_no_room_is_refused(bundle: Path, tmp_path: Path) -> None:
    if shutil.which("cc") is None:
        pytest.skip("a compiler is needed to make a library")
    import holes

    code, made = tmp_path / "large.c", tmp_path / "liblarge.so"
    code.write_text("char written[65536] = {1}; const char read[65536] = {1};\n")
    subprocess.run(["cc", "-shared", "-s", "-o", made, code], check=True)
    whole = made.read_bytes()
    read, written = (whole.index(b"\1" + bytes(65535), at) for at in (0, len(whole) - 70_000))
    assert read < written
    assert len(holes.without(whole, [range(read, read + 65536)])) < len(whole) - 57_000
    with pytest.raises(ValueError, match="only read"):
        holes.without(whole, [range(written, written + 65536)])
    gaps = [range(read + at, read + at + 0x2000) for at in range(0, 65536, 0x2000)]
    with pytest.raises(ValueError, match="no room"):
        holes.without(whole, gaps)


def test_that_every_document_is_set_without_the_fonts_of_typst() -> None:
    calls = 0
    for file in (ROOT / "console").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "typst.compile":
                calls += 1
                words = {word.arg: ast.unparse(word.value) for word in node.keywords}
                assert words.get("font_paths") == "fonts()", file
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".Fonts"):
                assert "include_embedded_fonts=False" in ast.unparse(node), file
    assert calls == 3
