"""Small values for tests of the rules: one item of each habit, tasks, people, and every command and event there is."""

from __future__ import annotations

from dataclasses import replace

from station import commands as do
from station.flows.turn import (
    Booked,
    BookingFailed,
    CheckCode,
    CodeChecked,
    LotsFound,
    LotStockFound,
    ScannedPlace,
    ScannedRight,
    ScannedWrong,
    TaskEvent,
    TaskState,
    ToteNamed,
)
from station.task import Mode, Task
from station.values import Compartment, Item, Pack, Person, Place, ProofRule, Role, RoundRule, StockKey, Tray
from station.view.work import OrderTag

MACHINE = "M1"
BOLT = Item(code="BOLT-M8", name="Bolt M8", barcodes=("4006381333931",))
NUT = Item(code="NUT-M8", name="Nut M8")
SENSOR = Item(code="SENSOR-18", name="Sensor", proof=ProofRule.SCAN)
FUSE = Item(code="FUSE-10A", name="Fuse", proof=ProofRule.SCAN_EACH)
SCREW = Item(code="SCREW-4", name="Screw", packs=(Pack("box", 50),), rounding=RoundRule.FULL_PACK)
WIRE = Item(code="WIRE-15", name="Wire", unit="m", decimals=3)
RESIN = Item(code="RESIN-X", name="Resin", lot_tracked=True)
METER = Item(code="METER-2", name="Meter", serial_tracked=True)

MARA = Person(person="p_mara", name="Mara", role=Role.OPERATOR)
JONAS = Person(person="p_jonas", name="Jonas", role=Role.SUPERVISOR)
ELIF = Person(person="p_elif", name="Elif", role=Role.MAINTENANCE)

HERE = Place(MACHINE, 4, "C7")


def place(tray: int, compartment: str) -> Place:
    return Place(MACHINE, tray, compartment)


def tray(number: int, *labels: str) -> Tray:
    cells = tuple(
        Compartment(label=label, x_mm=100 * index, y_mm=0, width_mm=100, depth_mm=200) for index, label in enumerate(labels)
    )
    return Tray(machine=MACHINE, number=number, width_mm=1000, depth_mm=600, compartments=cells)


def task(
    mode: Mode = Mode.PICK,
    quantity: int = 5,
    *,
    item: Item = BOLT,
    at: Place = HERE,
    order: str = "O1",
    line: str = "1",
    number: int = 1,
    line_asked: int | None = None,
) -> Task:
    return Task(
        mode=mode,
        order=order,
        line=line,
        number=number,
        line_no=1,
        line_count=1,
        item=item,
        key=StockKey(item=item.code),
        place=at,
        quantity=quantity,
        line_asked=quantity if line_asked is None else line_asked,
    )


def order_tag(order: str) -> OrderTag:
    return OrderTag(
        order=order,
        kind="pick",
        destination="",
        lines=1,
        open_lines=1,
        trays=1,
        need_by=None,
        is_late=False,
        priority=5,
        is_started=False,
    )


def direct(mode: Mode = Mode.PICK, quantity: int = 5, *, item: Item = BOLT) -> Task:
    return replace(task(mode, quantity, item=item, order="", line=""), reason="urgent_need")


def working(of: Task | None = None, *, book: int = 20, visit: int = 3) -> TaskState:
    return TaskState(task=of or task(), visit=visit, book=book)


def every_command(token: int = 1, *, number: int = 2, key: str = "no_such_key", text: str = "?") -> tuple[do.Command, ...]:
    """One of each kind of command."""
    bare = (do.Confirm, do.NotEnough, do.Skip, do.LabelUnreadable, do.TookMore, do.CountHere, do.ElsewherePut, do.Back)
    more = (do.Undo, do.LeaveWork, do.OtherLot, do.SendBack, do.DirectPick, do.DirectPut, do.FetchAgain, do.OlderEvents)
    return (
        *(kind(token) for kind in (*bare, *more)),
        do.ShowQuantities(token),
        do.TakeRunnerUp(token, 0),
        do.EnterNumber(token, number),
        do.Choose(token, key),
        do.EnterText(token, text),
        do.SelectCompartment(token, "C7"),
        do.EnterPin("123456"),
        do.SignOff(),
        do.LockScreen(),
        do.CancelSignOn(),
        do.AnswerHandOver(True),
        do.StartOrders(("O1",)),
        do.CallTrayPage(),
        do.CallTray(4),
        do.TellTray(4),
        do.OpenTrayPage(4),
        do.ClosePage(),
        do.OpenDevices(),
        do.ShowDevice(token, "M1"),
        *(kind(token) for kind in (do.StatusByHand, do.FetchByHand, do.StoreByHand, do.ExportRecorder, do.TryLamps, do.MarkLamp)),
        do.OpenTeach(),
        do.OpenWear(),
        do.OpenJit(),
        do.ShowJit(token, "exposure"),
        do.ShowJitRow(token, "K12"),
        do.OpenStorage(),
        do.ShowStorage(token, "spare"),
        do.TouchStorage(token, 0),
        do.FindFitting(token),
        do.TouchCell(token, "A1"),
        do.Build(token, "split"),
        do.OpenReplay(),
        do.StopReplay(token),
        do.ShowPolicies(token),
        do.BookService(token),
        do.SeeDrift(token),
        do.TeachKeys(()),
        do.KeepForm(token),
        do.OpenCalibration(),
        do.TurnLight(token, 1, 0),
        do.ChooseTurn(token, 0),
        do.LightOnMark(token),
        do.ScanUnclear(),
        do.OpenOutages(),
        do.AskTakeOut(token),
        do.AskTakeBayOut(token),
        do.AskReturn(token, 4),
        do.AskReturn(token, None),
        do.TeachWeight(token),
        do.OpenHeld(),
        do.OpenOrder("O1"),
        do.OpenOrder(),
        do.ShowOrder(token, "O1"),
        *(kind(token) for kind in (do.HoldOrder, do.ResumeOrder, do.TakeOverOrder, do.SplitOrder, do.CancelOrder)),
        do.ChooseLine(token, "1"),
        do.ShowHeld(token, 0),
        do.OrderTrayCount(token),
        do.OrderItemCount(token),
        do.ToteFull(token),
        do.OpenLate(),
        do.AskMarkTray(token),
        do.AskMarkAll(token),
        do.AskLate(token),
        do.OpenLoads(),
        do.PutLoad(token),
        do.MoveLoad(token, "LD-1"),
        do.LeaveOut(token),
        do.OpenReceipts(),
        do.OpenPlaces(),
        do.StartPlaces(token),
        do.StartPlace(token, 0),
        do.CountZone(token),
        do.TypeGoods(token),
        do.TakeAnnounced(token, 0),
        do.TakeWaiting(token, 0),
        do.JudgeGoods(token),
        do.OpenPull(),
        do.ShowSignal(token, "O1"),
        do.OpenLots(),
        do.ShowLot(token, 0),
        do.Divide(token),
        do.MoveDivider(token, 1),
        do.OtherPart(token),
        do.DivideHere(token),
        do.OpenSearch(),
        do.SearchKey(token, "B"),
        do.ShowFound(token),
        do.ShowLetters(token),
        do.ShowPictures(token),
        do.MorePictures(token, 1),
        do.ShowItem(token, "BOLT-M8"),
        do.ChoosePlace(token, 0),
        do.CallPlace(token),
        do.MoveFromPlace(token),
        do.ReturnToPlace(token),
        do.OpenOther(),
        do.PutDownHand(token),
        do.ShowTools(token),
        do.OpenHistory(),
        do.HistoryTray(token, 4),
        *(do.StepHistory(token, each) for each in (-1, 1)),
        do.SlideHistory(token, 1),
        do.JumpHistory(token, 1),
        do.ShowHistory(token, "contents"),
        *(do.AskHistory(token, each) for each in ("filter", "trace", "find", "review", "block", "order", "shift")),
        do.ProveHistory(token),
        do.ExportHistory(token),
        do.StopHistory(token),
        do.OpenPeople(),
        do.OpenApprovals(),
        *(do.ShowPeople(token, each) for each in ("list", "rights", "sign_ons", "approvals")),
        do.ShowPerson(token, "p_mara"),
        *(do.AskPeople(token, each) for each in ("find", "name", "role", "badge", "pin", "disable", "review")),
        do.ShowApproval(token, 0),
        do.NobodyHere(token),
        *(do.OpenDesk(each) for each in ("cases", "alarms", "figures", "own", "programme", "missing")),
        *(do.ShowDesk(token, each) for each in ("terms", "people")),
        do.ExportDesk(token),
        do.ShowDesk(token, "loss_item"),
        do.TouchDesk(token, 0),
        do.FilterDesk(token),
    )


def checked(text: str, of: Task | None = None, *, is_badge: bool = False) -> CodeChecked:
    """The verdict on what was said to be a lot or a serial."""
    return CodeChecked(CheckCode(of or task(Mode.PUT), text), is_badge)


def every_task_event(
    *, number: int = 2, key: str = "no_such_key", text: str = "?", of: Task | None = None
) -> tuple[TaskEvent, ...]:
    """One of each kind of thing that can happen to a task; what is looked up is an answer about the task `of`."""
    about = of or task()
    found = (LotsFound(about, (about,)), LotStockFound(about, ()))
    happened = (ScannedRight(), ScannedPlace(), ScannedWrong("OTHER"), ToteNamed("T1", "key"), checked(text))
    ended = (Booked(), BookingFailed("D401"))
    return (*every_command(number=number, key=key, text=text), *found, *happened, *ended)
