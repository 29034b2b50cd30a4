"""The sample site's parts: a made-up assembly shop's items with drawings, its tray layout, stock, orders and people."""
