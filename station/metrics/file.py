"""The file that a monitoring system's collector reads, always whole: written under another name, then renamed."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from station.metrics.exposition import text_of
from station.metrics.facts import Facts, metrics_of


class MetricsFile:
    """Writes `path` anew at each turn. `look` tells what is now; set it before the first turn, without it nothing is written."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.look: Callable[[], Facts] | None = None

    def turn(self) -> None:
        """Look and write. The folder is the collector's and must be there. Not flushed to the disk: after a power cut the figures
        of before are of no use. Raises OSError."""
        if self.look is None:
            return
        draft = self._path.with_name(f".{self._path.name}.part")
        draft.write_text(text_of(metrics_of(self.look())), encoding="utf-8")
        os.replace(draft, self._path)
