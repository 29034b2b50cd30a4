"""How the scripted operator answers a question on the screen: the buttons he touches, in order.

Pure: what he does follows from the question, the work he stands at, and his habits.
"""

from __future__ import annotations

from dataclasses import dataclass

from station.flows.count import PASS
from station.flows.pick import NOT_REACHABLE, NOTHING_LEFT, SHORT_REASONS
from station.quantity import to_text
from station.scan import last_four
from station.view.ask import Ask, AskChoice, AskNumber, AskText
from station.view.task import TaskFace
from ui.demo.habits import Habits

ENTER = "key_enter"
LOTS, SERIALS = 1000, 10**12  # so many that no serial is drawn twice
GOOD_UNTIL = 20991231  # as the label of a lot says it
MORE_FOUND = 3  # at most so many pieces lie where the book says empty


class NoAnswerError(Exception):
    """The operator does not know what this question means."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What he works at, and what really lies in the compartment (he looks into it; the store's book may say otherwise)."""

    face: TaskFace
    pieces: int
    habits: Habits

    @property
    def one_piece(self) -> int:
        """One stock unit as a scaled quantity."""
        return int(10**self.face.item.decimals) if self.face.item else 1

    @property
    def taken(self) -> int:
        """How many he takes where there is not enough: fewer than asked, in whole units where there are any."""
        face = self.face
        part = face.asked * self.habits.choose(face.order, face.line_no, "taken", count=10) // 10
        return part - part % self.one_piece


def answer(ask: Ask, job: Job) -> tuple[str, ...]:
    """The names of the buttons that answer this question. Raises NoAnswerError for a question nobody taught him."""
    if isinstance(ask, AskNumber):
        decimals = ask.item.decimals if ask.item else 0
        return (*number_keys(_number(ask, job), decimals), ENTER)
    if isinstance(ask, AskChoice):
        return (f"choice_{_choice(ask, job)}",)
    return (*text_keys(_text(ask, job)), ENTER)


def number_keys(number: int, decimals: int) -> tuple[str, ...]:
    """The keypad keys that enter a scaled quantity; zeros behind the point are not typed."""
    text = to_text(number, decimals)
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return tuple("key_point" if each == "." else f"key_{each}" for each in text)


def text_keys(text: str) -> tuple[str, ...]:
    return tuple(f"text_{each}" for each in text)


def _number(ask: AskNumber, job: Job) -> int:
    face, habits = job.face, job.habits
    match ask.code:
        case "how_many_taken" | "how_many_fit":
            return job.taken
        case "how_many_remain":
            return _remaining(job)
        case "how_many_left":
            return job.one_piece * (1 + habits.choose(face.order, face.line_no, "left", count=MORE_FOUND))
        case "which_expiry":
            return GOOD_UNTIL
        case "count_blind":
            return job.pieces
        case _:
            raise NoAnswerError(ask.code)


def _remaining(job: Job) -> int:
    """What he says is left goes with his reason."""
    reason, left = _short_reason(job), max(0, job.pieces - job.taken)
    if reason in NOTHING_LEFT:
        return 0
    return max(job.one_piece, left) if reason == NOT_REACHABLE else left


def _choice(ask: AskChoice, job: Job) -> str:
    keys = [each.key for each in ask.choices]
    face = job.face
    if ask.code in ("into_totes", "part_short", "put_rest_back", "put_hand_back", "put_lot_back", "put_item_back"):
        return keys[0]  # the first tote, then the next; the most urgent order first
    if set(keys) & set(SHORT_REASONS):
        return _short_reason(job)
    if "yes" in keys and "no" in keys:
        return "no" if job.habits.not_empty(face.order, face.line_no) else "yes"
    if PASS in keys:  # a count that is only offered
        return PASS
    if "fewer_here" in keys:
        return "fewer_here"
    raise NoAnswerError(f"{ask.code}: {', '.join(keys)}")


def _short_reason(job: Job) -> str:
    number = job.habits.choose(job.face.order, job.face.line_no, "reason", count=len(SHORT_REASONS))
    return SHORT_REASONS[number]


def _text(ask: AskText, job: Job) -> str:
    face, habits = job.face, job.habits
    if face.item is None:
        raise NoAnswerError(ask.code)
    match ask.code:
        case "last_four":
            return last_four(face.item.code)
        case "which_lot":
            return f"L{habits.choose(face.order, face.line_no, 'lot', count=LOTS)}"
        case "which_serial":
            name = f"serial {face.tray} {face.compartment} {ask.params['number']}"
            return f"S{habits.choose(face.order, face.line_no, name, count=SERIALS):012}"
        case _:
            raise NoAnswerError(ask.code)
