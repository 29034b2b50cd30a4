"""The planner: which orders share the put places, which tray comes next, and why. Pure: values in, values out, no clock, no
I/O."""
