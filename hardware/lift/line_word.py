"""What a lift's exchange has told of its line, pure: a state is told when it changes, and a silence once."""

from __future__ import annotations

from hardware.values import LinkDown, LinkUp


class LineWord:
    """The last word about the line. An exchange that gives a silent line up reopens it itself: the loss of the port that follows
    is no news, unless the machine has answered in between."""

    def __init__(self) -> None:
        self._told: LinkUp | LinkDown | None = None
        self._is_reopening = False

    def opened(self) -> None:
        """The port is open; that proves nothing."""
        self._is_reopening = False

    def gives_up(self) -> None:
        """The line is silent and is to be opened anew."""
        self._is_reopening = True

    def is_own_doing(self) -> bool:
        """Whether this loss of the port follows from `gives_up`; asked once for each loss."""
        was_reopening, self._is_reopening = self._is_reopening, False
        return was_reopening

    def up(self) -> tuple[LinkUp, ...]:
        """The machine answers. What was told to be silent is heard again, also when it is already being opened anew."""
        self._is_reopening = False
        if isinstance(self._told, LinkUp):
            return ()
        self._told = LinkUp()
        return (self._told,)

    def down(self, code: str, message: str) -> tuple[LinkDown, ...]:
        """It does not, or nothing can be heard."""
        event = LinkDown(code, message)
        if event == self._told:
            return ()
        self._told = event
        return (event,)
