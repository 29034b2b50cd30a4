"""The first start as a value, what may happen on it, and what it asks for. Its turns: `station.flows.first_start`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from station.first_start.draft import Draft, Step
from station.first_start.pages import LEAST_TENTHS, STEP_OF, TEXTS, Page, Trial, is_fitting
from station.scan_form import Stroke
from station.teach_scanner import Taught


@dataclass(frozen=True, slots=True)
class FoundLine:
    """A port that is plugged in: its address for the settings, and what it says of itself."""

    url: str
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstStart:
    """Where the first start is. `entry` is what is typed on this page; `problem` a code of what is wrong with it. No `repr` shows
    what is secret."""

    draft: Draft
    page: Page = Page.LANGUAGE
    languages: tuple[str, ...] = ("en",)
    has_administrator: bool = False
    owner: str = ""  # the station whose store is in the data directory: it keeps its name
    least_tenths: int = LEAST_TENTHS  # of the diagonal: below it the station's faces have no room on this screen
    pin_length: int = 6
    forbidden_pins: frozenset[str] = field(default=frozenset(), repr=False)
    entry: str = field(default="", repr=False)
    keys: int = 0  # which page of the keys is shown
    lines: tuple[FoundLine, ...] = ()
    is_network: bool = False
    trial: Trial = Trial.NONE
    trial_code: str = ""
    trial_words: str = ""
    taught: Taught | None = None
    taught_source: str = ""
    is_saving: bool = False
    problem: str = ""
    skipped: frozenset[Step] = frozenset()
    password: str = field(default="", repr=False)
    name: str = field(default="", repr=False)
    badge: str = field(default="", repr=False)
    pin: str = field(default="", repr=False)

    @property
    def step(self) -> Step | None:
        """The step that this page belongs to; None on the last page."""
        return STEP_OF.get(self.page)

    @property
    def is_waiting(self) -> bool:
        """Whether something is under way that no touch may overtake."""
        return self.is_saving or self.trial is Trial.RUNNING

    @property
    def may_skip(self) -> bool:
        """Whether this can be done later: the machine keeps what was chosen, people come from the site's database too."""
        step = self.step
        if step in (Step.SCANNER, Step.POINTER, Step.SITE):
            return True
        if step is Step.ADMINISTRATOR:
            return self.draft.has_site and Step.SITE not in self.skipped
        return self.page is Page.MACHINE_TRY and self.trial is Trial.BAD

    @property
    def refusal(self) -> str:
        """Why it cannot go on from this page, as a code; "" where it can."""
        page = self.page
        if self.is_waiting:
            return "saving" if self.is_saving else "trying"
        if page in (Page.MACHINE_LINE, Page.SCANNER_LINE, Page.POINTER_LINE):
            return "" if self.is_network or self.url else "choose_line"
        if page is Page.SCANNER_TEACH:
            return "" if self.taught is not None and self.taught.form is not None else "scan_label"
        if page is Page.ADMIN_BADGE:
            return "" if self.badge else "scan_badge"
        if page in (Page.ADMIN_PIN, Page.ADMIN_AGAIN):
            return "" if self.entry else "type_pin"
        if page is Page.STATION and self.owner and self.entry != self.owner:
            return "other_station"
        return "" if page not in TEXTS or is_fitting(page, self.entry) else f"type_{page}"

    @property
    def url(self) -> str:
        """The line that is chosen on this page."""
        draft = self.draft
        by_step = {Step.MACHINE: draft.machine_url, Step.SCANNER: draft.scanner_url, Step.POINTER: draft.pointer_url}
        return by_step.get(self.step or Step.LANGUAGE, "")


# --- events ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Choose:
    key: str


@dataclass(frozen=True, slots=True)
class TypeKey:
    """One key: a sign, or erase, clear, keys (the next page of keys)."""

    key: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class GoOn:
    pass


@dataclass(frozen=True, slots=True)
class GoBack:
    pass


@dataclass(frozen=True, slots=True)
class Later:
    """Skip this step."""


@dataclass(frozen=True, slots=True)
class TypeBadge:
    """The badge is typed, because nothing scans yet."""


@dataclass(frozen=True, slots=True)
class LinesFound:
    lines: tuple[FoundLine, ...]


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of a try; `words` are the machine's or the database's own."""

    is_good: bool
    code: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class KeysArrived:
    strokes: Sequence[Stroke] = field(repr=False)


@dataclass(frozen=True, slots=True)
class TextArrived:
    """A scanner on a line of its own said this; `text` as it came."""

    text: str = field(repr=False)
    is_ended: bool = True


@dataclass(frozen=True, slots=True)
class Saved:
    """The step is on the disk; or why not, as a code."""

    problem: str = ""


Event = Choose | TypeKey | GoOn | GoBack | Later | TypeBadge | LinesFound | Tried | KeysArrived | TextArrived | Saved


# --- effects --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FindLines:
    pass


@dataclass(frozen=True, slots=True)
class TryMachine:
    """Ask it how it is. Nothing moves."""

    draft: Draft


@dataclass(frozen=True, slots=True)
class TrySite:
    draft: Draft
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class KeepStep:
    """Write the step down; answered by Saved. `is_skipped`: only that it is behind us."""

    step: Step
    draft: Draft
    password: str = field(default="", repr=False)
    taught: Taught | None = None
    source: str = ""
    is_skipped: bool = False


@dataclass(frozen=True, slots=True)
class AddAdministrator:
    """Answered by Saved."""

    name: str = field(repr=False)
    badge: str = field(repr=False)
    pin: str = field(repr=False)
    language: str = ""


@dataclass(frozen=True, slots=True)
class Finish:
    """The station begins."""


Effect = FindLines | TryMachine | TrySite | KeepStep | AddAdministrator | Finish
