"""What people decide and ask for: acts, the queue of review, remarks, erasure, withholding."""
