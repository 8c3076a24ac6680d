"""The one command that opens the console."""

import pytest

from tests.packaging.conftest import Machine

RUN = "packaging/run"


def test_that_only_the_console_writes_to_standard_output(machine: Machine) -> None:
    first = machine.call(RUN, "cases", "list", "--json")
    assert first.returncode == 0
    assert first.stdout == "console cases list --json\n"
    assert "[3/4] Python packages" in first.stderr
    assert machine.call(RUN, "--version").stderr == ""


def test_that_the_console_decides_the_exit_code(machine: Machine) -> None:
    assert machine.call(RUN, "refused").returncode == 2


def test_that_arguments_arrive_as_they_were_given(machine: Machine) -> None:
    assert machine.call(RUN, "a b", "", "*").stdout == "console a b  *\n"


def test_that_without_arguments_the_demo_city_opens(machine: Machine) -> None:
    said = machine.call(RUN, DISPLAY=":7")
    data = f"{machine.environment['HOME']}/.local/share/grid-console/demo"
    assert said.returncode == 0, said.stderr
    assert said.stdout == f"console --data {data}\n"
    assert said.stderr.endswith(f"console --data {data} city demo\n")


def test_that_the_demo_city_is_made_once(machine: Machine) -> None:
    machine.call(RUN, DISPLAY=":7")
    again = machine.call(RUN, DISPLAY=":7")
    assert (again.returncode, again.stderr) == (0, "")


def test_that_a_demo_city_that_could_not_be_made_is_made_the_next_time(machine: Machine) -> None:
    machine.call(RUN, "--version")
    console = machine.venv / "bin" / "grid-console"
    sound = console.read_text()
    console.write_text("#!/bin/bash\nexit 2\n")
    assert machine.call(RUN, DISPLAY=":7").returncode == 2
    console.write_text(sound)
    assert machine.call(RUN, DISPLAY=":7").stderr.endswith("city demo\n")


def test_that_the_demo_city_goes_where_the_user_keeps_data(machine: Machine) -> None:
    said = machine.call(RUN, DISPLAY=":7", XDG_DATA_HOME=str(machine.state / "kept"))
    assert said.stdout == f"console --data {machine.state}/kept/grid-console/demo\n"


def test_that_a_machine_without_a_screen_is_told_so_before_anything_is_installed(machine: Machine) -> None:
    said = machine.call(RUN)
    assert said.returncode == 2
    assert said.stderr.count("\n") == 1
    assert "xvfb-run" in said.stderr
    assert not machine.venv.exists()


@pytest.mark.parametrize("screen", ["DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"])
def test_that_any_kind_of_screen_will_do(machine: Machine, screen: str) -> None:
    assert machine.call(RUN, **{screen: "here"}).returncode == 0
