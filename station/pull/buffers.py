"""A person applies what was proposed for the buffer of a loop: from then on its trigger, or its cards, ask by the new size."""

from __future__ import annotations

from db.records.pull import BufferSet, LoopSet
from station.jit.loop_buffers import Change, resized, size_of
from station.pull.facts import Facts
from station.values import Pulled, PullLoop


def applied(facts: Facts, name: str, *, before: int, change: Change) -> tuple[Pulled, str]:
    """What is written, and why nothing is: the loop is out of use, or is another one than the proposal was made for. Pure."""
    loop = facts.loop(name)
    if loop is None or not loop.is_active:
        return Pulled(), "gone"
    if size_of(loop) != before or change.after == before:
        return Pulled(), "changed"
    after = resized(loop, change.after)
    told = BufferSet(
        loop=name,
        item=loop.item,
        before=before,
        after=size_of(after),
        reason=change.reason.value,
        levels=change.levels,
        step=change.step,
    )
    return Pulled((told, as_set(after))), ""


def as_set(loop: PullLoop) -> LoopSet:
    """The loop as it is from now on."""
    return LoopSet(
        loop=loop.loop,
        item=loop.item,
        consumer=loop.consumer,
        supplier=loop.supplier,
        goes_back=loop.goes_back,
        container=loop.container,
        cards=loop.cards,
        lead_time_min=loop.lead_time_min,
        trigger_at=-1 if loop.trigger_at is None else loop.trigger_at,
        up_to=loop.up_to,
        wip_limit=loop.wip_limit,
        use_per_day=loop.use_per_day,
        safety_percent=loop.safety_percent,
        is_active=loop.is_active,
        bottleneck_per_1000h=loop.bottleneck_per_1000h,
        raw_time_min=loop.raw_time_min,
        wanted_per_1000h=loop.wanted_per_1000h,
    )
