"""Where a command writes. With `--json` nothing but JSON goes to standard output; sentences go to standard error."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TextIO

Translate = Callable[[str], str]
Row = Mapping[str, object]

DONE, FAILED, MISUSED, UNKNOWN = 0, 1, 2, 3


class CommandError(Exception):
    """A command cannot do what was asked: a code, a sentence, what to do about it, and the exit status."""

    def __init__(self, code: str, sentence: str, advice: str = "", *, status: int = FAILED) -> None:
        super().__init__(f"{code} {sentence}")
        self.code = code
        self.sentence = sentence
        self.advice = advice
        self.status = status


@dataclass(frozen=True, slots=True)
class Terminal:
    """The three streams of the program and the translator of its sentences."""

    stdin: TextIO
    stdout: TextIO
    stderr: TextIO
    translate: Translate

    def say(self, sentence: str) -> None:
        """A line for a person, on standard output (never together with `--json`)."""
        self.stdout.write(sentence + "\n")

    def warn(self, sentence: str) -> None:
        """A line for a person, on standard error."""
        self.stderr.write(sentence + "\n")

    def end_with(self, missing: Iterable[str]) -> int:
        """The exit status of a list: a sentence on standard error, and FAILED, for each thing that was named and is not there."""
        sentences = tuple(missing)
        for sentence in sentences:
            self.warn(sentence)
        return FAILED if sentences else DONE

    def write_json(self, value: object) -> None:
        """One JSON value on one line, flushed, so that a reader beside us sees it at once."""
        self.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
        self.stdout.flush()

    def write_rows(self, rows: Iterable[Row], *, as_json: bool, columns: tuple[str, ...]) -> None:
        """A list: as JSON every row whole, one a line; for a person the named columns as an aligned table."""
        if as_json:
            for row in rows:
                self.write_json(row)
            return
        cells = [[_cell(row[column]) for column in columns] for row in rows]
        widths = [max(map(len, column)) for column in zip(columns, *cells, strict=True)]
        for line in [list(columns), *cells]:
            self.say("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())

    def write_fields(self, fields: Row, *, as_json: bool) -> None:
        """One object: as JSON on one line, for a person one field a line."""
        if as_json:
            self.write_json(fields)
            return
        width = max((len(name) for name in fields), default=0)
        for name, value in fields.items():
            self.say(f"{name.ljust(width)}  {_cell(value)}")

    def read_secret(self, prompt: str) -> str:
        """A secret from a person (not echoed), or a line of standard input when that is a file or a pipe."""
        if not self.stdin.isatty():
            return self.stdin.readline().rstrip("\r\n")
        import getpass

        return getpass.getpass(prompt)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else json.dumps(value) if isinstance(value, dict | list) else str(value)
