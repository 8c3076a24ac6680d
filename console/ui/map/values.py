"""The values by which the cells are coloured, as the map page reads them for its tip."""

import struct
from collections.abc import Sequence
from typing import Any

_HEADER = struct.Struct("<4sI")


def packed_values(value: Any, whole: Any, of_cell: Any, names: Sequence[str]) -> bytes:
    """Pack values, little endian: GCV1, u32 areas, f32 value per area (NaN for none), u32 cases per area,
    u32 area per cell; then the areas' names as UTF-8 lines, none where each cell is its own area.

    `value`, `whole` and `of_cell` are numpy arrays.
    """
    told = "\n".join(" ".join(name.split()) for name in names)
    return b"".join(
        (
            _HEADER.pack(b"GCV1", len(value)),
            value.astype("<f4").tobytes(),
            whole.astype("<u4").tobytes(),
            of_cell.astype("<u4").tobytes(),
            told.encode(),
        )
    )
