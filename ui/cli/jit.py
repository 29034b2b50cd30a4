"""`baylight jit`: what a planner asks of demand, buffers and suppliers. Each word is a module of its own (`ui.cli.jit_*`)."""

from __future__ import annotations

import importlib
from argparse import ArgumentParser, Namespace

from ui.cli.terminal import Terminal, Translate

WORDS = {"classify": "ui.cli.jit_classify"}


def describe(parser: ArgumentParser, _: Translate) -> None:
    words = parser.add_subparsers(metavar="WHAT", dest="what", required=True)
    about = {"classify": _("the demand class of each item of a table: items by periods")}
    for name, module in WORDS.items():
        word = words.add_parser(name, help=about[name], description=about[name])
        importlib.import_module(module).describe(word, _)


def run(args: Namespace, terminal: Terminal) -> int:
    status: int = importlib.import_module(WORDS[args.what]).run(args, terminal)
    return status
