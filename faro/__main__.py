"""The command line. ``faro --help`` lists the commands, ``faro COMMAND --help`` explains one."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from keyword import iskeyword

import typer

from faro.output import use_utf8
from faro.problems import told

_INTERRUPTED = 130  # the shell's code for Ctrl-C
COMMANDS = (
    *("up", "chat", "ask", "converse", "parse", "explain", "load", "check", "counts", "teach"),
    *("handbook", "card", "preview", "erase", "pack", "export", "import"),
    *("review", "data-map", "retention", "rotate-keys", "what-we-keep", "wordings", "operator"),
)

app = typer.Typer(
    name="faro",
    help="Answers people on the move, in their own language: may I get care, what does it cost,"
    " where is it. Answers go to standard output, progress to standard error.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.callback()
def _faro() -> None:
    # With a callback the commands keep their names even where only one is loaded.
    pass


def main() -> None:
    """Run one command and leave with its exit code. Errors are told in one line."""
    use_utf8()
    try:
        _load_commands(sys.argv[1] if len(sys.argv) > 1 else "")
        app()
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)
    except BrokenPipeError:
        # Whoever read us has enough. Python would complain once more while it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except Exception as error:  # noqa: BLE001 -- nobody at a terminal can use a traceback
        print(f"faro: {told(error)}", file=sys.stderr)
        sys.exit(1)


def _load_commands(wanted: str) -> None:
    # Only the command that is run is imported: some need libraries that take a second to load.
    for name in (wanted,) if wanted in COMMANDS else COMMANDS:
        # A module cannot be called "import".
        own = name.replace("-", "_") + ("_" if iskeyword(name) else "")
        module = import_module(f"faro.commands.{own}")
        if hasattr(module, "app"):  # a command with commands of its own
            app.add_typer(module.app, name=name)
        else:
            app.command(name)(module.command)


if __name__ == "__main__":
    main()
