"""The people of the site at the screen: who may what, changed and reviewed; who was not let in; what waits for an approval."""
