"""Draws a PDF of labels in a process of its own, beside the running station: the drawings come on standard input."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Sequence

from ui.labels.drawing import Drawing
from ui.labels.pdf import pages_pdf

DRAW_S = 60.0


def pdf_by_child(drawings: Sequence[Drawing], *, title: str) -> bytes:
    """The PDF. Raises OSError when the other process does not make it in time."""
    words = [sys.executable, "-m", "ui.bootstrap.label_child", title]
    try:
        said = pickle.dumps(tuple(drawings))
        done = subprocess.run(words, input=said, capture_output=True, timeout=DRAW_S, check=True)
    except subprocess.SubprocessError as error:
        raise OSError(f"the label was not drawn: {error}") from error
    return done.stdout


def main() -> int:
    """The drawings are of the process that started this one, and of nobody else."""
    drawings = pickle.load(sys.stdin.buffer)
    sys.stdout.buffer.write(pages_pdf(drawings, title=sys.argv[1]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
