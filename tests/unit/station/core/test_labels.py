"""What a label says fills the booking; what it contradicts is refused with a reason; what it could also mean is asked."""

from dataclasses import replace

import pytest

from db.records.orders import ScanRefused
from db.records.stock import Picked
from station import commands as do
from station.core.advance import advance
from station.core.effects import Append, Sound
from station.core.inputs import Now, Scanned
from station.flows import pick, put
from station.scan_label import codes_meant, is_item, label_of, quantity_of
from station.task import Mode
from station.values import Item, ProofRule, StockKey
from station.view.ask import AskChoice, AskText
from tests.helpers.fake_store import NOON
from tests.helpers.sample import BOLT, FUSE, METER, NUT, RESIN, task
from tests.helpers.world import World
from tests.unit.station.core.test_scans import at_work
from tests.unit.station.core.test_tracked import at_the_put, confirm, face_of, puts

GS, RS, EOT = "\x1d", "\x1e", "\x04"
BOLT_GTIN = "04006381333931"  # BOLT's barcode is the EAN-13 in it
NOW = Now(100.0, NOON)


def automotive(*parts: str) -> str:
    return f"[)>{RS}06{GS}{GS.join(parts)}{RS}{EOT}"


def scanned(of, *texts, key=None, step=None):
    """The state after these scans at a task, and the records that were to be booked."""
    state = at_work(replace(of, key=key or of.key))
    if step is not None:
        state = replace(state, round=replace(state.round, current=state.round.current.at(step)))
    booked = []
    for text in texts:
        state, effects = advance(state, Scanned(text=text, source="wedge"), NOW)
        booked += [each for effect in effects if isinstance(effect, Append) and effect.is_awaited for each in effect.records]
    return state, booked


@pytest.mark.parametrize(
    "text",
    [
        f"]C101{BOLT_GTIN}10L1",
        f"(01){BOLT_GTIN}",
        f"https://x.example/01/{BOLT_GTIN}",
        f"]E0{BOLT_GTIN[1:]}",
        BOLT_GTIN,
        automotive(f"P{BOLT.code}", "1TL1"),
        "]d1" + automotive(f"P{BOLT.code}"),
    ],
)
def test_an_item_is_proven_by_its_gtin_and_by_its_number_on_a_label(text):
    state, booked = scanned(task(quantity=1), text)
    assert [type(each) for each in booked][:1] == [Picked]
    assert not state.round.current.is_locked


@pytest.mark.parametrize("text", ["]C10109520123456788", automotive("PNUT-M8"), f"(01)09520123456788(241){BOLT.code}"])
def test_a_label_of_another_item_locks_confirm_whatever_else_it_says(text):
    state, booked = scanned(task(quantity=1), text)
    assert (booked, state.round.current.is_locked, state.bar.error) == ([], True, "O301")


def test_a_label_of_another_lot_than_the_tasks_is_refused_and_says_which_is_due():
    of = task(quantity=1, item=RESIN)
    state, booked = scanned(of, automotive("PRESIN-X", "1TL9"), key=StockKey(item=RESIN.code, lot="L1"))
    assert (booked, state.round.current.is_locked) == ([], True)
    assert (state.bar.code, state.bar.params["lot"], state.bar.error) == ("other_lot", "L1", "O372")
    assert "L9" not in str(state.bar)
    assert scanned(of, automotive("PRESIN-X", "1TL1"), key=StockKey(item=RESIN.code, lot="L1"))[1]


def test_a_code_that_breaks_its_own_rules_proves_nothing_and_is_said():
    state, booked = scanned(task(quantity=1), f"]C101{BOLT_GTIN[:-1]}2")
    assert (booked, state.round.current.is_locked, state.bar.code) == ([], False, "code_damaged")


def test_the_bar_of_a_lot_beside_that_of_the_item_proves_nothing_and_locks_nothing():
    state, booked = scanned(task(quantity=1, item=RESIN), "]C110L1")
    assert (booked, state.round.current.is_locked, state.bar.code) == ([], False, "scan_not_used")


def test_a_labels_other_quantity_confirms_nothing_alone_and_both_figures_are_said():
    state, booked = scanned(task(quantity=1), f"]C101{BOLT_GTIN}3012")
    assert (booked, state.bar.code, state.bar.params["found"], state.bar.params["quantity"]) == ([], "label_quantity", 12, 1)
    assert scanned(task(quantity=1), f"]C101{BOLT_GTIN}301")[1]


def test_where_each_piece_is_scanned_a_label_counts_for_the_pieces_it_says_and_the_same_serial_once():
    assert not scanned(task(quantity=3, item=FUSE), automotive("PFUSE-10A", "Q2"))[1]
    assert scanned(task(quantity=3, item=FUSE), automotive("PFUSE-10A", "Q2"), FUSE.code)[1]
    twice = automotive("PFUSE-10A", "SA1")
    assert not scanned(task(quantity=2, item=FUSE), twice, twice)[1]
    assert scanned(task(quantity=2, item=FUSE), twice, automotive("PFUSE-10A", "SA2"))[1]
    assert not scanned(task(quantity=3, item=FUSE), automotive("PFUSE-10A", "Q5"))[1]


def test_a_label_answers_how_many_and_no_other_scan_does():
    said, _ = scanned(task(quantity=9), f"]C101{BOLT_GTIN}304", step=pick.AskTaken())
    assert said.round.current.step == pick.AskReason(4)
    fits, _ = scanned(task(Mode.PUT, 9), automotive("PBOLT-M8", "Q4"), step=put.AskFits())
    assert fits.round.current.step == put.AskWhy(4)
    same, _ = scanned(task(quantity=9), BOLT.code, step=pick.AskTaken())
    assert (same.round.current.step, same.bar.code) == (pick.AskTaken(), "scan_not_used")


def test_one_scan_of_a_label_puts_a_lot_or_a_serial_that_nobody_types():
    world = at_the_put()
    for serial in ("S7", "S8"):
        world.scan(automotive("PMETER-2", f"S{serial}"))
        world.settle()
    confirm(world)
    world.settle()
    assert puts(world) == [("S7", "", 1), ("S8", "", 1)]


def test_a_labels_serial_that_is_in_stock_already_is_refused_and_the_person_is_asked():
    world = at_the_put()
    world.scan(automotive("PMETER-2", "SS1"))
    confirm(world)
    world.read_all()
    assert world.view().bar.code == "serial_known"
    ask = face_of(world).ask
    assert isinstance(ask, AskText)
    assert (ask.code, ask.params["number"]) == ("which_serial", 1)


def put_resin() -> World:
    """Mara stands where three of a lot are to be put and its lot is asked."""
    world = World()
    world.sign_on("p_mara")
    world.settle()
    world.start("O6")
    world.settle()
    while face_of(world).item != RESIN:
        world.give(do.Skip(world.state.token))
        world.settle()
    confirm(world)
    return world


def test_a_label_scanned_for_the_lot_gives_its_lot_and_not_its_text():
    world = put_resin()
    world.scan(f"]d1{automotive('PRESIN-X', '1TL4')}")
    world.settle()
    assert puts(world) == [("", "L4", 3)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (automotive("PNUT-M8", "1TL4"), "label_of_other_item"),
        (automotive("PRESIN-X", "Q3"), "label_lacks_lot"),
        (automotive("PRESIN-X", "1TL4", "1TL5"), "code_damaged"),
    ],
)
def test_a_label_that_cannot_be_of_this_lot_is_refused_with_its_reason(text, code):
    world = put_resin()
    world.sounds.clear()
    world.scan(text)
    world.settle()
    assert (world.view().bar.code, puts(world), world.sounds) == (code, [], [Sound.WRONG])


@pytest.mark.parametrize(("text", "means"), [(NUT.code, NUT.code), ("9520123456788", "09520123456788")])
def test_a_text_that_is_an_items_code_too_is_asked_about_and_never_guessed(text, means):
    world = put_resin()
    world.scan(text)
    world.settle()
    ask = face_of(world).ask
    assert isinstance(ask, AskChoice)
    assert (ask.code, ask.params) == ("two_meanings", {"text": text, "other": means})
    assert puts(world) == []
    world.give(do.Choose(world.state.token, "item"))
    assert isinstance(face_of(world).ask, AskText)
    for _again in range(2):  # scanned once more at the question itself it is asked once more
        world.scan(text)
        world.settle()
    world.give(do.Choose(world.state.token, "code"))
    world.settle()
    assert puts(world) == [("", text, 3)]


def test_a_badge_inside_a_label_is_no_lot_and_is_nowhere():
    world = put_resin()
    world.scan(automotive("PRESIN-X", "1T0009912345"))  # registered as a badge
    world.settle()
    assert puts(world) == []
    assert "0009912345" not in str(world.view())


def test_a_wrong_label_is_written_down_by_the_item_it_is_of():
    world = at_the_put()
    world.scan(automotive("PNUT-M8", "1TL4"))
    world.settle()
    assert [(each.what, each.scanned) for each in world.store.written if isinstance(each, ScanRefused)] == [("item", NUT.code)]


def test_a_code_of_two_items_by_different_routes_proves_neither():
    world = at_the_put()
    world.store.items["OTHER"] = Item(code="OTHER", name="", barcodes=(BOLT_GTIN,))
    assert world.reading.find_item(BOLT_GTIN[1:]).items == (BOLT, world.store.items["OTHER"])


def test_a_serial_that_is_another_items_code_proves_nothing():
    world = World()
    of = replace(task(quantity=1, item=METER), key=StockKey(item=METER.code, serial=NUT.code))
    assert world.reading.book(of)[1].shared == {NUT.code}
    state = at_work(of)
    state = replace(state, round=replace(state.round, current=replace(state.round.current, shared=frozenset({NUT.code}))))
    assert advance(state, Scanned(text=NUT.code, source="wedge"), NOW)[0].round.current.is_locked


def test_a_quantity_is_said_in_the_items_own_unit():
    kilos = Item(code="K", name="", unit="kg", decimals=2)
    weighed = label_of(f"]C101{BOLT_GTIN}3103001950")
    assert quantity_of(weighed, kilos) == 195
    assert quantity_of(weighed, replace(kilos, decimals=1)) is None  # finer than it is counted
    assert quantity_of(weighed, BOLT) is None
    assert quantity_of(label_of(automotive("PK", "Q7", "3QKGM")), BOLT) is None


def test_a_gtin_that_is_anothers_is_not_made_good_by_an_item_number():
    mixed = f"(01)09520123456788(241){BOLT.code}"
    assert not is_item(BOLT, mixed, label_of(mixed))
    assert is_item(NUT, f"(01)09520123456788(241){NUT.code}", label_of(f"(01)09520123456788(241){NUT.code}"))  # it has no GTIN
    assert list(codes_meant(mixed))[1:] == ["09520123456788", "9520123456788", BOLT.code]


def test_a_label_with_the_quantity_that_is_asked_still_waits_for_the_touch():
    scan_item = replace(BOLT, proof=ProofRule.SCAN)
    state, booked = scanned(task(quantity=12, item=scan_item), f"]C101{BOLT_GTIN}3012")
    assert (booked, state.round.current.scanned, state.bar.code) == ([], 12, "scan_accepted")
