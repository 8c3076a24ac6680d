"""The lock files install one known set of packages, from wherever a machine gets its packages."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.source import listed

RUN, TEST, BUILD = "requirements.lock", "requirements-test.lock", "requirements-build.lock"
LOCKS = (RUN, TEST, BUILD)
QT = ("pyside6", "pyside6-addons", "pyside6-essentials", "shiboken6")
PINNED = re.compile(r"^(?P<name>[a-z0-9-]+)==(?P<version>[^ ;\\]+)(?P<rest>(?: \\\n +\S+)*)$", re.MULTILINE)


def lock_text(root: Path, name: str) -> str:
    return (root / "packaging" / name).read_text("utf-8")


def versions(text: str) -> dict[str, str]:
    return {found["name"]: found["version"] for found in PINNED.finditer(text)}


def declared(root: Path) -> dict[str, list[Requirement]]:
    """What pyproject.toml asks for, by the lock that has to satisfy it."""
    told = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    run = [Requirement(line) for line in told["project"]["dependencies"]]
    test = [Requirement(line) for line in told["project"]["optional-dependencies"]["test"]]
    build = [Requirement(line) for line in told["build-system"]["requires"]]
    return {RUN: run, TEST: run + test + build, BUILD: build}


@pytest.mark.parametrize("name", LOCKS)
def test_that_a_lock_names_no_host_and_no_file(name: str, root: Path) -> None:
    text = lock_text(root, name)
    assert not re.search(
        r"://|^ *-(?!-hash)|--(index-url|find-links|trusted-host|editable)| @ ", text, re.MULTILINE
    )


@pytest.mark.parametrize("name", LOCKS)
def test_that_every_requirement_is_pinned_and_hashed(name: str, root: Path) -> None:
    text = lock_text(root, name)
    lines = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
    pins = list(PINNED.finditer(text))
    assert len(pins) == len(lines) > 0
    hashed = re.compile(r"( \\\n +--hash=sha256:[0-9a-f]{64})+")
    assert [pin["name"] for pin in pins if not hashed.fullmatch(pin["rest"])] == []


@pytest.mark.parametrize("name", LOCKS)
def test_that_a_lock_satisfies_what_the_project_declares(name: str, root: Path) -> None:
    pinned = versions(lock_text(root, name))
    wanted = declared(root)[name]
    assert wanted
    unmet = [
        str(need)
        for need in wanted
        if not need.specifier.contains(pinned.get(canonicalize_name(need.name), "0"), prereleases=True)
        or canonicalize_name(need.name) not in pinned
    ]
    assert not unmet, listed(unmet)


def test_that_the_locks_agree(root: Path) -> None:
    widest = versions(lock_text(root, TEST))
    for name in (RUN, BUILD):
        assert versions(lock_text(root, name)).items() <= widest.items()


def test_that_qt_is_the_one_release_known_to_be_sound_on_python_3_11(root: Path) -> None:
    """6.12.0 loses a reference to None on every void call there and aborts after some thousands of them."""
    for name in (RUN, TEST):
        pinned = versions(lock_text(root, name))
        assert {part: pinned.get(part) for part in QT} == dict.fromkeys(QT, "6.11.3")
        assert not [part for part in pinned if part.startswith("pyside6") and part not in QT]
