"""How a policy stands on a day."""
