"""What reading a code loads when it is first needed, loaded ahead: GS1's dictionary and biip's lists take a tenth of a second."""

from __future__ import annotations

from importlib import import_module

from station.codes.gs1_dictionary import dictionary

_LAZY = ("biip.gs1_element_strings", "biip.upc")


def load() -> None:
    """Load it, on a thread that nobody waits for: at the event loop the first dated label would hold up the screen."""
    dictionary()
    for name in _LAZY:
        import_module(name)
