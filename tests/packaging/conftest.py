"""A copy of the packaging in a project of its own, on a machine that is made of small stand-ins."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Stands for the machine's Python and for the one in .venv. CALLS keeps what it was asked.
PYTHON = """#!/bin/bash
echo "python $*" >>"$CALLS"
venv=$(dirname "$(dirname "$0")")
case "$*" in
  -V) echo "Python 3.11.9" ;;
  -c*python_version*) echo 3.11.9 ;;
  -m\\ venv*) mkdir -p "$3/bin" "$3/lib/python3.11/site-packages" && cp "$0" "$3/bin/python" ;;
  *config\\ list) echo "${PIP_PLACES:-}" ;;
  *--require-hashes*)
    [ ! -e "$STATE/no-network" ] || { echo "the network is down"; exit 1; }
    [ ! -e "$STATE/broken-place" ] || [ "${PIP_CONFIG_FILE:-}" = /dev/null ] || exit 1
    [ ! -e "$STATE/interrupt" ] || kill -INT "$PPID"
    [ ! -e "$STATE/slow" ] || sleep 0.5
    mkdir -p "$venv/lib/python3.11/site-packages/pyside6-6.11.3.dist-info"
    ;;
  *--editable*) cp "$STATE/grid-console" "$venv/bin/grid-console" ;;
esac
"""

CONSOLE = """#!/bin/bash
echo "console $*"
[ "${*: -2}" != "city demo" ] || mkdir -p "$2"
[ "${!#}" != refused ] || exit 2
"""

APT_GET = """#!/bin/bash
echo "apt-get $*" >>"$CALLS"
for name; do
  case $name in
    -* | [0-9]* | DPkg* | install | update) ;;
    *) echo "installed amd64 $name " >>"$STATE/installed" ;;
  esac
done
"""

APT_CACHE = """#!/bin/bash
grep -qx "$2" "$STATE/offered" && echo "  Candidate: 1.0" || echo "  Candidate: (none)"
"""

SUDO = """#!/bin/bash
[ -e "$STATE/sudoer" ] || exit 1
[ "$1" != -n ] || shift
"$@"
"""

STAND_INS = {
    "python3": PYTHON,
    "dpkg": '#!/bin/bash\n[ "$1" != --print-architecture ] || echo amd64\n',
    "dpkg-query": '#!/bin/bash\ncat "$STATE/installed"\n',
    "apt-cache": APT_CACHE,
    "apt-get": APT_GET,
    "id": '#!/bin/bash\ncat "$STATE/user"\n',
    "sudo": SUDO,
}


@dataclass
class Machine:
    """A project folder and the machine it stands on."""

    project: Path
    state: Path
    environment: dict[str, str] = field(default_factory=dict)

    def call(self, *command: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run one of the project's commands from another folder, without a terminal."""
        return subprocess.run(
            [self.project / command[0], *command[1:]],
            cwd=self.state, env={**self.environment, **more},
            stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
        )  # fmt: skip

    def calls(self) -> list[str]:
        """What Python and apt-get were asked since the last look."""
        kept = self.state / "calls"
        said = kept.read_text().splitlines() if kept.exists() else []
        kept.unlink(missing_ok=True)
        return said

    def has(self, **files: str) -> None:
        """Facts of the machine: files of `state`, underscores standing for dashes."""
        for name, text in files.items():
            (self.state / name.replace("_", "-")).write_text(text)

    def package_names(self, name: str = "system-packages.txt") -> list[str]:
        lines = (self.project / "packaging" / name).read_text().splitlines()
        return [line.partition(" | ")[0] for line in lines if line and not line.startswith("#")]

    @property
    def venv(self) -> Path:
        return self.project / ".venv"


@pytest.fixture
def bundle(monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the build's modules, which can be imported from it."""
    folder = ROOT / "packaging" / "bundle"
    monkeypatch.syspath_prepend(folder)
    for name in [path.stem for path in folder.glob("*.py")]:
        monkeypatch.delitem(sys.modules, name, raising=False)
    return folder


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A machine with every Debian package, run by its administrator, with nothing installed for Python."""
    missing = [tool for tool in ("bash", "flock", "awk") if not shutil.which(tool)]
    if missing:
        pytest.skip(f"packaging/setup is for Debian; here is no {', '.join(missing)}")
    project, tools, state = tmp_path / "project", tmp_path / "tools", tmp_path / "state"
    shutil.copytree(ROOT / "packaging", project / "packaging", ignore=shutil.ignore_patterns("__pycache__"))
    (project / "console").mkdir()
    shutil.copy(ROOT / "console" / "__init__.py", project / "console")
    shutil.copy(ROOT / "pyproject.toml", project)
    tools.mkdir()
    state.mkdir()
    for name, script in STAND_INS.items():
        (tools / name).write_text(script)
        (tools / name).chmod(0o755)
    (state / "grid-console").write_text(CONSOLE)
    (state / "grid-console").chmod(0o755)
    environment = {
        "PATH": f"{tools}{os.pathsep}/usr/bin{os.pathsep}/bin",
        "HOME": str(tmp_path / "home"),
        "STATE": str(state),
        "CALLS": str(state / "calls"),
    }
    made = Machine(project, state, environment)
    names = made.package_names() + made.package_names("system-packages-test.txt")
    made.has(user="0", installed=installed(names), offered="\n".join(names))
    return made


def installed(names: list[str]) -> str:
    """The answer of dpkg-query for these packages."""
    return "".join(f"installed amd64 {name} \n" for name in names)
