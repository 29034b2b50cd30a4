"""Proposals that somebody accepts, as the records of planned moves. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from db.records.moves import MovePlanned
from station.storage.proposal import Proposal
from station.storage.shop import Shop


def records_of(shop: Shop, proposals: Sequence[Proposal]) -> tuple[MovePlanned, ...]:
    """The records of proposals: one for each stock key of a compartment. The first move of a proposal has its saving."""
    found: list[MovePlanned] = []
    lying = {each.place: each for each in shop.holdings}
    for proposal in proposals:
        saves_ms = round(1000 * proposal.saved_s_a_day)
        for move in proposal.moves:
            left, holding = move.quantity, lying.get(move.from_place)
            for each in holding.stock if holding is not None else ():
                quantity = min(left, each.quantity)
                if quantity <= 0:
                    continue
                left -= quantity
                found.append(
                    MovePlanned(
                        machine=move.from_place.machine,
                        tray=move.from_place.tray,
                        compartment=move.from_place.compartment,
                        item=each.key.item,
                        lot=each.key.lot,
                        serial=each.key.serial,
                        owner=each.key.owner,
                        quantity=quantity,
                        to_tray=move.to_place.tray,
                        to_compartment=move.to_place.compartment,
                        saves_ms=saves_ms,
                    )
                )
                saves_ms = 0
    return tuple(found)
