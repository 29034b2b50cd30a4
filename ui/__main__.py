"""`baylight`: reads the command line, runs one command and turns known faults into a code, a sentence and an exit status."""

from __future__ import annotations

import gc
import importlib
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence

from ui.cli.commands import MODULES, summaries
from ui.cli.options import take_own_config
from ui.cli.terminal import FAILED, CommandError, Terminal, Translate

INTERRUPTED = 130  # as a shell reports SIGINT
OBJECTS_BETWEEN_LOOKS = 50_000  # of the collector: importing makes many and leaves none behind; 700 cost a fifth of the start
PRIVATE = 0o077  # what is made here holds people's names and PIN verifiers: for its owner alone


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status (0 done, 1 failed, 2 misused; `lift`: 3 not known)."""
    os.umask(PRIVATE)
    gc.set_threshold(OBJECTS_BETWEEN_LOOKS)
    words = list(sys.argv[1:] if argv is None else argv)
    terminal = Terminal(sys.stdin, sys.stdout, sys.stderr, _translator())
    args = build_parser(words, terminal.translate).parse_args(words)
    try:
        return _run(args, terminal)
    except CommandError as error:
        return _report(error, terminal)
    except BrokenPipeError:
        return _stdout_left()
    except KeyboardInterrupt:
        return INTERRUPTED


def build_parser(words: Sequence[str], _: Translate) -> ArgumentParser:
    """The parser. Only the named command's module is imported; all of them when help on everything is asked."""
    parser = ArgumentParser(prog="baylight", description=_("The operator's station at the bay of a vertical lift module."))
    parser.add_argument("--version", action="store_true", help=_("print the version and end"))
    parser.set_defaults(command="")
    commands = parser.add_subparsers(metavar="COMMAND", title=_("commands"))
    named = next((word for word in words if word in MODULES), None)
    for name, summary in summaries(_).items():
        command = commands.add_parser(name, help=summary, description=summary)
        command.set_defaults(command=name)
        if name == named:
            importlib.import_module(MODULES[name]).describe(command, _)
    return parser


def _run(args: Namespace, terminal: Terminal) -> int:
    if args.version:
        from importlib.metadata import version

        terminal.say(version("baylight"))
        return 0
    if not args.command:
        build_parser((), terminal.translate).print_help(terminal.stderr)
        return 2
    module = importlib.import_module(MODULES[args.command])
    take_own_config(args)
    try:
        status: int = module.run(args, terminal)
    except CommandError:
        raise
    except Exception as error:
        from ui.cli.faults import as_command_error

        known = as_command_error(error, terminal.translate)
        if known is None:
            raise
        raise known from error
    return status


def _report(error: CommandError, terminal: Terminal) -> int:
    terminal.stdout.flush()
    terminal.warn(f"baylight: {error.code} {error.sentence}")
    if error.advice:
        terminal.warn(error.advice)
    return error.status


def _stdout_left() -> int:
    """Whoever read our output has gone (`baylight events | head`): end quietly, also when Python flushes at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return FAILED


def _translator() -> Translate:
    from ui.language import load_language

    return load_language(os.environ.get("BAYLIGHT_STATION_LANGUAGE", "en")).translations.gettext


if __name__ == "__main__":
    sys.exit(main())
