"""`baylight scan decode`: what codes say, as the station reads them (docs/scans.md). It needs no store."""

from __future__ import annotations

import re
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from ui.cli.options import add_json_option, store_directory
from ui.cli.terminal import DONE, CommandError, Terminal, Translate

if TYPE_CHECKING:
    from station.codes.decoded import Decoded, Fault

COLUMNS = ("kind", "symbology", "valid", "fields", "errors")

_ESCAPE = re.compile(r"\\x([0-9A-Fa-f]{2})")


def describe(parser: ArgumentParser, _: Translate) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB", title=_("verbs"))
    decode = verbs.add_parser("decode", help=_("what codes say, one code a line"))
    decode.add_argument(
        "file",
        nargs="?",
        default="-",
        metavar="FILE",
        help=_("file of codes, one a line; control characters raw or as \\x1d (default: standard input)"),
    )
    decode.add_argument(
        "--identifiers", action="store_true", help=_("read a code that begins with a data identifier (P, Q, 1T) as one")
    )
    decode.add_argument("--data", type=Path, metavar="DIR", help=_("the store that knows the item of a code (default: none)"))
    decode.add_argument("--station", metavar="NAME", help=_("name of the station (default: the store's own)"))
    add_json_option(decode, _)


def run(args: Namespace, terminal: Terminal) -> int:
    from station.codes.decode import decode

    decoded: Iterable[Decoded] = [decode(line, with_identifiers=args.identifiers) for line in _lines(_text(args.file, terminal))]
    if args.data is not None:
        decoded = _of_items(decoded, args)
    if args.json:
        terminal.write_rows(map(as_row, decoded), as_json=True, columns=COLUMNS)
    else:
        terminal.write_rows(map(_for_people, decoded), as_json=False, columns=COLUMNS)
    return DONE


def _of_items(decoded: Iterable[Decoded], args: Namespace) -> list[Decoded]:
    """With the items that the codes are of."""
    from station.scan_name import resolved
    from ui.bootstrap.store import open_reader

    args.config = None
    with closing(open_reader(*store_directory(args))) as reader:
        return [resolved(each, reader) for each in decoded]


def _text(name: str, terminal: Terminal) -> str:
    """All the codes. A byte that is no UTF-8 stays one character, which no code has."""
    if name == "-":
        raw = getattr(terminal.stdin, "buffer", None)  # a stream of text would end a line at a carriage return, too
        return terminal.stdin.read() if raw is None else raw.read().decode("utf-8", errors="replace")
    path = Path(name)
    _ = terminal.translate
    try:
        return path.read_bytes().decode("utf-8", errors="replace")
    except OSError as error:
        raise CommandError(
            "I301", _("there is no file {path}").format(path=path), _("Name a file that exists."), status=2
        ) from error


def _lines(text: str) -> Iterator[str]:
    """Only a line feed ends a line: to str.splitlines the separators within a code do, too. An empty line is a code, too, so that
    the answers stand at the numbers of their lines."""
    for line in text.removesuffix("\n").split("\n") if text else ():
        yield _ESCAPE.sub(lambda found: chr(int(found[1], 16)), line.removesuffix("\r"))


def as_row(decoded: Decoded) -> dict[str, object]:
    """A code as `--json` has it."""
    return {
        "raw": decoded.raw,
        "symbology": decoded.symbology,
        "kind": str(decoded.kind),
        "fields": dict(decoded.fields),
        "valid": decoded.valid,
        "errors": [_error(each) for each in decoded.errors],
    }


def _error(fault: Fault) -> dict[str, object]:
    return {"code": fault.code, "at": fault.at, "length": fault.length, "identifier": fault.identifier}


def _for_people(decoded: Decoded) -> dict[str, object]:
    errors = [
        f"{each.code} ({each.identifier}) @{each.at}" if each.identifier else f"{each.code} @{each.at}" for each in decoded.errors
    ]
    return {
        "kind": str(decoded.kind),
        "symbology": decoded.symbology,
        "valid": decoded.valid,
        "fields": " ".join(f"{name}={value}" for name, value in decoded.fields.items()),
        "errors": ", ".join(errors),
    }
