"""The demonstration: real areas and figures, invented people, seats and plans, loaded by the actions people use."""
