"""A dossier checked without any database: seal, record, journal lines, pictures.

What the hashes can prove: that the file is byte for byte what was written; that the record is the one whose
hash is printed; that every line of the journal in it is the one whose hash stands beside it and in the chain;
that the pictures printed are those the record names.

What they cannot prove: who wrote it. All of it, hashes and seal, can be made anew by whoever has the program.
That the lines are those of the city is told only by the city's journal (`differences`), and that the journal
was not rewritten only by the heads of its chain kept elsewhere.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from console.adapters import confined
from console.adapters.dossier import extractor
from console.adapters.dossier.record import FORMAT, NAME, canonical, record_hash
from console.adapters.dossier.seal import has_seal, is_whole
from console.domain.errors import Refused
from console.storage.chain import link

MOST_BYTES = 500_000_000
_MEMORY = 3_000_000_000
_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it was written; `problem` is a stable code (console.words.dossier)."""

    problem: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Checked:
    """What a dossier is and what is wrong with it. `lines` are its line hashes by number."""

    code: str
    city: str
    made_at: int
    record_hash: str
    lines: Mapping[int, str]
    pictures: int
    findings: tuple[Finding, ...]


def check(path: Path) -> Checked:
    """Check a file. Raises Refused: `file_unreadable`, `file_too_large`, `not_a_dossier`."""
    data = _read(path)
    seal = () if is_whole(data) else (Finding("seal_broken" if has_seal(data) else "seal_missing"),)
    with TemporaryDirectory(prefix="grid-dossier-") as name:
        folder = Path(name)
        (folder / "dossier.pdf").write_bytes(data)
        request = {"path": "dossier.pdf"}
        program = Path(extractor.__file__)
        confined.run(program, request, folder, memory=_MEMORY, seconds=_SECONDS, wait=2 * _SECONDS)
        answer = folder / "answer.json"
        told = json.loads(answer.read_text("utf-8")) if answer.is_file() else {"error": "died"}
        record = (folder / NAME).read_bytes() if (folder / NAME).is_file() else None
    if record is None and not has_seal(data) and b"grid-console-dossier" not in data:
        raise Refused("not_a_dossier", file=path)
    if record is None or "error" in told:
        return Checked("", "", 0, "", {}, 0, (*seal, Finding("record_missing")))
    return _checked(record, told, seal)


def differences(checked: Checked, kept: Mapping[int, str]) -> Iterator[Finding]:
    """Where the lines of a dossier are not those of a city's journal; `kept` are its hashes by number."""
    for number, hash_ in checked.lines.items():
        if number not in kept:
            yield Finding("line_not_in_journal", {"number": number})
        elif kept[number] != hash_:
            yield Finding("line_not_as_in_journal", {"number": number})


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            megabytes = path.stat().st_size // 1_000_000
            raise Refused("file_too_large", file=path, megabytes=megabytes, most=MOST_BYTES // 1_000_000)
        data = path.read_bytes()
    except OSError as problem:
        raise Refused("file_unreadable", file=path, said=problem.strerror) from problem
    if not data.startswith(b"%PDF-") and not has_seal(data):
        raise Refused("not_a_dossier", file=path)
    return data


def _checked(data: bytes, told: Mapping[str, Any], seal: tuple[Finding, ...]) -> Checked:
    hash_ = record_hash(data)
    findings = list(seal)
    if f"sha256:{hash_}" not in told["keywords"] or hash_ not in told["last"]:
        findings.append(Finding("record_hash_differs", {"hash": hash_}))
    try:
        record = json.loads(data)
        if record["format"] != FORMAT:
            return Checked("", "", 0, hash_, {}, 0, (*findings, Finding("record_unreadable")))
        if canonical(record) != data:
            findings.append(Finding("record_not_canonical"))
        findings += [*_lines(record), *_evidence(record, set(told["images"]))]
        lines = {one["line"][1]: one["hash"] for one in record["lines"]}
        pictures = sum(one["copy"] is not None for one in record["evidence"])
        made = (record["code"], record["city"], int(record["made_at"]))
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        return Checked("", "", 0, hash_, {}, 0, (*findings, Finding("record_unreadable")))
    return Checked(*made, hash_, lines, pictures, tuple(findings))


def _lines(record: Mapping[str, Any]) -> Iterator[Finding]:
    """Every line against its hash, the lines against each other and against the case they tell."""
    state: dict[str, Any] = {}
    for number, one in enumerate(record["lines"], 1):
        line = tuple(one["line"])
        if line[1] != number or line[0] != record["lines"][0]["line"][0]:
            yield Finding("line_missing", {"number": number})
        if len(line) != 10 or link(one["before"], line) != one["hash"]:
            yield Finding("line_altered", {"number": line[1]})
        state |= json.loads(line[6])
    if not record["lines"] or state != record["case"] or state.get("code") != record["code"]:
        yield Finding("case_differs")


def _evidence(record: Mapping[str, Any], printed: set[str]) -> Iterator[Finding]:
    """The evidence that the lines name against what the record lists, and that against what is printed."""
    named = [(one["line"][1], item["hash"]) for one in record["lines"] for item in json.loads(one["line"][9])]
    if named != [(item["line"], item["hash"]) for item in record["evidence"]]:
        yield Finding("evidence_differs")
    copies = {item["copy"]: item["name"] for item in record["evidence"] if item["copy"] is not None}
    for copy, name in copies.items():
        if copy not in printed:
            yield Finding("picture_altered", {"name": name})
    if printed - copies.keys():
        yield Finding("picture_foreign", {"count": len(printed - copies.keys())})
