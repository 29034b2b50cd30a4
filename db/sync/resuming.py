"""Where both sides stand: the own chains compared with those of the site. Pure but for two questions for single hashes.

Whatever the site says that it has is what it has; what it had before, or what this store remembers of that, counts nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from db.queries.chains import Chain
from db.sync.values import Position

HashAt = Callable[[str, int], str]  # of epoch and seq


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """`acked`: by own epoch, the last seq that both have alike. `forks`: own epochs of which both have other events behind that.
    `extras`: events that only the site has, behind these positions. `continues`: they go on where the own log ends."""

    acked: Mapping[str, int]
    forks: tuple[str, ...] = ()
    extras: tuple[Position, ...] = ()
    continues: bool = False


def compare(
    own: Sequence[Chain], site: Sequence[Position], *, taken: Mapping[str, int], own_hash: HashAt, site_hash: HashAt
) -> Standing:
    """Compare all epochs. `taken`: how far extras were taken already, by epoch."""
    chains = {chain.epoch: chain for chain in own}
    acked = dict.fromkeys(chains, 0)
    forks, extras = [], []
    for there in site:
        chain = chains.get(there.epoch)
        if chain is None:
            behind = 0
        else:
            behind = _agreed(chain, there, own_hash=own_hash, site_hash=site_hash)
            acked[chain.epoch] = behind
            if behind < min(chain.limit, there.seq):
                forks.append(chain.epoch)
        after = max(behind, taken.get(there.epoch, 0))
        if after < there.seq:
            extras.append(Position(there.epoch, after))
    return Standing(
        acked=acked, forks=tuple(forks), extras=tuple(extras), continues=not forks and _continues(own, site, acked, extras)
    )


def _agreed(chain: Chain, there: Position, *, own_hash: HashAt, site_hash: HashAt) -> int:
    """The last seq up to which both have the same: a hash stands for all before it, so halving finds the first that differs."""
    low, high = 0, min(chain.limit, there.seq)
    newest = there.hash if high == there.seq else None
    if high == 0 or (newest or site_hash(chain.epoch, high)) == own_hash(chain.epoch, high):
        return high
    high -= 1
    while low < high:
        middle = (low + high + 1) // 2
        if site_hash(chain.epoch, middle) == own_hash(chain.epoch, middle):
            low = middle
        else:
            high = middle - 1
    return low


def _continues(own: Sequence[Chain], site: Sequence[Position], acked: Mapping[str, int], extras: Sequence[Position]) -> bool:
    """Whether the extras begin right behind the own log's last event, and are of no epoch before its last one."""
    last = own[-1]
    order = [each.epoch for each in site]
    if not extras or last.epoch not in order or acked[last.epoch] != last.seq:
        return False
    earlier = set(order[: order.index(last.epoch)])
    return not any(each.epoch in earlier for each in extras)
