"""The record in a dossier: a case's lines of the journal with their hashes, as canonical JSON."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from hashlib import sha256
from typing import Any

from console import __version__
from console.domain.batches import batches
from console.domain.evidence import Evidence
from console.queries.dossier import Matter
from console.queries.why import Account
from console.storage.columns import as_json, ticks

FORMAT = "grid-console-dossier/1"
NAME = "record.json"

Record = Mapping[str, Any]


def record_of(matter: Matter, copies: Mapping[str, bytes], *, by: str, at: datetime) -> Record:
    """The record; `copies` are the printed pictures by the hash of what they were made from.

    Instants are microseconds since 1970 UTC, as in the journal. A line is the array that its hash was
    made of (console.storage.chain), `before` the hash of the line before it in the whole journal.
    """
    state: dict[str, Any] = {}
    for one in matter.lines:
        state |= json.loads(one.line[6])
    return {
        "format": FORMAT,
        "program": __version__,
        "city": matter.city,
        "timezone": matter.card.timezone,
        "made_at": ticks(at),
        "made_by": by,
        "code": matter.card.case.code,
        "case": state,
        "lines": [{"before": one.before, "line": list(one.line), "hash": one.hash} for one in matter.lines],
        "evidence": [
            _told(batch.number, item, copies.get(item.hash))
            for batch in batches(matter.card.facts)
            for item in batch.evidence
        ],
        "clocks": [_clock(account) for account in matter.why.accounts],
    }


def canonical(record: Record) -> bytes:
    """The one text of a record: keys sorted, no spaces, UTF-8."""
    return json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def record_hash(data: bytes) -> str:
    return sha256(data).hexdigest()


def _told(line: int, item: Evidence, copy: bytes | None) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(as_json(asdict(item)))
    return {"line": line, **told, "copy": None if copy is None else sha256(copy).hexdigest()}


def _clock(account: Account) -> dict[str, Any]:
    """Amounts in seconds; the stretches one by one."""
    return {
        "clock": "disposal" if account.stage is None else account.stage.value,
        "granted": account.granted.total_seconds(),
        "start": ticks(account.start),
        "due": ticks(account.due),
        "until": ticks(account.until),
        "used": account.used.total_seconds(),
        "intervals": [
            [ticks(one.start), ticks(one.stop), one.reason.value, one.name] for one in account.intervals
        ],
    }
