"""What a person asks of the station: one frozen value for each thing a button, a key or a printed command can mean.

Every command that acts on what the screen shows carries that screen's `token` (`View.token`). A command with an old token is
ignored: it belongs to a screen that is no longer there, so a second tap does nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from station.scan_form import Stroke


@dataclass(frozen=True, slots=True)
class EnterPin:
    pin: str

    def __repr__(self) -> str:
        return "EnterPin(****)"  # the PIN never reaches a log


@dataclass(frozen=True, slots=True)
class SignOff:
    pass


@dataclass(frozen=True, slots=True)
class LockScreen:
    pass


@dataclass(frozen=True, slots=True)
class CancelSignOn:
    """Back from the PIN to "scan your badge"."""


@dataclass(frozen=True, slots=True)
class AnswerHandOver:
    """Whether the person who just signed on takes the open work over (else it is left for later)."""

    takes_over: bool


@dataclass(frozen=True, slots=True)
class StartOrders:
    """Start the named orders together, in this order."""

    orders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Confirm:
    """The line's primary action: what the button says is taken, put or accepted."""

    token: int


@dataclass(frozen=True, slots=True)
class NotEnough:
    """Less than asked is there (pick), or less fits (put)."""

    token: int


@dataclass(frozen=True, slots=True)
class Skip:
    token: int


@dataclass(frozen=True, slots=True)
class LabelUnreadable:
    token: int


@dataclass(frozen=True, slots=True)
class TookMore:
    """More than asked has really left the compartment."""

    token: int


@dataclass(frozen=True, slots=True)
class CountHere:
    """Count this compartment while it is at the bay."""

    token: int


@dataclass(frozen=True, slots=True)
class ElsewherePut:
    """Propose another compartment for this put."""

    token: int


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
    """The answer to an AskText. Any text may be a badge: it never reaches a log."""

    token: int
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Back:
    """Leave the open question or page without an answer; nothing is booked."""

    token: int


@dataclass(frozen=True, slots=True)
class LeaveWork:
    """Stop working the started orders: their open lines stay open, the tray is sent back."""

    token: int


@dataclass(frozen=True, slots=True)
class CallTrayPage:
    """Open the page that asks for a tray number to call."""


@dataclass(frozen=True, slots=True)
class CallTray:
    tray: int


@dataclass(frozen=True, slots=True)
class SendBack:
    """Send the tray at the bay back into the machine."""

    token: int


@dataclass(frozen=True, slots=True)
class SelectCompartment:
    """Choose a compartment of the tray at the bay (direct work), or of the tray page."""

    token: int
    compartment: str


@dataclass(frozen=True, slots=True)
class ShowQuantities:
    """Show what the book says is on the called tray; a count of it is not blind then."""

    token: int


@dataclass(frozen=True, slots=True)
class DirectPick:
    token: int


@dataclass(frozen=True, slots=True)
class DirectPut:
    token: int


@dataclass(frozen=True, slots=True)
class TellTray:
    """A person says which tray is at the opening; None means none."""

    tray: int | None


@dataclass(frozen=True, slots=True)
class FetchAgain:
    """The touch that is needed before a motion follows one whose end was not known."""

    token: int


@dataclass(frozen=True, slots=True)
class OpenTrayPage:
    """Look at any tray's map, contents and events; moves nothing. None asks for the number first."""

    tray: int | None = None


@dataclass(frozen=True, slots=True)
class OlderEvents:
    """Further events of the tray page."""

    token: int


@dataclass(frozen=True, slots=True)
class OpenDevices:
    """Open the machine panel."""


@dataclass(frozen=True, slots=True)
class ShowDevice:
    """Look at one device of the machine panel: its figures and its last frames."""

    token: int
    device: str


@dataclass(frozen=True, slots=True)
class ExportRecorder:
    """Write the flight recorder of the device that is looked at to a file."""

    token: int


@dataclass(frozen=True, slots=True)
class StatusByHand:
    """Maintenance asks the machine how it is."""

    token: int


@dataclass(frozen=True, slots=True)
class FetchByHand:
    """Maintenance wants a tray; its number and whether the opening is clear are asked next."""

    token: int


@dataclass(frozen=True, slots=True)
class StoreByHand:
    """Maintenance wants the tray at the bay sent back; whether the opening is clear is asked next."""

    token: int


@dataclass(frozen=True, slots=True)
class TryLamps:
    """Let all tote lamps shine for a moment, so that a dark one is seen."""

    token: int


@dataclass(frozen=True, slots=True)
class ClosePage:
    """Back from a page to the work list."""


@dataclass(frozen=True, slots=True)
class OpenTeach:
    """Teach a scanner by one label; from the machine panel."""


@dataclass(frozen=True, slots=True)
class OpenWear:
    """Open the service page; from the machine panel."""


@dataclass(frozen=True, slots=True)
class BookService:
    """Book that a service or an inspection took place; the page asks which, and by whom."""

    token: int


@dataclass(frozen=True, slots=True)
class OpenCalibration:
    """Teach the pointer a height of trays; from the machine panel, and once more where one was taught."""


@dataclass(frozen=True, slots=True)
class TurnLight:
    """An arrow: -1, 0 or 1 steps of pan and of tilt."""

    token: int
    pan: int
    tilt: int


@dataclass(frozen=True, slots=True)
class ChooseTurn:
    """How far an arrow turns, from fine to coarse."""

    token: int
    index: int


@dataclass(frozen=True, slots=True)
class LightOnMark:
    """The light stands on the mark of the place that is taught."""

    token: int


@dataclass(frozen=True, slots=True)
class TeachKeys:
    """All keys of one scan, while a scanner is taught. It is about no button, so it has no token."""

    strokes: tuple[Stroke, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class KeepForm:
    """Keep what was learnt of the scanner."""

    token: int


@dataclass(frozen=True, slots=True)
class TeachWeight:
    """Learn what one piece of the lot in hand weighs; how many are on the scale is asked next."""

    token: int


@dataclass(frozen=True, slots=True)
class ScanUnclear:
    """Keys of a scanner that are no code: of two scanners at once, or of one whose end keys are not taught."""


@dataclass(frozen=True, slots=True)
class TakeTrayOut:
    """The tray is not called for work any more; the reason is shown to whoever waits for it."""

    tray: int
    reason: str


@dataclass(frozen=True, slots=True)
class ReturnTray:
    """The tray is back in service."""

    tray: int


@dataclass(frozen=True, slots=True)
class TakeBayOut:
    """Nothing is called to this bay for work any more."""

    reason: str


@dataclass(frozen=True, slots=True)
class ReturnBay:
    """This bay is back in service."""


@dataclass(frozen=True, slots=True)
class OpenOutages:
    """Open the list of what is out of service."""


@dataclass(frozen=True, slots=True)
class AskTakeOut:
    """A tray is to go out of service: that of the tray page, or the one whose number is asked next. Why is asked then."""

    token: int


@dataclass(frozen=True, slots=True)
class AskTakeBayOut:
    """This bay is to go out of service; why is asked next."""

    token: int


@dataclass(frozen=True, slots=True)
class AskReturn:
    """A tray, or this bay (None), is to come back into service; it is asked once more."""

    token: int
    tray: int | None


ServiceCommand = TakeTrayOut | ReturnTray | TakeBayOut | ReturnBay

Command = (
    EnterPin
    | SignOff
    | LockScreen
    | CancelSignOn
    | AnswerHandOver
    | StartOrders
    | Confirm
    | NotEnough
    | Skip
    | LabelUnreadable
    | TookMore
    | CountHere
    | ElsewherePut
    | EnterNumber
    | Choose
    | EnterText
    | Back
    | LeaveWork
    | CallTrayPage
    | CallTray
    | SendBack
    | SelectCompartment
    | ShowQuantities
    | DirectPick
    | DirectPut
    | TellTray
    | FetchAgain
    | OpenTrayPage
    | OlderEvents
    | ClosePage
    | OpenDevices
    | ShowDevice
    | ExportRecorder
    | StatusByHand
    | FetchByHand
    | StoreByHand
    | TryLamps
    | OpenTeach
    | OpenWear
    | BookService
    | OpenCalibration
    | TurnLight
    | ChooseTurn
    | LightOnMark
    | TeachKeys
    | KeepForm
    | ScanUnclear
    | OpenOutages
    | AskTakeOut
    | AskTakeBayOut
    | AskReturn
    | TeachWeight
    | ServiceCommand
)
