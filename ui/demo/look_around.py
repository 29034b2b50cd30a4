"""The scripted operator looks around: opens each page of the work list once and goes back, so that opening them is measured."""

from __future__ import annotations

from station.view.action import Action
from station.view.view import View
from station.view.work import WorkFace
from ui.demo.eyes import Eyes
from ui.demo.hands import Hands

PAGES = (
    Action.SEARCH,
    Action.ORDERS,
    Action.RECEIPTS,
    Action.LOADS,
    Action.OTHER,
    Action.PRINTERS,
    Action.DEVICES,
    Action.LOTS,
    Action.EXCEPTIONS,
    Action.ALARMS,
    Action.HELD,
    Action.OUTAGES,
    Action.STORAGE,
)


async def look_around(hands: Hands, eyes: Eyes, face: WorkFace) -> None:
    """Every page that this person is offered here. Raises NothingHappensError when one does not open or does not close."""
    offered = {offer.action for offer in face.offers if offer.is_allowed}
    for page in PAGES:
        if page not in offered:
            continue
        await hands.tap(f"action_{page.value}")
        await eyes.until(lambda view: _is_elsewhere(view) and bool(_way_back(hands)), f"the page {page.value}")
        await hands.tap(_way_back(hands))
        await eyes.until(_is_at_the_list, f"the work list after {page.value}")


def _way_back(hands: Hands) -> str:
    """The button that leads back: of the page, or of the question that it begins with. "" while there is none."""
    return next((each for each in ("action_back", "key_cancel") if hands.can_touch(each)), "")


def _is_elsewhere(view: View) -> bool:
    return not isinstance(view.face, WorkFace) or view.face.ask is not None


def _is_at_the_list(view: View) -> bool:
    return isinstance(view.face, WorkFace) and view.face.ask is None and view.face.wait is None
