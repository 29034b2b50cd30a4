"""What the site takes of a station's log, and what it answers."""

from __future__ import annotations

import hashlib

import psycopg
import pytest

from db.sync.site import SiteError, Trouble
from db.sync.values import Position, PushStatus, Told
from db.upstream.postgres_site import PostgresSite
from tests.helpers.told import Chain
from tests.integration.upstream.conftest import Enter


@pytest.fixture
def chain() -> Chain:
    chain = Chain("S1")
    chain.loaded(10)
    chain.picked(2, visit=1)
    return chain


@pytest.fixture
def site(enter: Enter) -> PostgresSite:
    return enter("S1")


def test_a_push_is_kept_and_its_receipt_names_the_end(site: PostgresSite, chain: Chain) -> None:
    receipt = site.push(chain.events)
    assert (receipt.status, receipt.acked) == (PushStatus.OK, chain.position())
    welcome = site.hello(chain.hello())
    assert welcome.chains == (chain.position(),)
    assert welcome.server_epoch == receipt.server_epoch
    assert site.tail(Position(chain.epoch, 1), 10) == tuple(chain.events[1:])


def test_a_replay_changes_nothing_and_goes_on_where_it_is_new(
    site: PostgresSite, chain: Chain, owner: psycopg.Connection
) -> None:
    site.push(chain.events[:2])
    assert site.push(chain.events[:2]).status is PushStatus.OK
    assert site.push(chain.events).acked.seq == 3
    assert owner.execute("SELECT count(*) FROM sync.event").fetchone() == (3,)


def test_a_gap_is_named_and_nothing_of_it_kept(site: PostgresSite, chain: Chain) -> None:
    chain.picked(1, visit=1)
    site.push(chain.events[:1])
    for batch in (chain.events[2:], [chain.events[1], chain.events[3]]):
        receipt = site.push(batch)
        assert (receipt.status, receipt.want, receipt.acked.seq) == (PushStatus.GAP, 2, 1)
    other = Chain("S1")
    other.picked(1)
    assert site.push(other.events[1:]).want == 1


def test_another_event_under_a_seq_that_is_there_is_a_fork(site: PostgresSite, chain: Chain) -> None:
    site.push(chain.events)
    branch = Chain("S1", epoch=chain.epoch, events=[], head=bytes(32))
    branch.events[:], branch.head = chain.events[:1], bytes.fromhex(chain.events[0].hash)
    branch.picked(7)
    receipt = site.push(branch.events)
    assert (receipt.status, receipt.want, receipt.acked.seq) == (PushStatus.FORK, 2, 3)
    branch.picked(1)
    branch.picked(1)
    receipt = site.push(branch.events[3:])  # behind the end of what is there, and not following from it
    assert (receipt.status, receipt.want) == (PushStatus.FORK, 3)


def test_a_newer_body_is_held_and_what_is_before_it_is_kept(site: PostgresSite, chain: Chain) -> None:
    chain.tell("picked", v=2)
    receipt = site.push(chain.events)
    assert (receipt.status, receipt.want, receipt.acked.seq) == (PushStatus.HOLD, 4, 3)


@pytest.mark.parametrize(
    ("body", "code"),
    [("no json", "U301"), ('{"v":1,"kind":"x","nul":"\\u0000"}', "U301"), ('{"v":1,"kind":"x"}', "U303")],
)
def test_what_cannot_be_read_is_refused_and_taken_as_bytes_when_it_comes_alone(
    site: PostgresSite, chain: Chain, owner: psycopg.Connection, body: str, code: str
) -> None:
    bad = chain.append("bad", body)
    after = chain.picked(1, visit=1)
    with pytest.raises(SiteError, match=code) as caught:
        site.push(chain.events)
    assert caught.value.trouble is Trouble.DATA
    site.push(chain.events[:3])
    assert site.push_unread(bad).acked.seq == 4
    assert site.push_unread(bad).status is PushStatus.OK
    assert site.push([after]).acked == chain.position()
    assert site.tail(Position(chain.epoch, 3), 1) == (bad,)
    assert owner.execute("SELECT kind, detail ->> 'hash_fits' FROM site.exception WHERE seq = 4").fetchall() == [
        ("unreadable", "true")
    ]
    assert owner.execute("SELECT quantity FROM site.stock").fetchone() == (7,)


def test_a_hash_that_does_not_fit_is_refused(site: PostgresSite, chain: Chain) -> None:
    wrong = chain.events[1]
    chain.events[1] = Told(wrong.epoch, wrong.seq, wrong.id, wrong.body, hashlib.sha256(b"x").hexdigest())
    with pytest.raises(SiteError, match="U302"):
        site.push(chain.events)


def test_a_new_epoch_names_the_end_of_the_old_one_or_it_is_shown(
    site: PostgresSite, chain: Chain, owner: psycopg.Connection
) -> None:
    site.push(chain.events)
    site.push(Chain("S1", old=chain.events[-1]).events)
    assert owner.execute("SELECT count(*) FROM site.exception WHERE kind LIKE 'epoch%'").fetchone() == (0,)
    lost = Chain("S1")
    lost.picked(1)
    new = Chain("S1", old=lost.events[-1])
    assert site.push(new.events).status is PushStatus.OK
    assert owner.execute("SELECT about FROM site.exception WHERE kind = 'epoch_old_end_unknown'").fetchone() == (
        f"S1/{new.epoch}",
    )
    assert [each.seq for each in site.hello(new.hello()).chains] == [3, 1, 1]


def test_an_event_at_the_site_cannot_be_changed_or_deleted(site: PostgresSite, chain: Chain, owner: psycopg.Connection) -> None:
    site.push(chain.events)
    for order in ("UPDATE sync.event SET body = '{}'", "DELETE FROM sync.event"):
        with pytest.raises(psycopg.Error, match="never changed"):
            owner.execute(order)
