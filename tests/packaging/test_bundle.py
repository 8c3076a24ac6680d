"""What the installed program is made of, as far as it can be told without building it."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINUX = ROOT / "packaging" / "linux"


@pytest.fixture
def contents(bundle: Path) -> ModuleType:
    import contents

    return contents


def test_that_every_resource_goes_into_the_program(contents: ModuleType) -> None:
    shipped = {Path(source).relative_to(ROOT) for source, _ in contents.resources(ROOT)}
    known = subprocess.run(
        ["git", "ls-files", "resources"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    left_out = {Path(name) for name in known} - shipped
    # Words go in compiled, and the picture of the README is no part of the program.
    assert {path.suffix for path in left_out} <= {".po", ".png"}
    assert Path("resources/screenshot.png") in left_out


def test_that_every_module_goes_into_the_program(contents: ModuleType) -> None:
    named = set(contents.loaded_by_name(ROOT))
    assert {"console.cli.feed", "console.ui.probe", "console.ui.late_parts"} <= named
    assert not [name for name in named if ".versions." in name]


def test_that_migrations_are_files_of_the_program(contents: ModuleType) -> None:
    names = {Path(source).name for source, _ in contents.read_as_files(ROOT)}
    versions = ROOT / "console" / "storage" / "migrations" / "versions"
    assert {path.name for path in versions.glob("*.py")} <= names
    assert {"env.py", "document.py"} <= names


def test_that_what_runs_in_a_process_of_its_own_is_a_file_of_the_program(contents: ModuleType) -> None:
    code = "\n".join(path.read_text("utf-8") for path in (ROOT / "console").rglob("*.py"))
    by_path = {name for name in re.findall(r"Path\((\w+)\.__file__\)", code) if name != "__file__"}
    assert {"decoder", "extractor", "parser"} <= by_path
    assert by_path <= {name.rpartition(".")[2] for name in contents.RUN_BY_PATH}
    started = {
        path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")
        for path in (ROOT / "console").rglob("*.py")
        if re.search(r"sys\.executable, \"-[IP]\", __file__", path.read_text("utf-8"))
    }
    assert started == {"console.adapters.confined", "console.queries.pinyin"}
    assert started <= set(contents.RUN_BY_PATH)


def test_that_every_metadata_lookup_finds_its_package_in_the_program(contents: ModuleType) -> None:
    asked = set()
    for path in (ROOT / "console").rglob("*.py"):
        asked |= set(re.findall(r"\bversion\(\"([\w.-]+)\"\)", path.read_text("utf-8")))
    assert asked <= set(contents.ASKED_FOR_THEIR_VERSION)


def test_that_the_version_stands_in_one_place() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert project["project"]["dynamic"] == ["version"]
    assert project["tool"]["hatch"]["version"]["path"] == "console/__init__.py"
    from console import __version__

    places = [*(ROOT / "packaging").rglob("*"), *(ROOT / "console").rglob("*.py")]
    places.remove(ROOT / "console" / "__init__.py")
    elsewhere = [
        path
        for path in places
        if path.is_file() and path.suffix not in {".lock", ".pyc"}
        if re.search(rf"(?<![\d.]){re.escape(__version__)}(?![\d.])", path.read_text("utf-8", "replace"))
    ]
    assert elsewhere == []


def test_that_the_package_lock_pins_what_the_program_lock_pins(bundle: Path) -> None:
    from locked import pins

    run = {pin.name: pin for pin in pins()}
    package = {pin.name: pin for pin in pins(ROOT / "packaging" / "requirements-package.lock")}
    assert {name: pin.version for name, pin in package.items() if name in run} == {
        name: pin.version for name, pin in run.items()
    }
    assert all(pin.hashes for pin in package.values())


def test_that_the_menu_entry_is_valid_and_chinese() -> None:
    text = (LINUX / "grid-console.desktop").read_text("utf-8")
    assert "Name[zh_CN]=网格指挥台" in text
    said = run_tool("desktop-file-validate", "--warn-kde", str(LINUX / "grid-console.desktop"))
    assert (said.returncode, said.stdout) == (0, "")


def test_that_the_appstream_data_are_valid(tmp_path: Path) -> None:
    filled = tmp_path / "org.gridconsole.console.metainfo.xml"
    text = (LINUX / "metainfo.xml").read_text("utf-8")
    filled.write_text(text.replace("@VERSION@", "1.0").replace("@DATE@", "2026-11-27"), "utf-8")
    said = run_tool("appstreamcli", "validate", "--no-net", str(filled))
    assert said.returncode == 0, said.stdout


@pytest.mark.parametrize("page", ["grid-console.1", "grid-console.zh_CN.1"])
def test_that_the_manual_page_has_no_fault(page: str) -> None:
    said = run_tool("mandoc", "-T", "lint", "-W", "warning", str(LINUX / page))
    faults = [line for line in said.stdout.splitlines() if "date" not in line]
    assert faults == []


def run_tool(tool: str, *words: str) -> subprocess.CompletedProcess[str]:
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} is not installed; packaging/setup package brings it")
    return subprocess.run([tool, *words], capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("version", "theirs"), [("0.1.0", "0.1.0.0"), ("2.3", "2.3.0.0"), ("1.2.3.4", "1.2.3.4")]
)
def test_that_the_shops_version_has_four_numbers(bundle: Path, version: str, theirs: str) -> None:
    from folders import four_parts, information

    assert four_parts(version) == theirs
    assert information(version)["appid"] == "org.gridconsole.console"


def test_that_a_library_that_nothing_is_linked_with_stays_out(bundle: Path, tmp_path: Path) -> None:
    if shutil.which("cc") is None or shutil.which("readelf") is None:
        pytest.skip("a compiler and readelf are needed to make libraries")
    from trimming import reachable

    code = tmp_path / "nothing.c"
    code.write_text("int nothing(void) { return 0; }\n")
    for name, needs in (("libdeep.so.1", ()), ("libnear.so.1", ("libdeep.so.1",)), ("libother.so.1", ())):
        linked = [str(tmp_path / need) for need in needs]
        subprocess.run(
            [
                "cc",
                "-shared",
                "-Wl,--no-as-needed",
                f"-Wl,-soname,{name}",
                "-o",
                tmp_path / name,
                code,
                *linked,
            ],
            check=True,
        )
    module = tmp_path / "part.cpython-311-x86_64-linux-gnu.so"
    subprocess.run(
        ["cc", "-shared", "-Wl,--no-as-needed", "-o", module, code, str(tmp_path / "libnear.so.1")],
        check=True,
    )
    entries = [
        ("part.cpython-311-x86_64-linux-gnu.so", str(module), "EXTENSION"),
        *((f"x.libs/{path.name}", str(path), "BINARY") for path in tmp_path.glob("*.so.1")),
        ("libother.so.1", "x.libs/libother.so.1", "SYMLINK"),
        ("libdeep.so.1", "x.libs/libdeep.so.1", "SYMLINK"),
    ]
    kept = {name for name, *_ in reachable(entries)}
    assert kept == {
        "part.cpython-311-x86_64-linux-gnu.so", "x.libs/libnear.so.1", "x.libs/libdeep.so.1", "libdeep.so.1"
    }  # fmt: skip


def test_that_only_the_languages_of_the_program_stay_of_qts(bundle: Path) -> None:
    from trimming import _kept

    assert _kept("PySide6/Qt/translations/qtwebengine_locales/zh-CN.pak")
    assert not _kept("PySide6/Qt/translations/qtwebengine_locales/de.pak")
    assert not _kept("PySide6/Qt/resources/qtwebengine_devtools_resources.pak")
    assert not _kept("PySide6/Qt/qml/QtQuick/libqtquick2plugin.so")
    assert _kept("PySide6/Qt/plugins/platforms/libqxcb.so")
    assert not _kept("PySide6/Qt/plugins/sqldrivers/libqsqlite.so")


def test_that_of_the_bindings_only_the_used_ones_stay_and_on_windows_qt_itself(bundle: Path) -> None:
    from trimming import _kept

    for ending in ("abi3.so", "pyd"):
        assert _kept(f"PySide6/QtCore.{ending}")
        assert not _kept(f"PySide6/QtDesigner.{ending}")
    assert _kept("PySide6/Qt6Core.dll")
    assert _kept("PySide6/QtWebEngineProcess.exe")


def test_that_compiled_words_say_what_the_catalogue_says(bundle: Path, tmp_path: Path) -> None:
    import gettext

    from prepared import compile_words

    compile_words(ROOT / "resources" / "words", tmp_path)
    with (tmp_path / "en" / "console.mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("备份数据库") == "Copying the database"
