"""How every face looked when somebody last looked at it, as short digests: a line for each face in tests/unit/ui/golden/looks.

At 1280 x 800 the digest is of the pixels. On the larger panels big letters are drawn as outlines, whose edges may differ by a
shade from run to run, so there it is of what stands where: kind, name, place and size of everything visible.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QWidget

KEPT = Path(__file__).parents[1] / "unit" / "ui" / "golden" / "looks"
ACTUAL = Path(__file__).parents[2] / "build" / "golden" / "looks"
LENGTH = 16


def digest_of_pixels(picture: QPixmap) -> str:
    image = picture.toImage().convertToFormat(QImage.Format.Format_RGB32)
    return hashlib.sha256(image.constBits()).hexdigest()[:LENGTH]


def digest_of_places(window: QWidget) -> str:
    told = []
    for widget in window.findChildren(QWidget):
        if widget.isVisible():
            at = widget.mapTo(window, QPoint(0, 0))
            told.append(f"{type(widget).__name__} {widget.objectName()} {at.x()} {at.y()} {widget.width()} {widget.height()}")
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:LENGTH]


def changed_looks(name: str, looks: Mapping[str, str]) -> list[str]:
    """The faces that look different from what is kept under this name. Then what they look like now is in build/golden/looks,
    to be copied over what is kept once somebody has looked."""
    kept_file = KEPT / f"{name}.txt"
    kept = dict(line.split() for line in kept_file.read_text().splitlines()) if kept_file.exists() else {}
    changed = sorted(face for face in kept.keys() | looks.keys() if kept.get(face) != looks.get(face))
    if changed:
        ACTUAL.mkdir(parents=True, exist_ok=True)
        (ACTUAL / f"{name}.txt").write_text("".join(f"{face} {digest}\n" for face, digest in sorted(looks.items())))
    return changed
