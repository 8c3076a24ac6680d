"""The sounds themselves: each is heard, none like another, none cracks, and what plays them can read them."""

import wave
from itertools import combinations
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtCore import QUrl
from PySide6.QtMultimedia import QAudioDecoder
from pytestqt.qtbot import QtBot

from console.domain.attention import Event
from console.ui.attention.tones import JOINED, NAMES, RATE, SOUNDS, USUAL, kept_sound, samples

_QUIETEST, _LOUDEST = 0.08, 0.65  # of full scale, as RMS and as peak


def heard(name: str) -> npt.NDArray[np.float64]:
    return np.asarray(samples(SOUNDS[name]), np.float64) / 32768


def spectrum(name: str) -> npt.NDArray[np.float64]:
    """What of a sound is told apart by the ear: how loud each pitch is in each twentieth of a second."""
    sound = np.zeros(RATE - RATE % 20)
    sound[: len(heard(name))] = heard(name)
    pieces = sound.reshape(20, -1)
    found: npt.NDArray[np.float64] = np.abs(np.fft.rfft(pieces, axis=1)).ravel()
    return found / np.linalg.norm(found)


@pytest.mark.parametrize("name", SOUNDS)
def test_that_every_sound_is_heard_and_none_cracks(name: str) -> None:
    sound = heard(name)
    assert 0.05 * RATE < len(sound) < 1.0 * RATE
    assert np.sqrt(np.mean(sound**2)) > _QUIETEST
    assert np.abs(sound).max() < _LOUDEST
    assert np.abs(np.diff(sound)).max() < 0.25  # no click: two samples of a pure tone are never so far apart
    assert abs(sound[0]) < 0.01
    assert abs(sound[-1]) < 0.02


def test_that_no_two_sounds_are_alike() -> None:
    for one, other in combinations(SOUNDS, 2):
        assert spectrum(one) @ spectrum(other) < 0.9, (one, other)


def test_that_every_event_has_a_sound_of_its_own_with_a_name() -> None:
    assert set(USUAL) == set(Event)
    assert len({*USUAL.values(), JOINED}) == len(Event) + 1
    assert set(NAMES) == set(SOUNDS)


@pytest.mark.parametrize("name", SOUNDS)
def test_that_the_file_holds_the_sound_and_what_plays_it_reads_all_of_it(
    qtbot: QtBot, tmp_path: Path, name: str
) -> None:
    file = kept_sound(name, tmp_path)
    with wave.open(str(file)) as kept:
        assert (kept.getnchannels(), kept.getsampwidth(), kept.getframerate()) == (1, 2, RATE)
        assert kept.readframes(kept.getnframes()) == samples(SOUNDS[name]).tobytes()
    decoder = QAudioDecoder()
    read: list[int] = []
    decoder.bufferReady.connect(lambda: read.append(decoder.read().frameCount()))
    decoder.setSource(QUrl.fromLocalFile(str(file)))
    with qtbot.waitSignal(decoder.finished, timeout=20_000):
        decoder.start()
    assert sum(read) == len(samples(SOUNDS[name]))
