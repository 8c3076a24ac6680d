"""Setting up: once in full, then in no time, and again from any broken state."""

import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.packaging.conftest import Machine, installed

SETUP = "packaging/setup"
MAKES_VENV = "python -m venv"
INSTALLS_LOCK = "--require-hashes"
INSTALLS_CONSOLE = "--editable"


def asked(calls: list[str], what: str) -> int:
    return sum(what in call for call in calls)


def set_up(machine: Machine, what: str = "run") -> list[str]:
    """Set up, and what Python and apt-get were asked for it."""
    machine.calls()
    said = machine.call(SETUP, what)
    assert said.returncode == 0, said.stderr
    return machine.calls()


def test_that_the_first_time_installs_the_lock_by_its_hashes_and_then_the_console(machine: Machine) -> None:
    calls = set_up(machine)
    order = [MAKES_VENV, INSTALLS_LOCK, INSTALLS_CONSOLE]
    assert [name for call in calls for name in order if name in call] == order
    (lock,) = [call for call in calls if INSTALLS_LOCK in call]
    assert "--only-binary :all:" in lock
    assert "--requirement packaging/requirements.lock" in lock
    (console,) = [call for call in calls if INSTALLS_CONSOLE in call]
    assert "--no-index" in console
    assert "--no-deps" in console


def test_that_the_second_time_asks_nothing_of_pip_and_says_nothing(machine: Machine) -> None:
    set_up(machine)
    machine.calls()
    said = machine.call(SETUP, "run")
    assert (said.returncode, said.stdout, said.stderr) == (0, "", "")
    assert not [call for call in machine.calls() if "pip" in call or "venv" in call]


def test_that_what_was_set_up_for_the_tests_serves_the_console(machine: Machine) -> None:
    set_up(machine, "test")
    assert asked(set_up(machine, "run"), "pip install") == 0


def test_that_the_tests_add_to_what_was_set_up_for_the_console(machine: Machine) -> None:
    set_up(machine, "run")
    calls = set_up(machine, "test")
    assert asked(calls, "--requirement packaging/requirements-test.lock") == 1
    assert asked(calls, MAKES_VENV) == 0


def test_that_an_interrupted_installation_is_begun_again(machine: Machine) -> None:
    machine.has(interrupt="")
    assert machine.call(SETUP, "run").returncode == 130
    (machine.state / "interrupt").unlink()
    calls = set_up(machine)
    assert asked(calls, MAKES_VENV) == 1
    assert asked(calls, INSTALLS_CONSOLE) == 1


def test_that_parts_of_another_qt_are_not_left_below_this_one(machine: Machine) -> None:
    set_up(machine)
    packages = machine.venv / "lib" / "python3.11" / "site-packages"
    (packages / "pyside6_webengine-6.12.0.dist-info").mkdir()
    (machine.venv / ".stamp").unlink()
    assert asked(set_up(machine), MAKES_VENV) == 1
    assert not list(packages.glob("*6.12.0*"))


def test_that_another_qt_in_the_lock_is_installed_from_scratch(machine: Machine) -> None:
    set_up(machine)
    lock = machine.project / "packaging" / "requirements.lock"
    lock.write_text(lock.read_text().replace("pyside6==6.11.3", "pyside6==6.11.2"))
    assert asked(set_up(machine), MAKES_VENV) == 1


def test_that_another_release_of_anything_else_is_installed_in_place(machine: Machine) -> None:
    set_up(machine)
    lock = machine.project / "packaging" / "requirements.lock"
    lock.write_text(lock.read_text().replace("click==", "click==0"))
    calls = set_up(machine)
    assert asked(calls, INSTALLS_LOCK) == 1
    assert asked(calls, MAKES_VENV) == 0


def test_that_a_changed_project_file_does_not_install_the_packages_again(machine: Machine) -> None:
    set_up(machine)
    with (machine.project / "pyproject.toml").open("a") as file:
        file.write("\n# changed\n")
    calls = set_up(machine)
    assert asked(calls, INSTALLS_CONSOLE) == 1
    assert asked(calls, INSTALLS_LOCK) == 0


def test_that_a_moved_folder_gets_a_venv_of_its_own(machine: Machine) -> None:
    set_up(machine)
    moved = machine.project.with_name("moved")
    shutil.move(machine.project, moved)
    machine.project = moved
    assert asked(set_up(machine), MAKES_VENV) == 1


def test_that_a_python_that_went_away_is_replaced(machine: Machine) -> None:
    set_up(machine)
    (machine.venv / "bin" / "python").unlink()
    assert asked(set_up(machine), MAKES_VENV) == 1


def test_that_of_several_set_ups_at_once_one_installs(machine: Machine) -> None:
    machine.has(slow="")
    with ThreadPoolExecutor(3) as pool:
        said = list(pool.map(lambda _: machine.call(SETUP, "run"), range(3)))
    assert [one.returncode for one in said] == [0, 0, 0]
    assert asked(machine.calls(), INSTALLS_LOCK) == 1


def test_that_a_user_who_may_not_install_is_told_the_exact_packages(machine: Machine) -> None:
    names = machine.package_names()
    present = [name for name in names if name not in ("libnss3", "libxcb-cursor0")]
    machine.has(user="1000", installed=installed(present))
    said = machine.call(SETUP, "run")
    assert said.returncode == 2
    assert "Missing Debian packages: libxcb-cursor0 libnss3\n" in said.stderr
    assert said.stdout == ""
    assert not machine.venv.exists()


def test_that_a_user_with_sudo_gets_them_installed(machine: Machine) -> None:
    present = [name for name in machine.package_names() if name != "libnss3"]
    machine.has(user="1000", sudoer="", installed=installed(present))
    calls = [call for call in set_up(machine) if call.startswith("apt-get")]
    assert [call.split()[-1] for call in calls] == ["update", "libnss3"]
    assert "--no-install-recommends" in calls[1]


def test_that_the_package_lists_are_left_alone_when_nothing_is_missing(machine: Machine) -> None:
    assert asked(set_up(machine, "test"), "apt-get") == 0


def test_that_only_the_tests_need_the_packages_of_the_tests(machine: Machine) -> None:
    machine.has(installed=installed(machine.package_names()))
    assert asked(set_up(machine, "run"), "apt-get") == 0
    assert (
        asked(
            set_up(machine, "test"),
            "postgresql xauth xdotool xvfb at-spi2-core dbus-daemon gir1.2-atspi-2.0 python3-gi",
        )
        == 1
    )


def test_that_another_chinese_font_and_a_renamed_library_will_do(machine: Machine) -> None:
    names = [
        name for name in machine.package_names() if name not in ("fonts-noto-cjk", "libasound2", "libnss3")
    ]
    others = "installed all fonts-wqy-zenhei \ninstalled amd64 libnss3t64 libnss3 (= 2:3), libnspr\n"
    machine.has(installed=installed([*names, "libasound2t64"]) + others)
    assert asked(set_up(machine), "apt-get") == 0


def test_that_a_library_of_another_architecture_will_not_do(machine: Machine) -> None:
    present = installed([name for name in machine.package_names() if name != "libnss3"])
    machine.has(installed=present + "installed i386 libnss3 \n")
    assert asked(set_up(machine), "libnss3") == 1


def test_that_a_renamed_library_is_installed_by_the_name_this_debian_offers(machine: Machine) -> None:
    present = [name for name in machine.package_names() if name != "libasound2"]
    machine.has(installed=installed(present), offered="libasound2t64")
    assert asked(set_up(machine), "libasound2t64") == 1


def test_that_the_index_alone_is_tried_where_the_other_places_of_pip_fail(machine: Machine) -> None:
    machine.has(broken_place="")
    machine.environment["PIP_PLACES"] = "global.extra-index-url='file:///somewhere'"
    assert asked(set_up(machine), INSTALLS_LOCK) == 2


def test_that_a_failed_installation_ends_with_what_pip_said(machine: Machine) -> None:
    machine.has(no_network="")
    said = machine.call(SETUP, "run")
    assert said.returncode == 1
    assert said.stderr.endswith("the network is down\nThe Python packages could not be installed.\n")
    assert said.stdout == ""


def test_that_nothing_of_a_set_up_goes_on_after_it(machine: Machine) -> None:
    """The lock is free at once, and nothing that watched the installation is left behind."""
    set_up(machine)
    lock = machine.project / "packaging" / "setup"
    assert subprocess.run(["flock", "--nonblock", lock, "true"], check=False).returncode == 0
    running = [path for path in Path("/proc").glob("[0-9]*/cwd") if stands_in(path, machine.project)]
    assert running == []


def stands_in(link: Path, folder: Path) -> bool:
    try:
        return link.readlink() == folder
    except OSError:  # another user's process, or one that has just ended
        return False


def test_that_an_unknown_purpose_is_refused(machine: Machine) -> None:
    assert machine.call(SETUP, "everything").returncode == 2
