"""What makes the package small: tables cut out of ICU, characters out of the bold face, a filter of xz."""

import os
import shutil
import struct
import subprocess
import sys
from pathlib import Path

import pytest

SORTING = """
import sys
from functools import cmp_to_key
from PySide6.QtCore import QCollator, QLocale

words = ["张10", "张9", "北京", "上海", "Zebra", "apple", "阿"]
for name in ("zh_CN", "en_US"):
    collator = QCollator(QLocale(name))
    collator.setNumericMode(True)
    print(name, sorted(words, key=cmp_to_key(collator.compare)))
loaded = [line.split()[-1] for line in open("/proc/self/maps") if "libicudata" in line]
print(set(loaded), file=sys.stderr)
"""


def package_of_tables(tables: dict[bytes, bytes]) -> bytes:
    """A package as ICU reads it: head, number, places of names and tables, names, tables."""
    head = struct.pack("<HBB", 32, 0xDA, 0x27) + bytes(8) + b"CmnD" + bytes(16)
    names = b"".join(name + b"\0" for name in tables)
    at_name = 4 + 8 * len(tables)
    at_table = at_name + len(names) + -(at_name + len(names)) % 16
    listed, body = struct.pack("<I", len(tables)), b""
    for name, table in tables.items():
        listed += struct.pack("<II", at_name, at_table + len(body))
        at_name += len(name) + 1
        body += table + bytes(-len(table) % 16)
    return head + (listed + names).ljust(at_table, b"\0") + body


def test_that_only_tables_that_are_wanted_stay_with_the_bytes_they_had(bundle: Path) -> None:
    from icu import cut_package, kept

    zh, root = b"chinese table!!!" * 3, b"root" * 8
    whole = package_of_tables({
        b"icudt73l/coll/de.res": b"deutsch" * 9,
        b"icudt73l/coll/zh.res": zh,
        b"icudt73l/euc-tw-2014.cnv": b"taiwan" * 7,
        b"icudt73l/root.res": root,
        b"icudt73l/zu.res": b"zulu" * 4,
    })  # fmt: skip
    assert cut_package(whole, kept) == package_of_tables({
        b"icudt73l/coll/zh.res": zh, b"icudt73l/root.res": root
    })  # fmt: skip


def test_that_what_holds_no_tables_is_refused(bundle: Path) -> None:
    from icu import cut_package, kept

    with pytest.raises(ValueError, match="no tables"):
        cut_package(bytes(64), kept)


def test_that_qt_sorts_chinese_and_english_by_the_cut_tables_as_by_the_whole(
    bundle: Path, tmp_path: Path
) -> None:
    if sys.platform != "linux" or shutil.which("cc") is None or shutil.which("objcopy") is None:
        pytest.skip("a compiler and objcopy are needed to make the library")
    import PySide6
    from icu import cut_tables

    (whole,) = Path(PySide6.__path__[0], "Qt", "lib").glob("libicudata.so.??")
    cut = cut_tables(whole, tmp_path)
    assert cut.stat().st_size < whole.stat().st_size / 4
    said = {}
    for name, preloaded in (("whole", {}), ("cut", {"LD_PRELOAD": str(cut)})):
        done = subprocess.run(
            [sys.executable, "-c", SORTING],
            env=os.environ | preloaded, capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert (str(cut) in done.stderr) is bool(preloaded)
        said[name] = done.stdout
    assert said["cut"] == said["whole"]
    assert "['阿', '北京', '上海', '张9', '张10'" in said["cut"]


def test_that_the_bold_face_has_the_characters_of_gb_2312_and_all_that_are_none(bundle: Path) -> None:
    from fonts import _chinese, _common

    assert all(_common(ord(sign)) for sign in "网格案件派遣核查A1,。①→▲")
    assert not any(_common(ord(sign)) for sign in "㙍龘𠮷한")
    assert all(_chinese(ord(sign)) for sign in "㙍龘𠮷")


@pytest.mark.parametrize("compression", ["xz", "zstd", "gzip"])
def test_that_a_package_is_read_by_dpkg_and_has_the_same_bytes_each_time(
    bundle: Path, tmp_path: Path, compression: str
) -> None:
    if shutil.which("dpkg-deb") is None:
        pytest.skip("dpkg-deb makes Debian's packages")
    from packing import make_package

    tree = tmp_path / "tree"
    (tree / "DEBIAN").mkdir(parents=True)
    (tree / "DEBIAN" / "control").write_text(
        "Package: small\nVersion: 1\nArchitecture: all\nMaintainer: A <a@example.org>\nDescription: small\n"
    )
    program = tree / "usr" / "bin" / "small"
    program.parent.mkdir(parents=True)
    shutil.copyfile("/bin/true", program)
    made = [tmp_path / f"{name}.deb" for name in ("one", "other")]
    for file in made:
        program.touch()  # at another time
        make_package(tree, file, 1_764_201_600, compression)
    assert made[0].read_bytes() == made[1].read_bytes()
    subprocess.run(["dpkg-deb", "-x", made[0], tmp_path / "out"], check=True)
    assert (tmp_path / "out" / "usr" / "bin" / "small").read_bytes() == Path("/bin/true").read_bytes()
    told = subprocess.run(["dpkg-deb", "-f", made[0], "Package"], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "small"


ALGEBRA = """
import sys
import numpy as np

drawn = np.random.default_rng(1)
for kind, near in ((np.float64, 1e-9), (np.float32, 2e-3), (np.complex128, 1e-9)):
    a = drawn.normal(size=(9, 9)).astype(kind) + (1j if kind is np.complex128 else 0)
    b = drawn.normal(size=(9, 2)).astype(kind)
    assert np.allclose(a @ np.linalg.solve(a, b), b, atol=near)
    u, s, v = np.linalg.svd(a)
    assert np.allclose(u * s @ v, a, atol=near)
    w, q = np.linalg.eig(a)
    assert np.allclose(a @ q, q * w, atol=near)
    q, r = np.linalg.qr(a)
    assert np.allclose(q @ r, a, atol=near)
    whole = a @ a.conj().T + 9 * np.eye(9)
    half = np.linalg.cholesky(whole)
    assert np.allclose(half @ half.conj().T, whole, atol=near)
    fitted = np.linalg.lstsq(a[:, :3], b, rcond=None)[0]
    assert np.allclose(a[:, :3].conj().T @ (a[:, :3] @ fitted - b), 0, atol=near)
    assert np.isclose(np.vdot(b[:, 0], b[:, 0]), (abs(b[:, 0]) ** 2).sum(), atol=near)
print({line.split()[-1] for line in open("/proc/self/maps") if "openblas" in line})
"""


def test_that_numpy_reckons_rightly_by_the_plain_library(bundle: Path, tmp_path: Path) -> None:
    import blas

    lacking = [str(archive) for archive in blas._ARCHIVES if not archive.is_file()]
    if lacking or shutil.which("cc") is None:
        pytest.skip(
            f"{', '.join(lacking) or 'a compiler'} is not installed; packaging/setup package brings it"
        )
    import numpy as np

    made = blas.link_plain(Path(np.__path__[0]), tmp_path)
    assert made.stat().st_size < 3_000_000
    done = subprocess.run(
        [sys.executable, "-c", ALGEBRA],
        env=os.environ | {"LD_PRELOAD": str(made)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == str({str(made)})
