"""The composition root: the only place of the program that names concrete drivers, the simulator and the engine. No Qt here.

What is heavy is imported inside the function that needs it, so that a command pays for its own parts only.
"""
