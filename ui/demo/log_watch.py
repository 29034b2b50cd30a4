"""Counts what the program logs as a warning or worse during a tour: on a good day there is nothing."""

from __future__ import annotations

import logging
import sys


class LogWatch(logging.Handler):
    """A handler for the root logger. Each unexpected line also goes to standard error, so that it can be read."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.lines += 1
        sys.stderr.write(f"{record.levelname} {record.name}: {record.getMessage()}\n")

    def __enter__(self) -> LogWatch:
        logging.getLogger().addHandler(self)
        return self

    def __exit__(self, *error: object) -> None:
        logging.getLogger().removeHandler(self)
