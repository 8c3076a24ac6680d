"""The bill of materials (CycloneDX 1.6): every locked package with its hashes, and what no lock names."""

import json
from datetime import UTC, datetime
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.model import HashAlgorithm, HashType, Property
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import DisjunctiveLicense
from cyclonedx.output.json import JsonV1Dot6
from locked import pins
from notices import licence_of, shipped
from packageurl import PackageURL


def write_sbom(to: Path, version: str, epoch: int, sqlite_version: str, system: list[str]) -> None:
    """Write the file, the same bytes for the same build. `system` are Debian's packages, `name=version`."""
    product = Component(
        name="grid-console", version=version, type=ComponentType.APPLICATION,
        bom_ref=f"grid-console@{version}",
        licenses=[DisjunctiveLicense(id="Apache-2.0")],
    )  # fmt: skip
    bom = Bom(
        serial_number=uuid5(NAMESPACE_URL, f"grid-console/{version}/{epoch}"),
        components=[*_locked(), *_other(sqlite_version), *map(_debian, system)],
    )
    bom.metadata.component = product
    bom.metadata.timestamp = datetime.fromtimestamp(epoch, UTC)
    bom.metadata.tools.components.clear()
    bom.register_dependency(product, bom.components)
    text = JsonV1Dot6(bom).output_as_string(indent=1)
    to.write_text(json.dumps(json.loads(text), ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")


def _locked() -> list[Component]:
    said = {
        one.metadata["Name"].lower().replace("_", "-").replace(".", "-"): licence_of(one) for one in shipped()
    }
    return [
        Component(
            name=pin.name,
            version=pin.version,
            type=ComponentType.LIBRARY,
            bom_ref=f"pypi/{pin.name}@{pin.version}",
            purl=PackageURL("pypi", None, pin.name, pin.version),
            licenses=[DisjunctiveLicense(name=said[pin.name])] if pin.name in said else (),
            # Of every file that the lock lets in; which of them a machine took depends on the machine.
            properties=[Property(name="lock:sha256", value=digest) for digest in pin.hashes],
        )
        for pin in pins()
    ]


def _other(sqlite_version: str) -> list[Component]:
    from sqlite import SHA256

    source = HashType(alg=HashAlgorithm.SHA_256, content=SHA256)
    return [
        Component(
            name="SQLite", version=sqlite_version, type=ComponentType.LIBRARY,
            bom_ref=f"sqlite@{sqlite_version}",
            hashes=[source], licenses=[DisjunctiveLicense(name="public domain")],
        )
    ]  # fmt: skip


def _debian(line: str) -> Component:
    name, _, version = line.partition("=")
    return Component(
        name=name, version=version, type=ComponentType.LIBRARY, bom_ref=f"deb/{name}@{version}",
        purl=PackageURL("deb", "debian", name, version),
    )  # fmt: skip
