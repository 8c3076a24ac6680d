"""What each operation decides: from a case and what was told to the next fact, or a refusal."""

from console.domain.acts.act import act, refused
from console.domain.acts.deed import NO_INPUTS, Inputs, Part
from console.domain.acts.undo import acted, released_at, standing, undo

__all__ = ["NO_INPUTS", "Inputs", "Part", "act", "acted", "refused", "released_at", "standing", "undo"]
