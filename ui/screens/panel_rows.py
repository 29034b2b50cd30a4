"""How many rows each list has on a panel of this size."""

from __future__ import annotations

from ui.screens.devices_screen import rows_of_devices, rows_of_frames
from ui.screens.history_screen import map_places, rows_of_history
from ui.screens.list_screen import rows_of_list
from ui.screens.replay_screen import rows_of_replay
from ui.screens.sync_screen import rows_of_site
from ui.screens.tray_screen import rows_of_tray
from ui.screens.wear_screen import rows_of_wear
from ui.view_models.frame import Rows
from ui.widgets.look import Look


def rows_of_panel(look: Look) -> Rows:
    """The rows of a page of each list."""
    columns, lines = map_places(look)
    return Rows(
        work=rows_of_list(look),
        tray=rows_of_tray(look),
        devices=rows_of_devices(look),
        frames=rows_of_frames(look),
        wear=rows_of_wear(look),
        replay=rows_of_replay(look),
        site=rows_of_site(look),
        history=rows_of_history(look),
        on_map=columns * lines,
    )
