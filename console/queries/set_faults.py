"""How far the sets of cases are, and whether they say what the rows say."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pyroaring import BitMap
from sqlalchemy import select

from console.queries.verify import Mismatch
from console.storage.sets.among import Among, told_ids
from console.storage.sets.dimensions import valued
from console.storage.sets.live import touched
from console.storage.sets.reading import Reading, Sets, chunks, last_case, read_chunk
from console.storage.sets.seal import block_keys, block_sets, kept_blocks, read_alphabets, read_seal
from console.storage.tables import cases
from console.storage.unit import View


@dataclass(frozen=True, slots=True)
class SetProgress:
    """Blocks of ids that are in force, those still to be read, and the cases touched since."""

    blocks: int
    waiting: int
    loose: int


def set_progress(view: View) -> SetProgress:
    seal = read_seal(view.connection)
    if seal is None:
        return SetProgress(0, 0, 0)
    since = seal.building if seal.since is None else seal.since
    return SetProgress(
        len(kept_blocks(view.connection)), len(seal.blocks), len(touched(view.connection, since))
    )


def set_faults(view: View) -> Iterator[Mismatch]:
    """Cases that are in a wrong set or in none, and of what; those touched since are read anyway."""
    seal = read_seal(view.connection)
    if seal is None:
        return
    loose = BitMap(touched(view.connection, seal.building if seal.since is None else seal.since))
    values = valued(read_alphabets(view.connection))
    last = last_case(view.connection)
    for block in kept_blocks(view.connection):
        fresh = Reading(values)
        for since, until in chunks(block):
            if since <= last:
                fresh.add(read_chunk(view.connection, since, until))
        strange = _strange(block_sets(view.connection, block), fresh.sets, loose)
        for name, case_id in _missorted(block_keys(view.connection, block), fresh, loose):
            strange[case_id].append(name)
        query = select(cases.c.id, cases.c.code).where(Among())
        codes = dict(view.connection.execute(query, {"ids": told_ids(strange)}).all())
        for case_id, names in sorted(strange.items()):
            yield Mismatch(codes.get(case_id, f"#{case_id}"), "sets_differ", tuple(names))


def _strange(kept: Sets, fresh: Sets, loose: BitMap) -> defaultdict[int, list[str]]:
    """The dimensions in which cases stand otherwise than their rows."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for name in sorted(kept.keys() | fresh.keys()):
        ours, theirs = kept.get(name, {}), fresh.get(name, {})
        differing = BitMap()
        for value in ours.keys() | theirs.keys():
            differing |= ours.get(value, BitMap()) ^ theirs.get(value, BitMap())
        for case_id in differing - loose:
            found[case_id].append(name)
    return found


def _missorted(
    kept: Iterable[tuple[str, dict[int, Any]]], fresh: Reading, loose: BitMap
) -> Iterator[tuple[str, int]]:
    """Cases that their sets sort by something else than their rows, with the dimension."""
    right: dict[str, dict[int, Any]] = {}
    for name, values in fresh.keys.items():
        right[name] = {
            case_id: list(key) if isinstance(key, tuple) else key
            for value, keys in values.items()
            for case_id, key in zip(fresh.sets[name][value], keys, strict=True)
        }
    for name, told in kept:
        for case_id, key in told.items():
            if right[name].get(case_id) != key and case_id not in loose:
                yield name, case_id
