"""The question after the status: when it is asked, under which number, and how long its answer is waited for. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from hardware.config import LiftTiming
from hardware.devices.hostcom.sequence import Sequence
from hardware.heartbeat import Heartbeat


@dataclass(slots=True)
class Question:
    """A read_status on its way. `is_taken`: its E00 was heard. `is_stopped`: the machine spoke of a lift error in between."""

    token: int
    number: int
    give_up_s: float
    is_taken: bool = False
    is_sent_again: bool = False
    is_stopped: bool = False


class Questions:
    """At a steady pace and when somebody asks; never two on their way. Times are monotonic seconds."""

    def __init__(self, timing: LiftTiming, sequence: Sequence) -> None:
        self.heartbeat = Heartbeat(timing)
        self.current: Question | None = None
        self._status_s = timing.status_s
        self._sequence = sequence
        self._wanted_token = 0
        self._asked_token = 0

    @property
    def due_s(self) -> float | None:
        times = (self.heartbeat.due_s, self.current.give_up_s if self.current else None)
        return min((at for at in times if at is not None), default=None)

    @property
    def is_wanted(self) -> bool:
        """Whether the next one should leave as soon as it may."""
        return self._asked_token < self._wanted_token

    def opened(self, now_s: float) -> None:
        self.forget()
        self.heartbeat.opened(now_s)

    def forget(self) -> None:
        """The line is gone, and with it what was asked on it."""
        self.current, self._asked_token = None, self._wanted_token

    def ask(self, now_s: float, *, is_quick: bool) -> int:
        """Somebody wants to know. The answer with this token, or a later one, was asked for after now."""
        self.heartbeat.ping_now(now_s)
        self.take_ping(now_s, is_quick=is_quick)
        return self._wanted_token

    def take_ping(self, now_s: float, *, is_quick: bool) -> None:
        """The steady pace asks too. `is_quick`: the next one soon."""
        token = self.heartbeat.take_ping(now_s, 0.0, is_stopped=is_quick)
        self._wanted_token = self._wanted_token if token is None else token

    def leave(self, now_s: float) -> int:
        """The wanted one leaves now, under this number."""
        self._asked_token = self._wanted_token
        number = self._sequence.for_question()
        self.current = Question(self._asked_token, number, now_s + self._status_s)
        return number

    def leave_again(self, question: Question, now_s: float) -> int:
        """The machine did nothing with it and wants it once more; a new number."""
        question.is_sent_again, question.number = True, self._sequence.for_question()
        question.give_up_s = now_s + self._status_s
        return question.number

    def take_unanswered(self, now_s: float) -> bool:
        """Whether the one on its way is given up now."""
        if self.current is None or now_s < self.current.give_up_s:
            return False
        self.current = None
        return True
