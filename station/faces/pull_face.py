"""The pull board, as the window shows it."""

from __future__ import annotations

from station.core.pull_page import next_steps, row_of
from station.core.state import PullPage, StationState
from station.quantity import to_text
from station.view.action import Action, Offer
from station.view.ask import AskChoice, Choice
from station.view.message import Message
from station.view.pull import PullFace


def pull_face(state: StationState, page: PullPage) -> PullFace:
    """The list, or what is to be said of one of its signals."""
    about = row_of(page, page.about)
    rows = page.rows or ()
    if about is not None:
        params: dict[str, str | int] = {"signal": about.name, "consumer": about.consumer, "card": about.card}
        steps = next_steps(about)
        choices = tuple(
            Choice(each.value, f"signal_{each}" if not about.card else f"card_{each}", params, is_primary=each is steps[0])
            for each in steps
        )
        if about.item is not None:
            params["quantity"] = to_text(about.done or about.quantity, about.item.decimals)
            params |= {"decimals": about.item.decimals, "unit": about.item.unit, "item": about.item.code}
        ask = AskChoice(code=f"signal_is_{about.state}", choices=choices, params=params)
        offers = (Offer(Action.BACK), Offer(Action.LOCK))
        return PullFace(rows=rows, offers=offers, ask=ask, about=about)
    start = Offer(Action.START, "store_read_only" if state.store_code else "bay_out_of_service" if state.bay_out else "")
    return PullFace(
        rows=rows,
        offers=(start, Offer(Action.BACK), Offer(Action.LOCK)),
        orders=state.orders or (),
        chosen=page.chosen,
        wait="reading" if page.rows is None else "",
    )


def pull_bar(page: PullPage) -> Message:
    """What to do here."""
    if page.rows is None:
        return Message("reading")
    if page.about:
        return Message("answer_question")
    return Message("pull_page" if page.rows else "pull_page_empty")
