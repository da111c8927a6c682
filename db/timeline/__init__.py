"""Entries with their evidence: loaded, folded anew, written; many at once for exports."""
