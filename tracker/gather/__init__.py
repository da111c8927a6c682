"""From the network to an Article."""
