"""What the tracker knows: gather, read, timeline, publish. No clock, no scheduler, no database engine."""
