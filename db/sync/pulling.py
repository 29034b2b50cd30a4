"""The state of the site comes down: documents, leases and stock, by pieces like an import, the cursor with the last one.

A full answer (the cursor was 0) names everything but what some transaction at the site hides at that moment. So what it does not
name is taken away only when a later feed is as of after it (`memory.Sweep`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from db.imports import PIECE_ROWS
from db.sync import blocks, book, claims, documents, many_items, memory
from db.sync.documents import Reading
from db.sync.gone import order_gone
from db.sync.local import Local
from db.sync.pictures import put_picture
from db.sync.values import Cursor, Document, DocumentKind, Feed, Lease, LeaseState, Position, TrayCustody

Step = Callable[[Connection], None]
Piece = Callable[[Connection], tuple[None, ...]]

NEW_ITEMS = 100
STOCK_ROWS = 250  # of a piece: they go in many at once, in the time that is allowed for PIECE_ROWS others

_ORDER = (DocumentKind.BLOCK, DocumentKind.ITEM, DocumentKind.PICTURE, DocumentKind.TRAY, DocumentKind.PERSON, DocumentKind.ORDER)


@dataclass(slots=True)
class Pull:
    """One answer on its way in."""

    local: Local
    feed: Feed
    now: datetime
    reading: Reading
    generation: int = 0
    waits: bool = False  # something was changed here meanwhile: the cursor stays, and what was passed over comes again


def covers(included: Sequence[Position], acked: Mapping[str, Position]) -> bool:
    """Whether the stock rows contain all own events that the site had acknowledged before: else stock would jump back."""
    has = {each.epoch: each.seq for each in included}
    return all(each.seq <= has.get(epoch, 0) for epoch, each in acked.items())


def begins_anew(connection: Connection) -> bool:
    """Whether the next answer is a full one: the first of all, once more where the last one could not be taken whole, or because
    something here is not what the site has."""
    return bool(memory.refetch(connection)) or not memory.cursor(connection).watermark


def begin_anew(connection: Connection, *, is_new_epoch: bool) -> None:
    """All is read anew from now on: the cursor begins again."""
    running = memory.sweep(connection)
    memory.put_sweep(
        connection,
        memory.Sweep(
            number=memory.fetch_number(connection) + 1,
            generation=book.next_generation(connection),
            is_new_epoch=is_new_epoch or (running is not None and running.is_new_epoch),
        ),
    )
    claims.begin_anew(connection)
    memory.put_cursor(connection, Cursor())
    memory.put(connection, "refetch", None)


def take(local: Local, feed: Feed, *, now: datetime, was: Cursor, stock_counts: bool) -> bool:
    """Put an answer into the store. False: not all of it could be taken, and the cursor stays where it was."""
    sweep, number = local.read(lambda connection: (memory.sweep(connection), memory.fetch_number(connection)))
    reading = Reading(number, sweep is not None, sweep is not None and sweep.is_new_epoch)
    pull = Pull(local, feed, now, reading)
    steps = [_lease_step(pull, each) for each in feed.leases]
    items = [each for each in feed.documents if each.kind is DocumentKind.ITEM]
    others = sorted(
        (each for each in feed.documents if each.kind is not DocumentKind.ITEM), key=lambda each: _ORDER.index(each.kind)
    )
    urgent = [each for each in others if each.kind is DocumentKind.BLOCK]
    pieces = [*_pieces([_document_step(pull, each) for each in urgent]), *_pieces(steps), *_item_pieces(pull, items)]
    pieces += _pieces([_document_step(pull, each) for each in others if each not in urgent])
    pieces += _pieces([_custody_step(pull, each) for each in feed.custody])
    pieces += _stock_pieces(pull) if stock_counts else []
    if pieces or not was.watermark:  # nothing came: the old cursor does as well
        local.write_pieces([*pieces, _piece([lambda connection: _end(connection, pull, was, stock_counts)])])
    is_taken = stock_counts and not pull.waits
    if is_taken:
        _close(pull, sweep)
    return is_taken


def _close(pull: Pull, sweep: memory.Sweep | None) -> None:
    """What the feed had to be as of a moment for. Under a transaction that hides rows their own events count on from before. A
    site that cannot tell how old its feed is hides nothing that it knows of."""
    as_of = pull.feed.data_as_of
    generation, since = pull.local.read(memory.completing)
    if since is not None and (as_of is None or as_of >= since):
        pull.local.write(lambda connection: _complete(connection, generation))
    if sweep is not None and sweep.since is not None and (as_of is None or as_of >= sweep.since):
        _sweep(pull, sweep)


def _complete(connection: Connection, generation: int) -> None:
    book.complete(connection, generation)
    newest, _ = book.newest(connection)
    memory.put_completing(connection, newest if newest > generation else 0, None)


def _pieces(steps: Sequence[Step]) -> list[Piece]:
    return [_piece(steps[at : at + PIECE_ROWS]) for at in range(0, len(steps), PIECE_ROWS)]


def _piece(steps: Sequence[Step]) -> Piece:
    def work(connection: Connection) -> tuple[None, ...]:
        for step in steps:
            step(connection)
        return ()

    return work


def _document_step(pull: Pull, document: Document) -> Step:
    refused = _picture(pull, document)  # a file, written now: the writer does not wait for it

    def step(connection: Connection) -> None:
        why = refused or documents.apply(connection, document, pictures=pull.local.pictures, reading=pull.reading)
        if why == documents.DIRTY:
            pull.waits = True
            return
        kept = None if document.kind in (DocumentKind.PICTURE, DocumentKind.PERSON) else document
        memory.put_exception(connection, document.kind.value, document.key, why, at=pull.now, document=kept)
        if document.kind is DocumentKind.BLOCK and not why:
            log = pull.local.log
            log.append(connection, blocks.reached(connection, document.key, log.station))

    return step


def _item_pieces(pull: Pull, items: Sequence[Document]) -> list[Piece]:
    """New ones many at once, the rest of the piece one by one."""

    def step_of(some: Sequence[Document]) -> Step:
        def step(connection: Connection) -> None:
            for each in many_items.put_new(connection, some, fetch=pull.reading.fetch):
                _document_step(pull, each)(connection)

        return step

    return [_piece([step_of(items[at : at + NEW_ITEMS])]) for at in range(0, len(items), NEW_ITEMS)]


def _picture(pull: Pull, document: Document) -> str:
    folder = pull.local.pictures
    if document.kind is not DocumentKind.PICTURE or folder is None:
        return ""
    here = pull.local.read(lambda connection: documents.known(connection, document.kind, document.key))
    if here is not None and (here.is_dirty or (here.version >= document.version and not pull.reading.is_anew)):
        return ""
    return put_picture(folder, document.key, document.body)


def _lease_step(pull: Pull, lease: Lease) -> Step:
    def step(connection: Connection) -> None:
        claims.put_lease(connection, lease, is_anew=pull.reading.is_anew)
        if lease.state is LeaseState.ENDED:
            _order_leaves(connection, pull, lease.order)

    return step


def _custody_step(pull: Pull, custody: TrayCustody) -> Step:
    def step(connection: Connection) -> None:
        claims.put_custody(connection, custody, is_anew=pull.reading.is_anew)
        book.remember_visit(connection, custody.machine, custody.tray, custody.visit)

    return step


def _order_leaves(connection: Connection, pull: Pull, order: str) -> None:
    here = documents.known(connection, DocumentKind.ORDER, order)
    if here is not None and here.is_dirty:
        return  # the site has yet to see what was changed: it says then whose the order is
    why = order_gone(connection, order)
    memory.put_exception(connection, "order", order, why, at=pull.now)


def _stock_pieces(pull: Pull) -> list[Piece]:
    feed = pull.feed
    now = {each.epoch: each.seq for each in feed.included}
    if not feed.stock and now == pull.local.read(book.newest)[1]:
        return []

    def begin(connection: Connection) -> None:
        pull.generation = book.begin_generation(connection, now)
        if memory.completing(connection)[1] is None:
            memory.put_completing(connection, pull.generation, None)

    def rows_step(at: int) -> Step:
        rows = feed.stock[at : at + STOCK_ROWS]
        return lambda connection: book.put_rows(connection, rows, pull.generation, is_anew=pull.reading.is_anew)

    return [_piece([begin]), *(_piece([rows_step(at)]) for at in range(0, len(feed.stock), STOCK_ROWS))]


def _end(connection: Connection, pull: Pull, was: Cursor, stock_counts: bool) -> None:
    if pull.waits or not stock_counts or pull.feed.cursor == was:
        return
    memory.put_cursor(connection, pull.feed.cursor)


def asks_when(connection: Connection) -> bool:
    """Whether something waits for a moment of the site's clock."""
    running, (generation, since) = memory.sweep(connection), memory.completing(connection)
    return (running is not None and running.since is None) or (generation > 0 and since is None)


def end_known(connection: Connection, site_now: datetime) -> None:
    """The site's clock, asked after an answer: a feed as of then has shown all that was in the site at that answer."""
    generation, since = memory.completing(connection)
    if generation and since is None:
        memory.put_completing(connection, generation, site_now)
    running = memory.sweep(connection)
    if running is not None and running.since is None and memory.cursor(connection).watermark:
        memory.put_sweep(connection, replace(running, since=site_now))


def _sweep(pull: Pull, sweep: memory.Sweep) -> None:
    """What the site has not named since it was all read anew, it has not."""

    def step_of(document: Document) -> Step:
        def step(connection: Connection) -> None:
            pictures = pull.local.pictures
            why = documents.lost(connection, document, is_new_epoch=sweep.is_new_epoch, pictures=pictures)
            memory.put_exception(connection, document.kind.value, document.key, why, at=pull.now)

        return step

    def end_leases(connection: Connection) -> None:
        for order in claims.end_not_named(connection):
            if not sweep.is_new_epoch:
                _order_leaves(connection, pull, order)
        # else it goes up again, and the site says whose it is

    unseen = pull.local.read(lambda connection: documents.unseen(connection, sweep.number))
    pull.local.write_pieces(
        [
            *_pieces([step_of(each) for each in unseen]),
            _piece(
                [
                    end_leases,
                    lambda connection: book.zero_unseen(connection, sweep.generation),
                    lambda connection: memory.put_sweep(connection, None),
                ]
            ),
        ]
    )


def retry(local: Local, now: datetime) -> None:
    """Try again what was kept out: the stock that stood in the way may be gone, the order done."""
    for document in local.read(memory.kept_documents):

        def work(connection: Connection, document: Document = document) -> None:
            if not documents.again(connection, document, pictures=local.pictures):
                memory.put_exception(connection, document.kind.value, document.key, "", at=now)

        local.write(work)
