"""The work list: rows to choose, pages to turn. Start is in the action row."""

from __future__ import annotations

from ui.screens.list_screen import ListScreen
from ui.view_models.work import WorkModel


class WorkScreen(ListScreen):
    """Shows a WorkModel; emits `order_<id>` and the paging buttons."""

    def show_model(self, model: WorkModel) -> None:
        self.show_list(model.summary, model.orders)
