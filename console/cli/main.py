"""The command line's root: where the data are, and which command is meant."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import update_wrapper
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from console import __version__
from console.cli.output import Answer, refuse
from console.domain.errors import Refused
from console.domain.text import cleaned
from console.i18n import use_language
from console.settings import Settings, read_settings
from console.system import data_folder

if TYPE_CHECKING:
    from console.runtime.desk import Desk

OpenWindow = Callable[[Path, str | None], int]

_COMMANDS = {
    "city": "console.cli.city:city",
    "cases": "console.cli.cases:cases",
    "board": "console.cli.board:board",
    "feed": "console.cli.feed:feed",
    "verify": "console.cli.checks:verify",
    "doctor": "console.cli.checks:doctor",
}


@dataclass
class Session:
    """What every command is given: the data folder, the database, and how to answer."""

    folder: Path
    url: str | None
    answer: Answer
    settings: Settings = field(default_factory=Settings)

    def desk(self) -> "Desk":
        from console.runtime.bootstrap import open_desk  # only commands that need the store pay for it

        return open_desk(self.folder, self.url)


class _Commands(click.Group):
    """Loads a command's module only when it is called: the window starts without them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name].partition(":")
        found: click.Command = getattr(import_module(module), name)
        return found


@click.group(cls=_Commands, invoke_without_command=True)
@click.option("--data", type=click.Path(path_type=Path, file_okay=False), help="数据文件夹 / data folder")
@click.option("--db", "url", help="数据库地址 / database URL (postgresql://…)")
@click.option("--lang", type=click.Choice(["zh", "en"]), help="语言 / language")
@click.version_option(__version__, prog_name="grid-console")
@click.pass_context
def grid_console(ctx: click.Context, data: Path | None, url: str | None, lang: str | None) -> None:
    """网格指挥台 Grid Console. Without a command: the window.

    Exit codes: 0 done, 1 findings, 2 refused.
    """
    session = Session(data or data_folder(), url, Answer(as_json=False))
    open_window: OpenWindow = ctx.obj
    ctx.obj = session
    try:
        session.settings = read_settings(session.folder)
    except Refused as problem:
        refuse(session.answer, problem)
    use_language("en" if (lang or session.settings.language) == "en" else "zh")
    if ctx.invoked_subcommand is None:
        ctx.exit(open_window(session.folder, url))


def answering(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command `--json`, its session, and refusals that end in code 2."""

    @click.option("--json", "as_json", is_flag=True, help="一个 JSON 对象 / one JSON object")
    @click.pass_obj
    def run(session: Session, /, *args: Any, as_json: bool, **kwargs: Any) -> Any:
        session.answer = Answer(as_json)
        try:
            return command(session, *args, **{name: _writable(value) for name, value in kwargs.items()})
        except Refused as problem:
            return refuse(session.answer, problem)

    return update_wrapper(run, command)


def _writable(value: Any) -> Any:
    # A shell may hand over bytes that are no text; Python keeps them as halves of surrogate pairs.
    return cleaned(value) if isinstance(value, str) else value
