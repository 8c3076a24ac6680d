"""A file written whole or not at all."""

from pathlib import Path
from secrets import token_hex

from console.domain.errors import Refused


def put_whole(target: Path, data: bytes, *, replacing: bool = False) -> None:
    """Write a file. Raises Refused: `dossier_place_taken` where one is and `replacing` is not said,
    `dossier_not_writable`.
    """
    if target.exists() and not replacing:
        raise Refused("dossier_place_taken", file=target)
    fresh = target.with_name(f".{target.name}.{token_hex(4)}")
    try:
        fresh.write_bytes(data)
        fresh.replace(target)
    except OSError as problem:
        raise Refused("dossier_not_writable", file=target, said=problem.strerror) from problem
    finally:
        fresh.unlink(missing_ok=True)
