"""Plays the station's sounds, and never makes anybody wait for them. A computer that cannot play stays silent."""

from __future__ import annotations

import logging
import shutil
import sys
from pathlib import Path

from PySide6.QtCore import QProcess

from station.core.effects import Sound

logger = logging.getLogger(__name__)

FOLDER = Path(__file__).with_name("sounds")


class Player:
    """Plays with ALSA's `aplay` (winsound on Windows). A new sound does not wait for the one before."""

    def __init__(self, program: str | None = None) -> None:
        self._program = program or shutil.which("aplay") or ""
        if not self._program and sys.platform != "win32":
            logger.info("there is no aplay here: the station is silent")

    def play(self, sound: Sound) -> None:
        """Begin to play; returns at once."""
        file = FOLDER / f"{sound.value}.wav"
        if sys.platform == "win32":
            import winsound

            winsound.PlaySound(str(file), winsound.SND_FILENAME | winsound.SND_ASYNC)
        elif self._program:
            QProcess.startDetached(self._program, ["-q", str(file)])
