"""Tries README's first command in a minimal Debian root: python3 and this clone, nothing else. Its window stands on a screen
without glass.

    python packaging/clone_test.py bookworm [--work build/roots]

The compositor stands in a second root, so that nothing it brings is in the first. Needs root, debootstrap, and the package
registries as they are set up on this machine.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from debian_root import DebianRoot
from package_test import end_of, steps, wait

PROJECT: Final = Path(__file__).resolve().parents[1]
SHARED: Final = "/run/screen"
SCREEN: Final = {"XDG_RUNTIME_DIR": SHARED, "WLR_BACKENDS": "headless", "WLR_RENDERER": "pixman", "WLR_LIBINPUT_NO_DEVICES": "1"}
SEATLESS: Final = {"LIBSEAT_BACKEND": "noop"}
PATIENCE_S: Final = 900.0
LOOK_EVERY_S: Final = 2.0


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("release")
    parser.add_argument("--work", type=Path, default=Path("build/roots"))
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    log = args.work / f"{args.release}-clone.log"
    log.unlink(missing_ok=True)
    say = steps(f"{args.release} clone")
    try:
        with (
            DebianRoot(args.work.resolve() / "screen", "trixie", log=log) as screen,
            DebianRoot(args.work.resolve() / f"{args.release}-clone", args.release, log=log) as bare,
        ):
            try_clone(bare, screen, args.work / f"{args.release}-clone.png", say)
    except (subprocess.CalledProcessError, AssertionError) as error:
        sys.stderr.write(f"{args.release}: {error}\n{log}: its end\n{end_of(log)}\n")
        return 1
    return 0


def try_clone(bare: DebianRoot, screen: DebianRoot, picture: Path, say: Callable[[str], None]) -> None:
    """From python3 and a clone to a painted window."""
    bare.install("python3")
    screen.install("cage", "xwayland", "grim", "imagemagick")
    _clone(bare.place / "root/baylight")
    say("a minimal root with python3 and the clone")
    _share(bare, screen)
    compositor = screen.start("cage", "-d", "--", "sleep", "3600", environment={**SCREEN, **SEATLESS})
    try:
        wait(lambda: (screen.place / SHARED[1:] / "wayland-0").exists(), compositor, "no compositor")
        told = {"XDG_RUNTIME_DIR": SHARED, "WAYLAND_DISPLAY": "wayland-0", "QT_QPA_PLATFORM": ""}
        station = bare.start("./dev", "run", "--data", "/root/data", environment=told, cwd="/root/baylight")
        try:
            wait(lambda: _colours(screen) > 50, station, "nothing painted", within_s=PATIENCE_S)
            shutil.copyfile(screen.place / "root/picture.png", picture)
            say(f"./dev run: painted, {picture}")
        finally:
            station.terminate()
            station.wait(60)
    finally:
        compositor.kill()
        compositor.wait()


def _clone(target: Path) -> None:
    """What git has of this commit, as a clone would have it."""
    subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", "--depth=1", f"file://{PROJECT}", str(target)], check=True)


def _share(bare: DebianRoot, screen: DebianRoot) -> None:
    """One directory for the compositor's socket in both roots."""
    for root in (screen, bare):
        (root.place / SHARED[1:]).mkdir(mode=0o700)
    subprocess.run(["mount", "--bind", str(screen.place / SHARED[1:]), str(bare.place / SHARED[1:])], check=True)


def _colours(screen: DebianRoot) -> int:
    """How many colours the screen has; 0 while it cannot be grabbed."""
    time.sleep(LOOK_EVERY_S)
    try:
        screen.run("grim", "/root/picture.png", environment={**SCREEN, "WAYLAND_DISPLAY": "wayland-0"})
        return int(screen.run("identify", "-format", "%k", "/root/picture.png"))
    except subprocess.CalledProcessError:
        return 0


if __name__ == "__main__":
    sys.exit(main())
