"""PostgreSQL's client works with the system's OpenSSL and Kerberos in its own's place, and without LDAP."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers import Server, binaries, running

# Every function is looked for at once (LD_BIND_NOW), so that none is missed that is seldom called.
CONNECTING = """
import sys
import psycopg
with psycopg.connect(sys.argv[1], sslmode=sys.argv[2], gssencmode="disable") as connection:
    print(connection.info.pgconn.ssl_in_use, connection.execute("SELECT 6 * 7").fetchone())
try:
    psycopg.connect("service=elsewhere")
except psycopg.OperationalError as problem:
    print(problem)
for line in open("/proc/self/maps"):
    if any(name in line for name in ("libssl", "libcrypto", "libgssapi", "libkrb5", "libldap", "libsasl")):
        print(line.split()[-1], file=sys.stderr)
"""


@pytest.fixture
def client(bundle: Path, tmp_path: Path) -> Path:
    """A folder with the client as the package has it."""
    import forwarding
    import nothing
    import prepared
    import psycopg_binary

    lacking = [tool for tool in ("cc", "nm", "objdump") if shutil.which(tool) is None]
    packages = Path(psycopg_binary.__path__[0]).parent
    if sys.platform != "linux" or lacking or not (packages / "psycopg_binary.libs").is_dir():
        pytest.skip("a compiler, nm and objdump are needed to make the libraries, and the wheels of Linux")
    made = tmp_path / "client"
    shutil.copytree(packages / "psycopg_binary", made / "psycopg_binary")
    libraries = made / "psycopg_binary.libs"
    (theirs,) = packages.glob("psycopg_binary.libs/libpq-*")
    libraries.mkdir()
    shutil.copy(theirs, libraries)
    for pattern, system in prepared.SYSTEM_HAS.items():
        (library,) = theirs.parent.glob(pattern)
        forwarding.lead_to(system, library, theirs, libraries)
    (directory,) = theirs.parent.glob("libldap-*")
    nothing.link_nothing(theirs, directory, "ldap_", libraries)
    return made


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A server that speaks over TLS, with a certificate of its own."""
    programs = binaries()
    if programs is None or shutil.which("openssl") is None:
        pytest.skip("no PostgreSQL or openssl is installed")
    with running(programs) as started:
        data = started.folder / "data"
        started.crash()
        subprocess.run(
            [
                "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=127.0.0.1",
                "-keyout", data / "server.key", "-out", data / "server.crt",
            ],
            check=True, capture_output=True,
        )  # fmt: skip
        for name in ("server.key", "server.crt"):
            (data / name).chmod(0o600)
            if started.user is not None:
                os.chown(data / name, started.user.pw_uid, started.user.pw_gid)
        with (data / "postgresql.conf").open("a") as settings:
            settings.write("\nssl = on\n")
        started.start()
        yield started


@pytest.mark.parametrize(("mode", "encrypted"), [("require", "True"), ("disable", "False")])
def test_that_a_store_is_reached_by_the_systems_own_libraries(
    client: Path, server: Server, tmp_path: Path, mode: str, encrypted: str
) -> None:
    services = tmp_path / "services"
    services.write_text("[elsewhere]\nldap://127.0.0.1:1/dc=city?uniqueMember?one?(cn=store)\n")
    address = server.url("postgres").render_as_string(hide_password=False)
    done = subprocess.run(
        [sys.executable, "-c", CONNECTING, address, mode],
        env=os.environ | {"PYTHONPATH": str(client), "LD_BIND_NOW": "1", "PGSERVICEFILE": str(services)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    told, refused = done.stdout.split("\n", 1)
    assert told == f"{encrypted} (42,)"
    assert "LDAP" in refused
    assert "no version information" not in done.stderr
    loaded = set(done.stderr.split())
    outside = {Path(place).name for place in loaded if not place.startswith(str(client))}
    assert {"libssl.so.3", "libcrypto.so.3"} <= outside
    assert not [name for name in outside if "-" in name]  # whose makers put a number into them
    assert not [place for place in loaded if "sasl" in place]


def test_that_no_library_in_anothers_place_wants_its_stack_to_be_run(client: Path) -> None:
    libraries = [path for path in client.glob("*.libs/*.so.*") if path.suffix not in (".c", ".map")]
    assert len(libraries) > 4
    for library in libraries:
        said = subprocess.run(["readelf", "-lW", library], capture_output=True, text=True, check=True).stdout
        (stack,) = [line.split() for line in said.splitlines() if "GNU_STACK" in line]
        assert "E" not in stack[-2], library


def test_that_a_library_that_lacks_what_is_called_is_not_led_to(bundle: Path, tmp_path: Path) -> None:
    import forwarding
    import psycopg_binary

    folder = Path(psycopg_binary.__path__[0]).parent / "psycopg_binary.libs"
    if shutil.which("cc") is None or not folder.is_dir():
        pytest.skip("a compiler is needed, and the wheels of Linux")
    ((caller,), (library,)) = (folder.glob("libpq-*"), folder.glob("libssl-*"))
    with pytest.raises(ValueError, match=r"libz\.so\.1 has not .*SSL_"):
        forwarding.lead_to("libz.so.1", library, caller, tmp_path)
    with pytest.raises(ValueError, match="for nothing"):
        forwarding.lead_to("libssl.so.3", folder / "libother.so.1", caller, tmp_path)
