"""What a table of sentences is."""

from __future__ import annotations

from collections.abc import Mapping

Sentence = str | tuple[str, str]
Table = Mapping[str, Sentence]
