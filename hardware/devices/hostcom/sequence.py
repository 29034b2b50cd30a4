"""Which of the thousand sequence numbers a telegram takes, pure.

The number is ours to choose and comes back in every answer. It is far shorter than a command's id, so:
- questions after the status and commands take theirs from two halves: an answer to one is never taken for one to the other
- a command's number follows from its id and is the next free one where one of the last `REMEMBERED` commands had it
"""

from __future__ import annotations

from collections import OrderedDict

from hardware.values import LiftRequest

HALF = 500
REMEMBERED = 256  # commands of this run whose further answers are recognised; fewer than HALF, so that one is always free


class Sequence:
    """Numbers given out, and to which command. `start` is where the questions begin: another one in each run of the program."""

    def __init__(self, start: int) -> None:
        self._next = start % HALF
        self._requests: OrderedDict[int, LiftRequest] = OrderedDict()

    def for_question(self) -> int:
        """The next number for a question after the status."""
        number, self._next = self._next, (self._next + 1) % HALF
        return number

    def for_command(self, request: LiftRequest) -> int:
        """A number for a command; another one when it is asked again."""
        number = request.command_id % HALF
        while HALF + number in self._requests:
            number = (number + 1) % HALF
        self._requests[HALF + number] = request
        while len(self._requests) > REMEMBERED:
            self._requests.popitem(last=False)
        return HALF + number

    def request_of(self, number: int) -> LiftRequest | None:
        """Whose number this is; None for one that this run has not given out lately."""
        return self._requests.get(number)
