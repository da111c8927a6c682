"""What people decide, take back, are asked, and are told."""
