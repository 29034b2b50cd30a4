"""The operator's card: one sheet for the wall beside the bay."""
