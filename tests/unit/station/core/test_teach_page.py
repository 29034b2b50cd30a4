"""A scanner is taught by maintenance: from the machine panel, by one scan; nothing moves and no scan is taken for work."""

from __future__ import annotations

import pytest

from station import commands as do
from station.core.effects import Sound
from station.core.inputs import FormKept, Scanned
from station.core.state import DevicesPage, TeachPage
from station.scan_form import ScanForm
from station.teach_scanner import AIM_ID, LABEL
from station.view.action import Action
from station.view.devices import DevicesFace
from station.view.teach import TeachFace
from tests.helpers.sample import ELIF, JONAS, NUT
from tests.helpers.typing_scanner import TypingScanner
from tests.helpers.world import World


def at_panel(person: str = ELIF.person) -> World:
    world = World()
    world.sign_on(person)
    world.settle()
    world.give(do.OpenDevices())
    world.settle()
    return world


def teaching() -> World:
    world = at_panel()
    world.give(do.OpenTeach())
    return world


def face(world: World) -> TeachFace:
    shown = world.view().face
    assert isinstance(shown, TeachFace)
    return shown


def offers(world: World) -> dict[Action, str]:
    shown = world.view().face
    assert isinstance(shown, TeachFace | DevicesFace)
    return {each.action: each.refused for each in shown.offers}


def test_teaching_is_for_maintenance_and_stands_on_the_machine_panel() -> None:
    assert offers(at_panel())[Action.TEACH] == ""
    world = at_panel(JONAS.person)
    assert Action.TEACH not in offers(world)
    world.give(do.OpenTeach())
    assert isinstance(world.state.page, DevicesPage)
    assert world.view().bar.code == "no_right"


def test_a_typing_scanner_is_understood_and_kept_when_it_is_touched() -> None:
    world = teaching()
    assert (face(world).step, offers(world)[Action.KEEP_FORM]) == ("scan", "scan_label_first")
    world.give(do.TeachKeys(TypingScanner(gs="|", prefix="S1").scan(LABEL)))
    form = ScanForm(prefix="S1", suffix="\r", gs="|", has_aim_id=True)
    assert (face(world).step, face(world).source, face(world).form) == ("understood", "wedge", form)
    assert world.sounds[-1] is Sound.OK
    world.give(do.KeepForm(world.state.token))
    assert [(each.source, each.form) for each in world.reads] == [("wedge", form)]
    world.settle()
    assert (face(world).step, world.view().bar.code) == ("kept", "teach_kept")
    assert offers(world)[Action.KEEP_FORM] == "form_is_kept"


def test_a_scanner_on_a_line_is_taught_by_what_it_said_and_not_by_how_it_is_read() -> None:
    world = teaching()
    world.feed(Scanned("whatever", "hand", said=f"{AIM_ID}{LABEL}", is_ended=False))
    assert (face(world).source, face(world).problems) == ("hand", ("no_end",))
    assert face(world).form is not None


def test_what_cannot_be_kept_is_said_with_its_sound_and_nothing_is_kept() -> None:
    world = teaching()
    world.give(do.TeachKeys(TypingScanner(gs="").scan(LABEL)))
    assert (face(world).step, face(world).problems) == ("failed", ("gs_lost",))
    assert (world.view().bar.error, world.sounds[-1]) == ("O334", Sound.WRONG)
    world.give(do.KeepForm(world.state.token))
    assert world.reads == []


def test_a_second_touch_keeps_nothing_twice_and_another_scan_begins_anew() -> None:
    world = teaching()
    world.give(do.TeachKeys(TypingScanner().scan(LABEL)))
    token = world.state.token
    world.give(do.KeepForm(token))
    world.settle()
    world.give(do.KeepForm(token))
    world.give(do.KeepForm(world.state.token))
    assert world.reads == []
    world.give(do.TeachKeys(TypingScanner(gs="F8").scan(LABEL)))
    assert face(world).step == "understood"


def test_a_form_that_the_disk_refuses_is_said_and_can_be_kept_later() -> None:
    world = teaching()
    world.give(do.TeachKeys(TypingScanner().scan(LABEL)))
    world.feed(FormKept("no space left"))
    assert (world.view().bar.code, face(world).step) == ("form_not_kept", "understood")


@pytest.mark.parametrize("text", [NUT.code, "BLT-M1-4", "BLX-CONFIRM", "BLB-1001"])
def test_no_scan_is_taken_for_work_and_no_code_is_shown(text: str) -> None:
    world = teaching()
    world.scan(text)
    assert face(world).problems == ("not_the_label",)
    assert text not in repr(world.view())


def test_back_leads_to_the_panel_with_all_that_it_knew() -> None:
    world = teaching()
    page = world.state.page
    assert isinstance(page, TeachPage)
    world.give(do.ClosePage())
    assert world.state.page == page.behind


def test_keys_that_are_no_code_are_said_wherever_one_is() -> None:
    world = World()
    for step in (lambda: None, lambda: world.sign_on(ELIF.person)):
        step()
        world.give(do.ScanUnclear())
        assert (world.view().bar.code, world.view().bar.error, world.sounds[-1]) == ("scan_unclear", "O333", Sound.WRONG)
