"""A seat that seals in small blocks as a process of its own, saying each piece of work."""

import sys

from sqlalchemy import make_url

from console.runtime import sealing
from console.storage.sets import reading
from console.storage.unit import Store

BITS, CHUNK = 6, 20


def small_blocks() -> None:
    """Blocks of 64 ids, so that a few hundred cases are many pieces of work."""
    sealing.BLOCK_BITS = reading.BLOCK_BITS = BITS
    reading.CHUNK = CHUNK


if __name__ == "__main__":
    small_blocks()
    for _piece in sealing.sealed(Store(make_url(sys.argv[1])), worth=1, loose=1):
        print("piece", flush=True)
