"""What every connection and request goes through: limits, who asks, whose turn it is, headers."""
