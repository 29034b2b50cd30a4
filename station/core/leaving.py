"""A page is left: by its own button, for the work, or because somebody else has signed on. One way for all of them. And the
machine panel is found where it lies: what was asked on it is answered to it also under another page. Pure."""

from __future__ import annotations

from dataclasses import replace

from station import custody as custodies
from station.core.state import DevicesPage, HeldPage, OrdersPage, StationState, TrayPage


def left(state: StationState) -> StationState:
    """The same without its page. When the panel, also one under another page, was used to move a tray by hand, the machine itself
    must name the tray before the work in hand goes on."""
    panel = panel_of(state)
    must_name = panel is not None and panel.has_moved and state.round is not None
    custody = custodies.unproven(state.custody) if must_name else state.custody
    return replace(state, page=None, custody=custody)


def panel_of(state: StationState) -> DevicesPage | None:
    """The machine panel that is open, perhaps under another page."""
    match state.page:
        case None | TrayPage() | HeldPage() | OrdersPage():
            return None
        case DevicesPage() as panel:
            return panel
        case page:
            return page.behind if isinstance(page.behind, DevicesPage) else None


def with_panel(state: StationState, panel: DevicesPage) -> StationState:
    """The same with the open machine panel as it is now, where it lies: in front, or under the page that covers it."""
    match state.page:
        case None | TrayPage() | HeldPage() | OrdersPage():
            return state
        case DevicesPage():
            return replace(state, page=panel)
        case page:
            return replace(state, page=replace(page, behind=panel)) if isinstance(page.behind, DevicesPage) else state
