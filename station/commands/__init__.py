"""What a person asks of the station: one frozen value for each thing a button, a key or a printed command can mean.

Every command that acts on what the screen shows carries that screen's `token` (`View.token`). A command with an old token is
ignored: it belongs to a screen that is no longer there, so a second tap does nothing.

A file has the commands of one kind. They are used as a vocabulary, `from station import commands as do` and `do.Confirm(token)`,
so all of them are gathered here.
"""

from __future__ import annotations

from station.commands.answers import AnswerCommand
from station.commands.answers import Back as Back
from station.commands.answers import Choose as Choose
from station.commands.answers import ClosePage as ClosePage
from station.commands.answers import EnterNumber as EnterNumber
from station.commands.answers import EnterText as EnterText
from station.commands.calibration import CalibrationCommand
from station.commands.calibration import ChooseTurn as ChooseTurn
from station.commands.calibration import LightOnMark as LightOnMark
from station.commands.calibration import OpenCalibration as OpenCalibration
from station.commands.calibration import TurnLight as TurnLight
from station.commands.counts import CountCommand
from station.commands.counts import OpenHeld as OpenHeld
from station.commands.counts import OrderItemCount as OrderItemCount
from station.commands.counts import OrderTrayCount as OrderTrayCount
from station.commands.counts import ShowHeld as ShowHeld
from station.commands.desk import DeskCommand
from station.commands.desk import ExportDesk as ExportDesk
from station.commands.desk import FilterDesk as FilterDesk
from station.commands.desk import OpenDesk as OpenDesk
from station.commands.desk import ShowDesk as ShowDesk
from station.commands.desk import TouchDesk as TouchDesk
from station.commands.devices import DevicesCommand
from station.commands.devices import ExportRecorder as ExportRecorder
from station.commands.devices import FetchByHand as FetchByHand
from station.commands.devices import MarkLamp as MarkLamp
from station.commands.devices import OpenDevices as OpenDevices
from station.commands.devices import ShowDevice as ShowDevice
from station.commands.devices import StatusByHand as StatusByHand
from station.commands.devices import StoreByHand as StoreByHand
from station.commands.devices import TryLamps as TryLamps
from station.commands.history import AskHistory as AskHistory
from station.commands.history import ExportHistory as ExportHistory
from station.commands.history import HistoryCommand
from station.commands.history import HistoryTray as HistoryTray
from station.commands.history import JumpHistory as JumpHistory
from station.commands.history import OpenHistory as OpenHistory
from station.commands.history import ProveHistory as ProveHistory
from station.commands.history import ShowHistory as ShowHistory
from station.commands.history import SlideHistory as SlideHistory
from station.commands.history import StepHistory as StepHistory
from station.commands.history import StopHistory as StopHistory
from station.commands.jit import JitCommand
from station.commands.jit import OpenJit as OpenJit
from station.commands.jit import ShowJit as ShowJit
from station.commands.jit import ShowJitRow as ShowJitRow
from station.commands.late import AskLate as AskLate
from station.commands.late import AskMarkAll as AskMarkAll
from station.commands.late import AskMarkTray as AskMarkTray
from station.commands.late import LateCommand
from station.commands.late import OpenLate as OpenLate
from station.commands.loads import LeaveOut as LeaveOut
from station.commands.loads import LoadsCommand
from station.commands.loads import MoveLoad as MoveLoad
from station.commands.loads import OpenLoads as OpenLoads
from station.commands.loads import PutLoad as PutLoad
from station.commands.orders import CancelOrder as CancelOrder
from station.commands.orders import ChooseLine as ChooseLine
from station.commands.orders import HoldOrder as HoldOrder
from station.commands.orders import OpenOrder as OpenOrder
from station.commands.orders import OrderCommand
from station.commands.orders import ResumeOrder as ResumeOrder
from station.commands.orders import ShowOrder as ShowOrder
from station.commands.orders import SplitOrder as SplitOrder
from station.commands.orders import TakeOverOrder as TakeOverOrder
from station.commands.other import OpenOther as OpenOther
from station.commands.other import OtherCommand
from station.commands.other import PutDownHand as PutDownHand
from station.commands.other import ShowTools as ShowTools
from station.commands.outages import AskReturn as AskReturn
from station.commands.outages import AskTakeBayOut as AskTakeBayOut
from station.commands.outages import AskTakeOut as AskTakeOut
from station.commands.outages import FetchUnreleased as FetchUnreleased
from station.commands.outages import OpenOutages as OpenOutages
from station.commands.outages import OutagesCommand
from station.commands.outages import ReleaseTray as ReleaseTray
from station.commands.outages import ReturnBay as ReturnBay
from station.commands.outages import ReturnTray as ReturnTray
from station.commands.outages import ServiceCommand as ServiceCommand
from station.commands.outages import TakeBayOut as TakeBayOut
from station.commands.outages import TakeTrayOut as TakeTrayOut
from station.commands.people import AskPeople as AskPeople
from station.commands.people import NobodyHere as NobodyHere
from station.commands.people import OpenApprovals as OpenApprovals
from station.commands.people import OpenPeople as OpenPeople
from station.commands.people import PeopleCommand
from station.commands.people import ShowApproval as ShowApproval
from station.commands.people import ShowPeople as ShowPeople
from station.commands.people import ShowPerson as ShowPerson
from station.commands.places import CountZone as CountZone
from station.commands.places import OpenPlaces as OpenPlaces
from station.commands.places import PlacesCommand
from station.commands.places import StartPlace as StartPlace
from station.commands.places import StartPlaces as StartPlaces
from station.commands.printers import AskPrint as AskPrint
from station.commands.printers import OpenPrinters as OpenPrinters
from station.commands.printers import PrintersCommand
from station.commands.pull import OpenPull as OpenPull
from station.commands.pull import PullCommand
from station.commands.pull import ShowSignal as ShowSignal
from station.commands.receipts import JudgeGoods as JudgeGoods
from station.commands.receipts import OpenLots as OpenLots
from station.commands.receipts import OpenReceipts as OpenReceipts
from station.commands.receipts import ReceiptsCommand
from station.commands.receipts import ShowLot as ShowLot
from station.commands.receipts import TakeAnnounced as TakeAnnounced
from station.commands.receipts import TakeWaiting as TakeWaiting
from station.commands.receipts import TypeGoods as TypeGoods
from station.commands.replay import OpenReplay as OpenReplay
from station.commands.replay import ReplayCommand
from station.commands.replay import ShowPolicies as ShowPolicies
from station.commands.replay import StopReplay as StopReplay
from station.commands.search import CallPlace as CallPlace
from station.commands.search import ChoosePlace as ChoosePlace
from station.commands.search import MorePictures as MorePictures
from station.commands.search import MoveFromPlace as MoveFromPlace
from station.commands.search import OpenSearch as OpenSearch
from station.commands.search import ReturnToPlace as ReturnToPlace
from station.commands.search import SearchCommand
from station.commands.search import SearchKey as SearchKey
from station.commands.search import ShowFound as ShowFound
from station.commands.search import ShowItem as ShowItem
from station.commands.search import ShowLetters as ShowLetters
from station.commands.search import ShowPictures as ShowPictures
from station.commands.sign_on import AnswerHandOver as AnswerHandOver
from station.commands.sign_on import CancelSignOn as CancelSignOn
from station.commands.sign_on import EnterPin as EnterPin
from station.commands.sign_on import LockScreen as LockScreen
from station.commands.sign_on import SignOff as SignOff
from station.commands.sign_on import SignOnCommand
from station.commands.storage import Build as Build
from station.commands.storage import FindFitting as FindFitting
from station.commands.storage import OpenStorage as OpenStorage
from station.commands.storage import ShowStorage as ShowStorage
from station.commands.storage import StorageCommand
from station.commands.storage import TouchCell as TouchCell
from station.commands.storage import TouchStorage as TouchStorage
from station.commands.sync import LookAtSite as LookAtSite
from station.commands.sync import SyncCommand as SyncCommand
from station.commands.sync import TryNow as TryNow
from station.commands.teach import KeepForm as KeepForm
from station.commands.teach import OpenTeach as OpenTeach
from station.commands.teach import ScanUnclear as ScanUnclear
from station.commands.teach import TeachCommand
from station.commands.teach import TeachKeys as TeachKeys
from station.commands.tray import CallTray as CallTray
from station.commands.tray import CallTrayPage as CallTrayPage
from station.commands.tray import DirectPick as DirectPick
from station.commands.tray import DirectPut as DirectPut
from station.commands.tray import Divide as Divide
from station.commands.tray import DivideHere as DivideHere
from station.commands.tray import FetchAgain as FetchAgain
from station.commands.tray import MoveDivider as MoveDivider
from station.commands.tray import OlderEvents as OlderEvents
from station.commands.tray import OpenTrayPage as OpenTrayPage
from station.commands.tray import OtherPart as OtherPart
from station.commands.tray import SelectCompartment as SelectCompartment
from station.commands.tray import SendBack as SendBack
from station.commands.tray import ShowQuantities as ShowQuantities
from station.commands.tray import TellTray as TellTray
from station.commands.tray import TrayCommand
from station.commands.wear import BookService as BookService
from station.commands.wear import OpenWear as OpenWear
from station.commands.wear import SeeDrift as SeeDrift
from station.commands.wear import WearCommand
from station.commands.work import Confirm as Confirm
from station.commands.work import CountHere as CountHere
from station.commands.work import ElsewherePut as ElsewherePut
from station.commands.work import LabelUnreadable as LabelUnreadable
from station.commands.work import LeaveWork as LeaveWork
from station.commands.work import NotEnough as NotEnough
from station.commands.work import OtherLot as OtherLot
from station.commands.work import Skip as Skip
from station.commands.work import StartOrders as StartOrders
from station.commands.work import TakeRunnerUp as TakeRunnerUp
from station.commands.work import TeachWeight as TeachWeight
from station.commands.work import TookMore as TookMore
from station.commands.work import ToteFull as ToteFull
from station.commands.work import Undo as Undo
from station.commands.work import WorkCommand

Command = (
    SignOnCommand
    | AnswerCommand
    | WorkCommand
    | TrayCommand
    | DevicesCommand
    | TeachCommand
    | WearCommand
    | ReplayCommand
    | JitCommand
    | StorageCommand
    | CalibrationCommand
    | OutagesCommand
    | SyncCommand
    | LateCommand
    | CountCommand
    | LoadsCommand
    | PlacesCommand
    | PrintersCommand
    | OrderCommand
    | ReceiptsCommand
    | PullCommand
    | SearchCommand
    | OtherCommand
    | HistoryCommand
    | PeopleCommand
    | DeskCommand
)
