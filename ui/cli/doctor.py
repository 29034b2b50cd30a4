"""`baylight doctor`: findings about the store and this computer, each with whether it is well."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import asdict

from ui.cli.options import add_json_option, add_store_options, store_directory
from ui.cli.terminal import DONE, FAILED, Terminal, Translate

COLUMNS = ("check", "is_ok", "value", "code")


def describe(parser: ArgumentParser, _: Translate) -> None:
    add_store_options(parser, _)
    add_json_option(parser, _)


def run(args: Namespace, terminal: Terminal) -> int:
    from ui.bootstrap.store import examine

    findings = examine(*store_directory(args), args.config)
    terminal.write_rows([asdict(each) for each in findings], as_json=args.json, columns=COLUMNS)
    return DONE if all(each.is_ok for each in findings) else FAILED
