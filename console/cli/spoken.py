"""The helps of the commands in one language: they stand as `中文 / English` at each command and option.

They are cut when a command is looked up, and not kept cut: the next answer may be in the other language.
"""

import re
from inspect import cleandoc
from pathlib import Path
from weakref import WeakKeyDictionary

import click

from console.i18n import language, use_language
from console.settings import read_layers
from console.system import data_folder

_BOTH: WeakKeyDictionary[click.Command | click.Option, str] = WeakKeyDictionary()
_EPILOGS: WeakKeyDictionary[click.Command, str] = WeakKeyDictionary()
_CHINESE = re.compile(r"[\u3000-\u9fff\uff00-\uffef]")
_BETWEEN = re.compile(r"\s*(?<=[\s)])/\s(?=\W*[A-Za-z0-9])")


def choose_language(words: list[str]) -> None:
    """The language of a help, which is asked for before anything else is read."""
    told = _value(words, "--lang")
    if told is None:
        folder = _value(words, "--data")
        told = read_layers(Path(folder) if folder else data_folder()).settings.language
    use_language("en" if told == "en" else "zh")


def speak(command: click.Command) -> None:
    """Leave the half of every help of a command, and of those below it, that the user reads."""
    for option in command.params:
        if isinstance(option, click.Option):
            option.help = half(_BOTH.setdefault(option, option.help or "")) or None
    told = half(_BOTH.setdefault(command, command.help or ""))
    command.help = told[:1].upper() + told[1:] or None
    if command.epilog:
        command.epilog = half(_EPILOGS.setdefault(command, command.epilog))
    if isinstance(command, click.Group):
        for below in command.commands.values():
            speak(below)


def half(both: str) -> str:
    """The half in the language of the user, paragraph by paragraph; what is in one language alone stays."""
    return "\n\n".join(map(_half, cleandoc(both).split("\n\n")))


def _half(paragraph: str) -> str:
    between = _BETWEEN.search(paragraph) if _CHINESE.search(paragraph) else None
    if between is None:
        return paragraph
    found = paragraph[: between.start()] if language() == "zh" else paragraph[between.end() :]
    return found.strip()


def _value(words: list[str], option: str) -> str | None:
    for word, following in zip(words, [*words[1:], ""], strict=True):
        if word == option:
            return following
        if word.startswith(f"{option}="):
            return word.partition("=")[2]
    return None
