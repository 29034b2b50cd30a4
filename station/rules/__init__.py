"""What binds the planner and the person, each rule a pure function: which lot leaves first, what lies where, who may what."""
