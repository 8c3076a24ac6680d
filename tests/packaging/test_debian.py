"""What comes along of Debian is told by its package, version and licence."""

from pathlib import Path

import pytest

_SYSTEM = Path("/usr/lib/x86_64-linux-gnu")


def test_that_a_library_is_told_by_the_package_that_it_is_from(bundle: Path) -> None:
    import debian

    if not (_SYSTEM / "libz.so.1").exists() or not Path("/var/lib/dpkg/status").exists():
        pytest.skip("this is no Debian on x86-64")
    (owner,) = debian.owners_of(["libz.so.1"])
    assert owner.partition(":")[0] == "zlib1g"
    (line,) = debian.versions_of([owner])
    assert line.startswith("zlib1g=1:1.")
    (notice,) = debian.licences([owner])
    assert notice.startswith(line.replace("=", " ") + "\n\n")
    assert "Jean-loup Gailly" in notice
    with pytest.raises(LookupError, match=r"libnowhere\.so\.1 belong"):
        debian.owners_of(["libz.so.1", "libnowhere.so.1"])
