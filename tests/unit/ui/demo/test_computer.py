from __future__ import annotations

import os

from ui.demo.figures import computer


def test_the_computer_is_named_beside_its_figures() -> None:
    assert f" x {os.cpu_count()}" in computer()
    assert "Python 3." in computer()
