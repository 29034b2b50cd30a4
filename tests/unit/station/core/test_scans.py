"""What a scan at an open task proves: the item's code is a piece, the compartment's label is only the place."""

from station import commands as do
from station.core.advance import advance
from station.core.effects import Append
from station.core.inputs import Given, Now, Scanned
from station.core.state import Rules, StationState
from station.custody import Custody, Here
from station.faces.bar import bar
from station.flows.lines import Progress
from station.flows.round import Round
from station.flows.sign_on import Active
from station.flows.turn import NameScan
from station.scan import place_label
from station.view.message import Level
from tests.helpers.fake_store import NOON
from tests.helpers.sample import BOLT, FUSE, MACHINE, MARA, NUT, task, working

NOW = Now(100.0, NOON)


def at_work(of):
    """Mara stands at tray 4 with this task in hand."""
    custody = Custody(machine=MACHINE, opening="SH1-1", where=Here(4, 3), is_linked=True, is_proven=True, lit="C7|O1|1|1")
    work = Round(orders=("O1",), queue=(of,), current=working(of), lines={("O1", "1"): Progress(asked=of.line_asked)})
    return StationState(station="S1", simulated="", rules=Rules(), custody=custody, session=Active(person=MARA), round=work)


def scanned(state, *texts):
    """The state after these scans, and the kinds of record that were to be booked."""
    booked = []
    for text in texts:
        state, effects = advance(state, Scanned(text=text, source="wedge"), NOW)
        booked += [each.kind for effect in effects if isinstance(effect, Append) and effect.is_awaited for each in effect.records]
    return state, booked


def test_the_compartments_label_scanned_for_every_piece_books_none_of_them():
    fuses = task(quantity=2, item=FUSE)
    label = place_label(fuses.place)
    state, booked = scanned(at_work(fuses), label, label, label)
    assert booked == []
    state, _ = advance(state, Given(do.Confirm(state.token)), NOW)
    assert scanned(state, FUSE.code, FUSE.code)[1][:1] == ["picked"]


def test_the_compartments_label_books_one_piece_of_an_item_that_a_touch_confirms():
    bolt = task(quantity=1, item=BOLT)
    assert scanned(at_work(bolt), place_label(bolt.place))[1][:1] == ["picked"]


def locked():
    """At a task, after a wrong scan."""
    return scanned(at_work(task(quantity=5, item=BOLT)), NUT.code)[0]


def test_the_right_scan_is_the_cure_while_the_label_is_asked():
    state, _ = advance(locked(), Given(do.LabelUnreadable(locked().token)), NOW)
    assert bar(state).code != "wrong_item"
    state, _ = scanned(state, BOLT.code)
    assert not state.round.current.is_locked
    assert bar(state).code == "scan_accepted"


def test_a_wrong_scan_is_no_answer_while_the_label_is_asked():
    state, _ = advance(locked(), Given(do.LabelUnreadable(locked().token)), NOW)
    assert bar(scanned(state, NUT.code)[0]).code == "scan_not_used"


def test_the_bar_says_again_why_confirm_is_locked():
    state, _ = advance(locked(), Given(do.LabelUnreadable(locked().token)), NOW)
    state, _ = advance(state, Given(do.Back(state.token)), NOW)
    assert (bar(state).code, bar(state).level, bar(state).params["item"]) == ("wrong_scan", Level.ACT, BOLT.code)


def booked_by(state, *scans):
    """The records that these scans, and then a touch, have had written."""
    records = []
    for happened in (*(Scanned(text=text, source=source) for text, source in scans), None):
        state, effects = advance(state, happened or Given(do.Confirm(state.token)), NOW)
        records += [each for effect in effects if isinstance(effect, Append) for each in effect.records]
    return records


def test_the_record_names_the_scanner_that_proved_it_and_not_the_one_that_was_wrong():
    bolts = task(quantity=5, item=BOLT)
    assert [each.scanner for each in booked_by(at_work(bolts), (BOLT.code, "left")) if each.kind == "picked"] == ["left"]
    wrong_then_right = booked_by(at_work(bolts), (NUT.code, "right"), (BOLT.code, "left"))
    assert [each.scanner for each in wrong_then_right if each.kind == "picked"] == ["left"]
    assert [each.scanner for each in booked_by(at_work(bolts)) if each.kind == "picked"] == [""]


def test_a_wrong_scan_is_asked_about_with_its_scanner():
    _, effects = advance(at_work(task(quantity=5, item=BOLT)), Scanned(text=NUT.code, source="right"), NOW)
    assert [each.scanner for each in effects if isinstance(each, NameScan)] == ["right"]
