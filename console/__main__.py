"""Which door: without a command the window, otherwise the command line."""

from pathlib import Path


def main() -> None:
    """The command `grid-console`."""
    from console.cli.main import grid_console

    grid_console(obj=_open_window)


def _open_window(folder: Path, url: str | None) -> int:
    from console.ui.start import open_window

    return open_window(folder, url)


if __name__ == "__main__":
    main()
