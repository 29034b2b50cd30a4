"""Printing by rule: what is asked for, the queue of each printer, and what a label says when it is its turn."""
