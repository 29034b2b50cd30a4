"""Goods that are received: a line above a list in pages."""

from __future__ import annotations

from ui.screens.list_screen import ListScreen
from ui.view_models.receipts import ReceiptsModel


class ReceiptsScreen(ListScreen):
    """Shows a ReceiptsModel, as large as the work list; emits `goods_<number>`, `receipt_<number>` and the paging buttons."""

    def show_model(self, model: ReceiptsModel) -> None:
        self.show_list(model.summary, model.rows)
