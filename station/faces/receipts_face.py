"""Goods that are received, as the window shows them."""

from __future__ import annotations

from station.core.inputs import Now
from station.core.receipts_page import bay_of, is_busy
from station.core.state import ReceiptsPage, StationState
from station.faces.asks import meaning
from station.flows import receipt, receipt_pass
from station.flows.receipt_state import Receipt, ReceiptStep
from station.receipt_values import REJECT, VERDICTS, Announced
from station.values import Item
from station.view.action import Action, Offer
from station.view.ask import Ask, AskChoice, AskNumber, AskText, Choice
from station.view.message import Level, Message
from station.view.receipts import GoodsTag, ReceiptsFace
from station.zones import ZoneKind, of_kind

_BOOKING = (ReceiptStep.BOOKING, ReceiptStep.PASS_BOOKING)
Params = dict[str, str | int]


def receipts_face(state: StationState, page: ReceiptsPage, now: Now) -> ReceiptsFace:
    """The list with its buttons, or the question about the goods in hand."""
    waiting, announced, hand = page.waiting or (), page.announced or (), page.receipt
    wait = _wait(page)
    if hand is not None:
        offers = (Offer(Action.LOCK),) if wait else _asked_offers(hand)
        verdicts = receipt.verdicts(hand, bay_of(state, now))
        is_passing = hand.step in (ReceiptStep.PASSING, ReceiptStep.AMOUNT)
        return ReceiptsFace(
            waiting=waiting,
            announced=announced,
            items=page.items,
            offers=offers,
            ask=None if wait else _ask(hand, verdicts, has_receiving=bool(of_kind(state.rules.zones, ZoneKind.RECEIVING))),
            wait=wait,
            goods=_tag(hand),
            offer=hand.offers[0] if is_passing else None,
            accepts=receipt.offered(hand) if hand.step is ReceiptStep.QUANTITY else None,
        )
    typing = AskText(code="goods_code") if page.is_typing and not wait else None
    refused = "store_read_only" if state.store_code else ""
    typed = () if page.is_typing else (Offer(Action.TYPE_GOODS, refused),)
    offers = (Offer(Action.BACK), *typed, Offer(Action.LOCK))
    return ReceiptsFace(waiting=waiting, announced=announced, items=page.items, offers=offers, ask=typing, wait=wait)


def receipts_bar(page: ReceiptsPage, quarantine: str) -> Message:
    """What to do here. `quarantine` is the named place for what is rejected, "" for none."""
    if wait := _wait(page):
        return Message(wait)
    if page.is_typing:
        return Message("answer_question")
    hand = page.receipt
    if hand is None:
        return Message("receipts_waiting" if page.waiting else "receipts_page")
    if hand.step is ReceiptStep.PASSING:
        locked = "_locked" if hand.is_locked else ""
        return Message(f"pass_goods{locked}", params={"order": hand.offers[0].order.order})
    if hand.step is ReceiptStep.DONE and hand.goods.verdict == REJECT:
        return Message("receipt_rejected_to" if quarantine else "receipt_rejected", Level.ACT, {"place": quarantine})
    if hand.step is ReceiptStep.DONE:
        return Message("receipt_rest" if hand.rest else "receipt_over")
    return Message("receipt_count" if hand.step is ReceiptStep.QUANTITY else "answer_question")


def _wait(page: ReceiptsPage) -> str:
    hand = page.receipt
    if page.placing is not None:
        return "searching"
    if hand is not None and hand.step in _BOOKING:
        return "booking"
    return "reading" if page.announced is None or is_busy(page) else ""


def _asked_offers(hand: Receipt) -> tuple[Offer, ...]:
    offers = [Offer(Action.BACK)] if hand.step is not ReceiptStep.PASSING else []
    if hand.step is ReceiptStep.QUANTITY:
        offers += [Offer(Action.RECEIVE_ALL)] if receipt.offered(hand) is not None else []
        offers += [Offer(Action.JUDGE_GOODS)] if not hand.goods.is_judged else []
    if hand.step in (ReceiptStep.NOTE, ReceiptStep.PHOTO):
        offers.append(Offer(Action.LEAVE_OUT))
    return (*offers, Offer(Action.LOCK))


def _tag(hand: Receipt) -> GoodsTag:
    goods, of = hand.goods, hand.goods.of
    is_judged = hand.step in (ReceiptStep.NOTE, ReceiptStep.PHOTO, ReceiptStep.SECOND, *_BOOKING, ReceiptStep.DONE)
    return GoodsTag(
        item=goods.item,
        lot=goods.lot,
        serial=goods.serial,
        expiry=goods.expiry.isoformat() if goods.expiry else "",
        quantity=goods.quantity,
        order=of.order.order if of else "",
        supplier=of.order.supplier if of else "",
        reference=of.order.reference if of else "",
        verdict=goods.verdict if is_judged else "",
        reason=goods.reason,
        passed=hand.passed,
        rest=hand.rest,
        is_over=hand.step is ReceiptStep.DONE,
    )


def _ask(hand: Receipt, verdicts: tuple[str, ...], *, has_receiving: bool) -> Ask | None:
    goods, params = hand.goods, _params(hand)
    match hand.step:
        case ReceiptStep.LINE:
            return _which_line(goods.announced, goods.item, params)
        case ReceiptStep.LOT | ReceiptStep.SERIAL:
            return AskText(code=f"goods_{hand.step}", params=params)
        case ReceiptStep.MEANING:
            return meaning(hand.doubt.text, hand.doubt.item, hand.doubt.before) if hand.doubt else None
        case ReceiptStep.EXPIRY:
            return AskNumber(code="which_expiry", result="accept", params={"lot": goods.lot})
        case ReceiptStep.QUANTITY:
            return AskNumber(code="goods_count", item=goods.item, result="counted", params=params)
        case ReceiptStep.DIFFERENCE:
            is_under = goods.quantity < goods.expected
            return _choice("why_fewer_came" if is_under else "why_more_came", _named("reason", receipt.differences(hand)), params)
        case ReceiptStep.VERDICT:
            why = "_held" if hand.is_held else "_expired"
            code = "goods_verdict" if verdicts == VERDICTS else f"goods_verdict{why}"
            return _choice(code, _named("goods", verdicts), params, primary=verdicts[0])
        case ReceiptStep.REASON:
            return _choice(f"why_goods_{goods.verdict}", _named("reason", receipt.GOODS_REASONS), params)
        case ReceiptStep.NOTE:
            return AskText(code="goods_note", params=params)
        case ReceiptStep.PHOTO:
            keys = (receipt.ATTACH, receipt.AGAIN) if hand.photo_file else (receipt.AGAIN,)
            code = "goods_photo" if hand.photo_file else "goods_no_photo"
            named = tuple((each, f"photo_{each}") for each in keys)
            return _choice(code, named, {**params, "file": hand.photo_file})
        case ReceiptStep.SECOND:
            return _choice("goods_second", ((receipt.SECOND_HERE, receipt.SECOND_HERE),), params, primary=receipt.SECOND_HERE)
        case _:
            return _ask_passing(hand, params, has_receiving=has_receiving)


def _ask_passing(hand: Receipt, params: Params, *, has_receiving: bool) -> Ask | None:
    """To whom, how many of them, and what becomes of the rest."""
    match hand.step:
        case ReceiptStep.PASSING:
            hand_over = () if hand.is_locked else (receipt_pass.HAND_OVER,)
            fewer = (receipt_pass.FEWER,) if receipt_pass.may_be_fewer(hand) else ()
            keys = (*hand_over, *fewer, receipt_pass.NOT_NOW)
            return _choice("pass_goods", tuple(zip(keys, keys, strict=True)), params, primary=receipt_pass.HAND_OVER)
        case ReceiptStep.AMOUNT:
            most = hand.offers[0].quantity
            return AskNumber(code="pass_how_many", item=hand.goods.item, maximum=most, result="accept", params=params)
        case ReceiptStep.DONE:
            if not hand.rest:
                done = (receipt_pass.LATER, f"done_{receipt_pass.LATER}")
                code = "goods_done_reject" if hand.goods.verdict == REJECT else "goods_done"
                return _choice(code, (done,), params, primary=receipt_pass.LATER)
            waits = (receipt_pass.TO_RECEIVING,) if has_receiving else ()
            ways = (receipt_pass.PUT_AWAY, *waits, receipt_pass.LATER)
            return _choice("goods_rest", tuple(zip(ways, ways, strict=True)), params, primary=receipt_pass.PUT_AWAY)
        case _:
            return None


def _params(hand: Receipt) -> Params:
    """What the questions name."""
    item = hand.goods.item
    params: Params = {"item": item.code, "decimals": item.decimals, "unit": item.unit}
    if hand.step is ReceiptStep.DONE:
        return {**params, "quantity": hand.goods.quantity if hand.goods.verdict == REJECT else hand.rest}
    if hand.offers and hand.step in (ReceiptStep.PASSING, ReceiptStep.AMOUNT):
        wanted = hand.offers[0]
        return {**params, "order": wanted.order.order, "line": wanted.line.line, "quantity": wanted.quantity}
    return {**params, "quantity": hand.goods.quantity, "asked": hand.goods.expected}


def _which_line(announced: tuple[Announced, ...], item: Item, params: Params) -> AskChoice:
    """A line whose goods are counted blind does not say how many are expected."""
    choices = [
        Choice(
            str(number),
            "receipt_line_lot" if each.line.lot else "receipt_line_blind" if each.is_blind(item) else "receipt_line",
            {
                **params,
                "order": each.order.order,
                "supplier": each.order.supplier,
                "quantity": each.lacking,
                "lot": each.line.lot,
            },
        )
        for number, each in enumerate(announced)
    ]
    return AskChoice(code="goods_which_line", choices=(*choices, Choice(receipt.NO_ORDER, "receipt_no_line")), params=params)


def _named(table: str, keys: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Each key with the code of its words."""
    if table == "reason":
        return tuple((each, f"reason_{each}") for each in keys)
    return tuple((each, f"goods_{each}") for each in keys)


def _choice(code: str, named: tuple[tuple[str, str], ...], params: Params, *, primary: str = "") -> AskChoice:
    choices = tuple(Choice(key, said, params, is_primary=key == primary) for key, said in named)
    return AskChoice(code=code, choices=choices, params=params)
