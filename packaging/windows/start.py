"""What the frozen program begins with. The program starts processes of its own as `python -m MODULE`: a frozen one has no
Python to start, so those words come back here."""

from __future__ import annotations

import runpy
import sys

OURS = ("ui", "db", "station", "hardware")


def main() -> int:
    """The command line, or a module of ours that another process of ours asked for."""
    words = sys.argv[1:]
    if len(words) >= 2 and words[0] == "-m" and words[1].partition(".")[0] in OURS:
        sys.argv = [words[1], *words[2:]]
        runpy.run_module(words[1], run_name="__main__", alter_sys=True)
        return 0
    from ui.__main__ import main as command_line

    return command_line()


if __name__ == "__main__":
    sys.exit(main())
