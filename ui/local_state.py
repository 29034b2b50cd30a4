"""What belongs to the screen alone: digits typed so far, orders chosen but not started, the page of a list, "more" opened.

The station never sees it. It is dropped when the View asks for something else.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from station.view.devices import FrameRow


@dataclass(frozen=True, slots=True)
class Local:
    """The screen's own state; a new value for each touch."""

    entry: str = ""
    chosen: tuple[str, ...] = ()
    asked: str = ""  # the order that was touched last and is not chosen: the bar says why it cannot start, where it cannot
    page: int = 0
    held: tuple[FrameRow, ...] = ()  # the frames that are read beyond the first page: newer ones do not push them away
    is_more: bool = False
    more_page: int = 0  # of what is behind "More", where that is more than one
    shows_events: bool = True
    is_site: bool = False  # the page of the site database lies over what the View shows
    site_page: int = 0
    is_messages: bool = False  # the list of what the bar said lies over what the View shows
    messages_page: int = 0
    is_picture: bool = False  # the item's picture lies enlarged over the task

    @property
    def cover(self) -> tuple[bool, ...]:
        """What lies over what the View shows."""
        return self.is_more, self.is_site, self.is_picture, self.is_messages

    def uncovered(self) -> Local:
        return replace(self, is_more=False, is_site=False, is_picture=False, is_messages=False)

    def __repr__(self) -> str:
        return f"Local({len(self.entry)} typed, {self.chosen}, page {self.page})"  # an entry may be a PIN: never in a log

    def typed(self, key: str, *, length: int) -> Local:
        """One key more. Beyond `length` nothing happens; a second decimal sign neither; a leading zero is replaced."""
        if key == "." and ("." in self.entry or length == 0):
            return self
        if len(self.entry) >= length:
            return self
        return replace(self, entry=self.entry + key)

    def erased(self) -> Local:
        return replace(self, entry=self.entry[:-1])

    def cleared(self) -> Local:
        return replace(self, entry="")

    def answered(self) -> Local:
        """A question was answered or left: the list behind it stays where it was."""
        return Local(page=self.page, held=self.held)

    def toggled(self, order: str) -> Local:
        """Choose an order, or take it out of the choice; the order of choosing is kept."""
        rest = tuple(each for each in self.chosen if each != order)
        return replace(self, asked="", chosen=rest if len(rest) < len(self.chosen) else (*self.chosen, order))
