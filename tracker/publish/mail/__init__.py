"""The mails: what goes into each, its words and bytes, who gets it and when, and what came back. Pure."""
