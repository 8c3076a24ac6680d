"""The sounds: short, calm and different from each other, made here as sums of a few soft tones."""

import math
from array import array
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path

from console.domain.attention import Event
from console.i18n import N_
from console.whole_file import write_whole

RATE = 22_050
_SWELL_S, _FADE_S = 0.012, 0.09  # no click at the beginning, no cut at the end
_LOUD = 0.55  # of full scale: two overtones come on top

Note = tuple[float, float]  # hertz, seconds; 0 hertz is a rest

# A rising call for what is grave, falling thirds for what runs out, single tones for the rest.
SOUNDS: Mapping[str, Sequence[Note]] = {
    "call": ((660, 0.14), (880, 0.14), (0, 0.06), (660, 0.14), (880, 0.22)),
    "falling": ((784, 0.16), (622, 0.26)),
    "knock": ((392, 0.09), (0, 0.05), (392, 0.14)),
    "bell": ((1047, 0.4),),
    "drop": ((523, 0.2),),
    "steps": ((523, 0.1), (587, 0.1), (659, 0.18)),
    "low": ((262, 0.22), (220, 0.34)),
    "up": ((440, 0.1), (660, 0.24)),
    "turn": ((587, 0.14), (440, 0.14), (587, 0.2)),
    "ripple": ((698, 0.08), (0, 0.04), (698, 0.08), (0, 0.04), (523, 0.18)),
    "chime": ((880, 0.1), (1175, 0.26)),
    "tick": ((988, 0.06),),
}
NAMES: Mapping[str, str] = {
    "call": N_("呼叫"),
    "falling": N_("下行"),
    "knock": N_("轻叩"),
    "bell": N_("铃"),
    "drop": N_("水滴"),
    "steps": N_("上行"),
    "low": N_("低音"),
    "up": N_("回升"),
    "turn": N_("换班"),
    "ripple": N_("涟漪"),
    "chime": N_("风铃"),
    "tick": N_("嘀"),
}
USUAL: Mapping[Event, str] = {
    Event.DATABASE_LOST: "low",
    Event.CRITICAL: "call",
    Event.SUPERVISION: "knock",
    Event.LATE: "falling",
    Event.HANDOVER: "turn",
    Event.RETURNED: "ripple",
    Event.APPLICATION: "bell",
    Event.UNCLAIMED: "steps",
    Event.DUE_SOON: "drop",
    Event.NEW_CASE: "chime",
    Event.DATABASE_BACK: "up",
}
JOINED = "tick"  # a grave case came to those that were told before


def samples(notes: Sequence[Note]) -> "array[int]":
    """Sixteen-bit samples of the notes one after another, with a soft tail."""
    made = array("h")
    for hertz, seconds in notes:
        count = round(RATE * seconds)
        for at in range(count):
            made.append(round(32767 * _LOUD * _envelope(at, count) * _wave(hertz, at / RATE)))
    return made


def kept_sound(name: str, folder: Path) -> Path:
    """The sound as a file; it is made when it is first asked for."""
    file = folder / f"{name}-1.wav"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        sound = BytesIO()
        import wave

        with wave.open(sound, "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(RATE)
            out.writeframes(samples(SOUNDS[name]).tobytes())
        write_whole(file, sound.getvalue())
    return file


def _wave(hertz: float, at: float) -> float:
    """A tone with two quiet overtones; loudest at 1."""
    turn = 2 * math.pi * hertz * at
    return (math.sin(turn) + 0.3 * math.sin(2 * turn) + 0.1 * math.sin(3 * turn)) / 1.4


def _envelope(at: int, count: int) -> float:
    swell, fade = RATE * _SWELL_S, min(RATE * _FADE_S, count / 2)
    return min(1.0, at / swell, (count - at) / fade)
