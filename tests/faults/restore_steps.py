"""Restores or salvages copies of a directory, each killed one step later than the one before; run as a program by the tests.

A step is what Python does to names of files (links, renames, removals, folders, opening for writing); the child dies just before
it. The parent process holds nothing but the loop.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from db import backup, salvage

STEPS = ("os.link", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "shutil.copyfile", "open")
KILLED, MOST = 9, 90


def die_before(step: int) -> None:
    """Die before the given step of what this process does to files."""
    done = [0]

    def count(event: str, arguments: tuple[object, ...]) -> None:
        if event not in STEPS:
            return
        if event == "open" and not isinstance(arguments[2], int):
            return
        if event == "open" and not int(str(arguments[2])) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            return
        if done[0] == step:
            os._exit(KILLED)
        done[0] += 1

    sys.addaudithook(count)


def refuse_links() -> None:
    def link(*names: object, **more: object) -> None:
        raise PermissionError(1, "this file system knows no links")

    os.link = link


def main(home: Path, copy: Path, cases: Path, links: str, what: str) -> int:
    if links == "no_links":
        refuse_links()
    for step in range(MOST):
        case = cases / f"{step:02}"
        shutil.copytree(home, case)
        child = os.fork()
        if child == 0:
            die_before(step)
            if what == "restore":
                backup.restore(case, copy, station="S1")
            else:
                salvage.salvage(case)
            os._exit(0)
        if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != KILLED:
            return 0
    return 1


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:4]), *sys.argv[4:6]))
