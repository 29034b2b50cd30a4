"""Just-in-time: pure functions over values, without clock, store or screen. Standard library only.

docs/jit.md says what a planner does with the answers. The source of each formula stands at its function, and what it is held to
in tests/unit/station/jit/formula_table.py."""
