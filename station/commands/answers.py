"""The answers to an open question, and the way back from a question or a page."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class EnterNumber:
    """The answer to an AskNumber: a scaled quantity, or a tray number."""

    token: int
    number: int


@dataclass(frozen=True, slots=True)
class Choose:
    """The answer to an AskChoice: one of its options' keys."""

    token: int
    key: str


@dataclass(frozen=True, slots=True)
class EnterText:
    """The answer to an AskText. Any text may be a badge: it never reaches a log. What is typed is a text; a scan may be a whole
    label."""

    token: int
    text: str = field(repr=False)
    is_scanned: bool = False


@dataclass(frozen=True, slots=True)
class Back:
    """Leave the open question or page without an answer; nothing is booked."""

    token: int


@dataclass(frozen=True, slots=True)
class ClosePage:
    """Back from a page to the work list."""


AnswerCommand = EnterNumber | Choose | EnterText | Back | ClosePage
