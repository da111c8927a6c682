"""Articles: stored, read by one run each, with the pages they were taken from and their copies."""
