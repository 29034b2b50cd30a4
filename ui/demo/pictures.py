"""One picture for each screen and state that the tour meets, named by what it shows."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

from PySide6.QtWidgets import QWidget

from station.view.message import Level
from station.view.task import TaskFace
from station.view.view import View
from station.view.wait import Wait


class Pictures:
    """Saves the window the first time a state is seen. The file is written on a thread: encoding takes longer than a frame."""

    def __init__(self, window: QWidget, directory: Path | None) -> None:
        self._window = window
        self._directory = directory
        self._taken: set[str] = set()
        if directory is not None:
            directory.mkdir(parents=True, exist_ok=True)

    async def look(self, view: View) -> None:
        """Take a picture of this painted view unless there is one of its state."""
        name = state_name(view)
        if self._directory is None or name in self._taken:
            return
        self._taken.add(name)
        image = self._window.grab().toImage()
        path = self._directory / f"{name}.png"
        if not await asyncio.to_thread(image.save, str(path)):
            raise OSError(f"cannot write {path}")


def state_name(view: View) -> str:
    """What a picture of this view is called: face, mode, step or question, and what is wrong, in words that fit a file name."""
    face = view.face
    parts = [re.sub(r"(?<!^)(?=[A-Z])", "_", type(face).__name__.removesuffix("Face")).lower()]
    parts += [str(value) for name in ("mode", "step") if (value := getattr(face, name, None))]
    ask, wait = getattr(face, "ask", None), getattr(face, "wait", None)
    if ask is not None:
        parts.append(ask.code)
    if wait:
        parts.append(wait.code if isinstance(wait, Wait) else wait)
    if isinstance(face, TaskFace) and face.is_locked:
        parts.append("locked")
    if view.bar.level is not Level.NOTE:
        parts.append(view.bar.code)
    if view.is_read_only:
        parts.append("read_only")
    return re.sub(r"[^a-z0-9_-]", "", "-".join(parts).lower())
