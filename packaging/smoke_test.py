"""Tries a built wheel in an empty environment: installs it with the locked dependencies and lets it work two orders.

    python packaging/smoke_test.py dist/baylight-0.1.0-py3-none-any.whl

Ends with 0 when the program in the wheel starts, finds its own data files and ends a short tour with a whole record.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
TOUR = ("demo", "--headless", "--orders", "2", "--speed", "100", "--seed", "7", "--json")
TIMEOUT_S = 300


def main(wheel: Path) -> int:
    with tempfile.TemporaryDirectory(prefix="baylight-smoke-") as scratch:
        home = Path(scratch)
        program = install(wheel.resolve(), home / "venv")
        # Away from the clone, so that only what the wheel brought can be found.
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": scratch}
        subprocess.run([program, "--version"], cwd=scratch, env=environment, check=True, timeout=TIMEOUT_S)
        done = subprocess.run(
            [program, *TOUR], cwd=scratch, env=environment, check=True, timeout=TIMEOUT_S, capture_output=True, text=True
        )
    summary = json.loads(done.stdout)
    is_good = summary["chain_ok"] and summary["stock_ok"]
    sys.stdout.write(f"{wheel.name}: {summary['lines']} lines worked, record {'whole' if is_good else 'NOT whole'}\n")
    return 0 if is_good else 1


def install(wheel: Path, target: Path) -> Path:
    """A new environment with the locked dependencies and the wheel; returns its `baylight`."""
    venv.create(target, with_pip=True)
    pip = [target / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "-r", PROJECT / "requirements.lock"], check=True, timeout=TIMEOUT_S)
    subprocess.run([*pip, "--no-deps", wheel], check=True, timeout=TIMEOUT_S)
    return target / "bin" / "baylight"


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: smoke_test.py WHEEL")
    sys.exit(main(Path(sys.argv[1])))
