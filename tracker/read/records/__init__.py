"""What an official record says: actions of a council's matters → dated steps, by rules; which matters count and what
they are about, learnt."""
