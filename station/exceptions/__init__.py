"""What went otherwise than asked: each case with its cause, age, value and person, and what was lost where and in whose reach."""
