"""The sample site at work: its simulated machine, the scripted operator, and the figures of his tour."""
