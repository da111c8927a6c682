"""The second opinion: what a language model chose among an article's mentions. Pure; the network is jobs' matter."""
