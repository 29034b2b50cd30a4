"""Whether a window can be shown at all, said before Qt aborts the process with a message of its own."""

from __future__ import annotations

import os
import sys

from ui.cli.terminal import MISUSED, CommandError, Translate


def require_display(_: Translate) -> None:
    """Refuse to open a window where there is no screen; names both ways out as commands."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        return
    raise CommandError(
        "F604",
        _("there is no display here"),
        _(
            "Either watch a scripted operator without a window: ./dev run --headless\n"
            "or look at the window over VNC:                    QT_QPA_PLATFORM=vnc ./dev run"
        ),
        status=MISUSED,
    )
