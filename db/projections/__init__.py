"""Projections: the now_* tables as a function of the events and the site_* tables.

Every kind of record has at most one handler here. A handler writes to now_* only, and only from the event it is given: no clock,
no randomness, nothing of the process. So the same log gives the same bytes (`db.projections.rebuild`).
"""
