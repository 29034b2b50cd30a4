"""The open question of a task or a tray call, as a value for the screen."""

from __future__ import annotations

from dataclasses import replace

from station.flows import (
    blocked,
    count,
    defect,
    departure,
    divide,
    identity,
    load,
    open_pack,
    pick,
    put,
    task_flow,
    tote_pick,
    tote_share,
    tray_call,
    zero_check,
)
from station.flows.tote_bind import Binding
from station.flows.turn import TaskState, Working
from station.quantity import to_text
from station.task import Mode, Task
from station.view.ask import Ask, AskChoice, AskNumber, AskText, Choice
from station.zones import place_text

Params = dict[str, str | int]


def binding_ask(binding: Binding) -> AskText:
    """Which tote does an order get?"""
    code = "second_tote" if binding.is_second else "which_tote"
    return AskText(code=code, params={"order": binding.order, "position": binding.position})


def _tote_ask(state: TaskState, params: Params, dark: frozenset[str]) -> Ask | None:
    item, tasks = state.task.item, tote_share.tasks_of(state.task)
    match state.step:
        case tote_share.Distributing(shares=shares):
            return AskChoice(code="into_totes", choices=_tote_choices(shares, state, "into_tote", dark), params=params)
        case tote_share.PutBack(quantity=quantity):
            shown = {**params, "quantity": to_text(quantity, item.decimals), "unit": item.unit}
            lies = Choice(tote_pick.BACK, "rest_back", shown, is_primary=True)
            return AskChoice(code="put_hand_back", choices=(lies,), params=shown)
        case tote_share.AskFull(parting=parting):
            return AskChoice(code="which_full", choices=_tote_choices(parting.shares, state, "full_tote"), params=params)
        case tote_share.AskInto(parting=parting, position=position):
            most = next(each.quantity for each in tote_share.by_tote(parting.shares) if each.position == position) - 1
            return AskNumber(code="how_many_into", item=item, maximum=most, params={**params, "position": position})
        case tote_share.AskShares(taken=taken):
            given = zip(tasks, tote_share.by_urgency(tasks, taken), strict=True)
            totes = ", ".join(f"{each.position}: {to_text(quantity, item.decimals)}" for each, quantity in given)
            urgent = Choice("by_urgency", "by_urgency", {"totes": totes}, is_primary=True)
            return AskChoice(code="part_short", choices=(urgent, Choice("by_hand", "by_hand")), params=params)
        case tote_share.AskShare(short=short, given=said):
            _, most = tote_share.most_for(short, tasks, said)
            tote = tasks[len(said)]
            return AskNumber(
                code="how_many_get", item=item, maximum=most, params={"position": tote.position, "order": tote.order}
            )
        case _:
            return None


def _tote_choices(
    shares: tuple[tote_share.Share, ...], state: TaskState, code: str, dark: frozenset[str] = frozenset()
) -> tuple[Choice, ...]:
    """One for each tote; one whose lamp shows nothing says so."""
    item = state.task.item
    return tuple(
        Choice(
            each.position,
            "into_dark_tote" if each.position in dark else code,
            {
                "position": each.position,
                "tote": each.tote,
                "order": each.order,
                "quantity": to_text(each.quantity, item.decimals),
                "unit": item.unit,
            },
        )
        for each in tote_share.by_tote(shares)
    )


def task_ask(state: TaskState, dark: frozenset[str] = frozenset()) -> Ask | None:
    """What the task asks, None when it waits for a scan or a touch. `dark` are the put places whose lamps show nothing."""
    params: Params = {"compartment": state.task.place.compartment, "item": state.task.item.code}
    asked = _tote_ask(state, params, dark) or _pick_ask(state, params) or _put_ask(state, params)
    return asked or _identity_ask(state, params) or _count_ask(state, params)


def _pick_ask(state: TaskState, params: Params) -> Ask | None:
    item = state.task.item
    match state.step:
        case open_pack.PutRestBack(rest=rest, pack=pack):
            shown = {**params, "quantity": to_text(rest, item.decimals), "unit": item.unit, "pack": pack}
            return AskChoice(
                code="put_rest_back", choices=(Choice("rest_back", "rest_back", shown, is_primary=True),), params=shown
            )
        case blocked.PutBlockedBack():
            shown = {**params, "lot": state.task.key.lot}
            back = Choice(blocked.NOTHING_OUT, "nothing_out", shown, is_primary=True)
            return AskChoice(code="put_lot_back" if state.task.key.lot else "put_item_back", choices=(back,), params=shown)
        case pick.AskTaken():
            less, asked, result = task_flow.offered(state) - 1, state.task.quantity, "book_and_report_missing"
            return AskNumber(code="how_many_taken", item=item, maximum=less, asked=asked, result=result, params=params)
        case pick.AskReason():
            return _why_not_enough(state.task)
        case pick.AskRemaining(taken=taken):
            most = pick.most_remaining(state, taken)
            return AskNumber(code="how_many_remain", item=item, maximum=most, result="report_remaining", params=params)
        case pick.AskWhich():
            return _which(state.step, state.task)
        case pick.AskOut():
            offered = task_flow.offered(state)
            return AskNumber(code="how_many_out", item=item, asked=offered, minimum=offered + 1, result="accept", params=params)
        case pick.ReturnExcess(out=out):
            excess = to_text(pick.excess(state, out), item.decimals)
            return _excess({**params, "quantity": excess, "unit": item.unit})
        case pick.AskExcessReason():
            return _reasons("why_stays_out", pick.EXCESS_REASONS)
        case _:
            return _departure_ask(state, params)


def _departure_ask(state: TaskState, params: Params) -> Ask | None:
    """Which other lot, and why."""
    match state.step:
        case departure.AskOtherLot(choices=choices):
            options = tuple(Choice(str(no), *_lot(each)) for no, each in enumerate(choices))
            return AskChoice(code="which_other_lot", choices=options, params=params)
        case departure.AskDeparture(chosen=chosen):
            asked = _reasons("why_other_lot", departure.DEPART_REASONS)
            return replace(asked, params={**params, "lot": chosen.key.lot or chosen.place.compartment})
        case _:
            return None


def _lot(task: Task) -> tuple[str, Params]:
    """How another lot is offered: without a lot by its place alone."""
    where: Params = {"tray": task.place.tray, "compartment": task.place.compartment, "quantity": task.quantity}
    where = {**where, "place": place_text(task.place)}
    measured: Params = {**where, "decimals": task.item.decimals, "unit": task.item.unit}
    return ("other_lot", {**measured, "lot": task.key.lot}) if task.key.lot else ("other_place", measured)


def _put_ask(state: TaskState, params: Params) -> Ask | None:
    match state.step:
        case put.AskFits():
            item, asked, result = state.task.item, state.task.quantity, "book_and_rest_elsewhere"
            return AskNumber(code="how_many_fit", item=item, maximum=asked - 1, asked=asked, result=result, params=params)
        case put.AskWhy():
            return _reasons("why_not_all_put", put.PUT_REASONS)
        case _:
            return None


def _identity_ask(state: TaskState, params: Params) -> Ask | None:
    """What the label says of the goods."""
    match state.step:
        case pick.AskLabel() | put.AskPutLabel():
            return AskText(code="last_four", length=None, params=params)
        case identity.AskLot():
            return AskText(code="which_lot", params=params)
        case identity.AskExpiry():
            return AskNumber(code="which_expiry", result="expiry", params={**params, "lot": state.lot or state.task.key.lot})
        case identity.AskSerial(quantity=quantity, number=number):
            return AskText(code="which_serial", params={**params, "number": number, "of": identity.pieces(state, quantity)})
        case identity.AskMeaning():
            return _meaning(state.step)
        case _:
            return None


def _count_ask(state: TaskState, params: Params) -> Ask | None:
    item = state.task.item
    match state.step:
        case zero_check.AskEmpty():
            yes = Choice("yes", "is_empty_yes", params, is_primary=True)
            return AskChoice(code="is_it_empty", choices=(yes, Choice("no", "is_empty_no", params)), params=params)
        case zero_check.AskLeft():
            return AskNumber(code="how_many_left", item=item, result="counted", params=params)
        case count.AskOffer():
            take = Choice(count.TAKE, "count_now", params, is_primary=True)
            return AskChoice(code="count_offer", choices=(take, Choice(count.PASS, "count_not_now")), params=params)
        case Working() | count.AskAgain() if state.task.mode is Mode.COUNT:
            most = count.most_of_serial(state)
            return AskNumber(code="count_blind", item=item, maximum=most, result="counted", params=params)
        case load.AskMissing():
            reasons = tuple(Choice(each, f"reason_{each}") for each in load.MISSING_REASONS)
            return AskChoice(code="why_load_missing", choices=reasons, params=params)
        case count.AskPutOff():
            return _reasons("why_put_off", count.PUT_OFF_REASONS)
        case _:
            return None


def call_ask(call: tray_call.TrayCall) -> Ask | None:
    """What a tray call asks."""
    params: dict[str, str | int] = {"compartment": call.selected}
    match call.step:
        case tray_call.AskTray():
            return AskNumber(code="which_tray", result="call_tray")
        case tray_call.AskKey(chosen=None):
            stock = enumerate(tray_call.keys_in(call))
            choices = tuple(
                Choice(str(no), "stock_key", {"item": each.key.item, "lot": each.key.lot, "status": str(each.key.status)})
                for no, each in stock
            )
            return AskChoice(code="which_stock", choices=choices, params=params)
        case tray_call.AskQuantity(mode, item, _):
            return AskNumber(code=f"direct_{mode}_quantity", item=item, params={**params, "item": item.code})
        case tray_call.AskMore():
            return _really(call.step, call.selected)
        case tray_call.AskWhy():
            return _reasons("why_direct", tray_call.reasons_of(call, call.step))
        case divide.AskFree(placing):
            new = divide.new_label(call.picture, placing.label) if call.picture else ""
            asked: dict[str, str | int] = {"compartment": new}
            free = (Choice("part_is_free", "part_is_free", asked), Choice("part_has_goods", "part_has_goods", asked))
            return AskChoice(code="is_part_free", choices=free, params=asked)
        case tray_call.AskItem():
            return AskText(code="which_item", params=params)
        case _:
            return None


def _why_not_enough(task: Task) -> AskChoice:
    """The last one holds the lot; goods without a lot are held in their compartment."""
    asked = _reasons("why_not_enough", pick.SHORT_REASONS)
    code = "hold_lot" if task.key.lot else "hold_rest"
    return replace(asked, choices=(*asked.choices, Choice(defect.DEFECTIVE, code, {"lot": task.key.lot})))


def _reasons(code: str, reasons: tuple[str, ...]) -> AskChoice:
    return AskChoice(code=code, choices=tuple(Choice(each, f"reason_{each}") for each in reasons))


def _which(step: pick.AskWhich, task: Task) -> AskChoice:
    """Taking the rest is the first way out, where there is a rest; none is the likely one."""
    measure: dict[str, str | int] = {"decimals": task.item.decimals, "unit": task.item.unit}
    params = {"remaining": step.remaining, **measure, "compartment": task.place.compartment, "reason": step.reason}
    take = (Choice("take_rest", "take_rest", params),) if step.remaining else ()
    others = (Choice("remain_again", "remain_again", params), Choice("other_reason", "other_reason", params))
    return AskChoice(code="which_is_wrong", choices=(*take, *others), params=params)


def _meaning(step: identity.AskMeaning) -> AskChoice:
    """To scan again is the likely one: the bar of the item stands beside that of the lot."""
    return meaning(step.text, step.item, "lot" if isinstance(step.before, identity.AskLot) else "serial")


def meaning(text: str, other: str, what: str) -> AskChoice:
    """Whether a text is the lot (or the serial) that was asked, or was the code of another item."""
    params: Params = {"text": text, "other": other}
    choices = (Choice("item", f"not_the_{what}", params), Choice("code", f"is_the_{what}", params))
    return AskChoice(code="two_meanings", choices=choices, params=params)


def _really(step: tray_call.AskMore, compartment: str) -> AskChoice:
    """Typing again is the likely one: a slip of the finger is more common than so much in one compartment."""
    measure: dict[str, str | int] = {"decimals": step.item.decimals, "unit": step.item.unit, "compartment": compartment}
    params = {**measure, "quantity": step.quantity, "book": step.book}
    choices = (Choice("yes", "take_really", params), Choice("again", "type_again", params))
    return AskChoice(code="more_than_book", choices=choices, params=params)


def _excess(params: dict[str, str | int]) -> AskChoice:
    put_back = Choice("put_back", "excess_put_back", params, is_primary=True)
    return AskChoice(code="return_excess", choices=(put_back, Choice("stays_out", "excess_stays_out", params)), params=params)
