"""What the locks pin: names, versions and hashes of the packages that the program runs with."""

import re
from dataclasses import dataclass
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)")


@dataclass(frozen=True)
class Pin:
    """One package of a lock, with the SHA-256 of each file of its release."""

    name: str
    version: str
    hashes: tuple[str, ...]


def pins(lock: Path = _ROOT / "packaging" / "requirements.lock") -> list[Pin]:
    """Every pin of a lock file, in its order."""
    found: list[Pin] = []
    for line in lock.read_text("utf-8").splitlines():
        pin = _PIN.match(line)
        if pin:
            found.append(Pin(pin[1].lower().replace("_", "-").replace(".", "-"), pin[2], ()))
        elif found and "--hash=sha256:" in line:
            digest = line.partition("sha256:")[2].split()[0]
            found[-1] = Pin(found[-1].name, found[-1].version, (*found[-1].hashes, digest))
    return found


def shipped_names() -> set[str]:
    return {pin.name for pin in pins()}
