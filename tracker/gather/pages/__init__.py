"""The page of an article: bytes → text and facts."""
