"""What the window shows, as frozen values: a face and what belongs to it in a file, the whole in `view.py`."""
