"""The network, politely and guarded: nothing else in `gather` knows how an answer comes."""
