"""What the program does: daemon, commands, settings, web."""
