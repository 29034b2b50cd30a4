"""`baylight jit`: what a planner asks of demand, buffers and suppliers. Each word is a module of its own (`ui.cli.jit_*`)."""

from __future__ import annotations

import importlib
from argparse import ArgumentParser, Namespace

from ui.cli.terminal import Terminal, Translate

WORDS = {
    "report": "ui.cli.jit_report",
    "signals": "ui.cli.jit_signals",
    "suitability": "ui.cli.jit_suitability",
    "buffers": "ui.cli.jit_buffers",
    "suppliers": "ui.cli.jit_suppliers",
    "exposure": "ui.cli.jit_exposure",
    "brought": "ui.cli.jit_brought",
    "replay": "ui.cli.jit_replay",
    "classify": "ui.cli.jit_classify",
}


def describe(parser: ArgumentParser, _: Translate) -> None:
    words = parser.add_subparsers(metavar="WHAT", dest="what", required=True)
    about = {
        "report": _("what to run just-in-time, what to do first, what it brings and what it assumes"),
        "signals": _("what is asked for by whom, kanban loops and their cards, how long steps and receipts take"),
        "suitability": _("the verdict on each item, with its reasons and what would change it"),
        "buffers": _("the level that each item needs, beside today's rule"),
        "suppliers": _("what suppliers do against what was asked and agreed, and what smaller deliveries would bring"),
        "exposure": _("what runs dry, and which orders stop when something does not come"),
        "brought": _("what just-in-time has brought: the worth of the stock over time, before and since, idle stock and space"),
        "replay": _("the last months once more, under today's rules and under the proposal"),
        "classify": _("the demand class of each item of a table: items by periods"),
    }
    for name, module in WORDS.items():
        word = words.add_parser(name, help=about[name], description=about[name])
        importlib.import_module(module).describe(word, _)


def run(args: Namespace, terminal: Terminal) -> int:
    status: int = importlib.import_module(WORDS[args.what]).run(args, terminal)
    return status
