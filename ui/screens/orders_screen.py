"""The page of an order: a line above its lines in pages, or the orders to choose from."""

from __future__ import annotations

from ui.screens.list_screen import ListScreen
from ui.view_models.orders import OrdersModel


class OrdersScreen(ListScreen):
    """Shows an OrdersModel, as large as the work list; emits the rows and the paging buttons."""

    def show_model(self, model: OrdersModel) -> None:
        self.show_list(model.summary, model.rows)
