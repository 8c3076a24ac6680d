"""The command line's root: where the data are, and which command is meant."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import update_wrapper
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from console import __version__
from console.cli.output import Answer, Exit, refuse, shown
from console.cli.spoken import choose_language, speak
from console.domain.errors import Refused
from console.domain.text import cleaned
from console.i18n import _, use_language
from console.settings import Settings, may_sign, read_layers
from console.settings.files import vital
from console.system import data_folder
from console.words import refusal

if TYPE_CHECKING:
    from console.runtime.desk import Desk

OpenWindow = Callable[[Path, str | None], int]
RunScript = Callable[[Path, Path | None, Callable[[str, bool, str], None]], bool]


@dataclass(frozen=True)
class Doors:
    """What the command line leaves to others: Qt opens the window, and drives it by a script.

    `give_way` lets the windows of the machine go first, for good: it is the process's, not the command's.
    """

    window: OpenWindow
    script: RunScript
    give_way: Callable[[], None] = field(default=lambda: None)


_COMMANDS = {
    "city": "console.cli.city:city",
    "cases": "console.cli.cases:cases",
    "approvals": "console.cli.approvals:approvals",
    "board": "console.cli.board:board",
    "why": "console.cli.why:why",
    "dossier": "console.cli.dossier:dossier",
    "calendar": "console.cli.calendar:calendar",
    "practice": "console.cli.practice:practice",
    "staff": "console.cli.staff:staff",
    "roster": "console.cli.roster:roster",
    "handover": "console.cli.handover:handover",
    "zones": "console.cli.zones:zones",
    "basemap": "console.cli.basemap:basemap",
    "feed": "console.cli.feed:feed",
    "text-index": "console.cli.text_index:text_index",
    "case-sets": "console.cli.case_sets:case_sets",
    "manual": "console.cli.manual:manual",
    "settings": "console.cli.settings:settings",
    "replay": "console.cli.replay:replay",
    "drill": "console.cli.drill:drill",
    "drive": "console.cli.drive:drive",
    "verify": "console.cli.checks:verify",
    "doctor": "console.cli.checks:doctor",
}

_TELL_THEMSELVES = frozenset({None, "settings"})  # what is wrong in the settings; the window does too


@dataclass
class Session:
    """What every command is given: the data folder, the database, and how to answer."""

    folder: Path
    url: str | None
    answer: Answer
    doors: Doors
    settings: Settings = field(default_factory=Settings)
    trouble: Refused | None = None  # why the settings could not be read; these are then the usual ones

    def desk(self) -> "Desk":
        from console.runtime.bootstrap import open_desk  # only commands that need the store pay for it

        return open_desk(self.folder, self.url, self._upgrading())

    def _upgrading(self) -> Callable[[int, int, Path | None], None]:
        tell = self.answer.progress(_("备份数据库"))

        def told(done: int, whole: int, copy: Path | None) -> None:
            if copy is None:
                tell(done, whole)
            else:
                click.echo(_("升级前的数据库已备份:{file}").format(file=copy), err=True)

        return told

    def signed(self, by: str | None) -> str:
        """The name under an act: what was told, else the operator's. Raises Refused("bad_operator")."""
        if by is not None and not may_sign(by):
            raise Refused("bad_operator", by=by)
        return self.settings.operator if by is None else by

    def database_file(self) -> Path | None:
        """The file of an embedded database, None for a server. Raises Refused("database_url")."""
        from console.storage.engine import database_url

        found = database_url(self.url, self.folder)
        embedded = found.get_backend_name() == "sqlite" and found.database
        return Path(embedded) if embedded else None


class _Commands(click.Group):
    """Loads a command's module only when it is called: the window starts without them."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """As ever, but a script that asked for JSON is told in JSON what is wrong with its words."""
        words = list(sys.argv[1:] if args is None else args)
        if not standalone_mode or "--json" not in words:
            return super().main(args, prog_name, complete_var, standalone_mode, **extra)
        try:
            code = super().main(words, prog_name, complete_var, standalone_mode=False, **extra)
        except click.UsageError as problem:
            Answer(as_json=True).give({"refused": "usage", "message": problem.format_message()})
            code = Exit.REFUSED
        except click.Abort:  # Ctrl-C before a command could answer
            refuse(Answer(as_json=True), Refused("interrupted"))
        sys.exit(code)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if "--help" in args:
            choose_language(args)
            speak(self)
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name].partition(":")
        found: click.Command = getattr(import_module(module), name)
        speak(found)
        return found


@click.group(cls=_Commands, invoke_without_command=True)
@click.option("--data", type=click.Path(path_type=Path, file_okay=False), help="数据文件夹 / data folder")
@click.option("--db", "url", help="数据库地址 / database URL (postgresql://…)")
@click.option("--lang", type=click.Choice(["zh", "en"]), help="语言 / language")
@click.version_option(__version__, prog_name="grid-console", help="显示版本 / Show the version and exit.")
@click.pass_context
def grid_console(ctx: click.Context, data: Path | None, url: str | None, lang: str | None) -> None:
    """网格指挥台。不写命令即打开窗口。 / Grid Console. Without a command: the window.

    退出码:0 完成,1 有问题,2 拒绝。 / Exit codes: 0 done, 1 findings, 2 refused.
    """
    session = Session(data or data_folder(), url, Answer(as_json=False), ctx.obj)
    ctx.obj = session
    layers = read_layers(session.folder)
    session.settings = layers.settings
    if data is None and url is None:  # a folder that is named is meant as it is
        session.url = layers.settings.database or None
    session.trouble = next(iter(vital(layers.faults)), None)
    use_language("en" if (lang or session.settings.language) == "en" else "zh")
    for fault in layers.faults if ctx.invoked_subcommand not in _TELL_THEMSELVES else ():
        if fault not in vital(layers.faults):
            click.echo(shown(refusal(fault)), err=True)
    if ctx.invoked_subcommand is None:
        try:
            ctx.exit(session.doors.window(session.folder, session.url))
        except Refused as problem:
            refuse(session.answer, problem)


def answering(command: Callable[..., Any], *, unsettled: bool = False) -> Callable[..., Any]:
    """Give a command `--json`, its session, and refusals that end in code 2.

    Only an `unsettled` command runs although the settings could not be read.
    """

    @click.option("--json", "as_json", is_flag=True, help="一个 JSON 对象 / one JSON object")
    @click.pass_obj
    def run(session: Session, /, *args: Any, as_json: bool, **kwargs: Any) -> Any:
        session.answer = Answer(as_json or session.answer.as_json)
        try:
            if session.trouble is not None and not unsettled:
                raise session.trouble
            return command(session, *args, **{name: _writable(value) for name, value in kwargs.items()})
        except Refused as problem:
            return refuse(session.answer, problem)
        except KeyboardInterrupt:
            return refuse(session.answer, Refused("interrupted"))

    return update_wrapper(run, command)


def _writable(value: Any) -> Any:
    # A shell may hand over bytes that are no text; Python keeps them as halves of surrogate pairs.
    if isinstance(value, tuple):
        return tuple(map(_writable, value))
    return cleaned(value) if type(value) is str else value  # a code's own kind of text stays what it is
