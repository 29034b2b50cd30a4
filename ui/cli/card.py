"""`baylight card`: the operator's card as a PDF, one sheet, in the language of the station or another."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from ui.cli.terminal import DONE, CommandError, Terminal, Translate
from ui.language import LANGUAGES, load_language

NOT_WRITTEN = "O560"


def describe(parser: ArgumentParser, _: Translate) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help=_("the PDF to write"))
    parser.add_argument("--language", choices=LANGUAGES, help=_("the language of the card (default: the settings' language)"))
    parser.add_argument("--config", type=Path, metavar="FILE", help=_("settings file (TOML)"))


def run(args: Namespace, terminal: Terminal) -> int:
    from ui.bootstrap.store import settings_of
    from ui.card.pdf import render

    _ = terminal.translate
    language = args.language or settings_of(args.config).station.language
    try:
        args.file.write_bytes(render(load_language(language)))
    except OSError as error:
        sentence = _("The card cannot be written: {why}").format(why=error)
        raise CommandError(NOT_WRITTEN, sentence, _("Name a file in a folder that can be written to.")) from error
    return DONE
