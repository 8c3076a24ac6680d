"""The memory of every process behind a map, read from the system."""

from dataclasses import dataclass

import psutil


@dataclass(frozen=True, slots=True)
class Processes:
    """Megabytes of PSS (a shared page counts once): of all processes, of the page's renderer."""

    everything: float
    renderer: float


def processes(renderer_id: int) -> Processes:
    """What this process and its children hold now; `renderer_id` is the process of the page."""
    everything = renderer = 0.0
    own = psutil.Process()
    for one in (own, *own.children(recursive=True)):
        try:
            pss = one.memory_full_info().pss / 1e6
        except psutil.Error:  # it has ended meanwhile
            continue
        everything += pss
        renderer += pss if one.pid == renderer_id else 0.0
    return Processes(everything, renderer)
