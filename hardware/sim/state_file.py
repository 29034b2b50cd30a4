"""The state of a simulated machine in a file, so that it goes on after a kill as metal would."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from hardware.sim.options import OptionError


def read_state(path: Path) -> dict[str, Any] | None:
    """What was saved, None for a machine that was never started. Raises OptionError for a file of something else."""
    try:
        state = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise OptionError("--state", str(path), f"cannot be read: {error}") from error
    if not isinstance(state, dict) or "machine" not in state:
        raise OptionError("--state", str(path), "not a machine's state")
    return state


def write_state(path: Path, state: dict[str, Any]) -> None:
    """Replace the file in one step: a kill leaves the old state or the new one."""
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    beside.write_text(json.dumps(state), encoding="utf-8")
    beside.replace(path)
