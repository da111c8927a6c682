"""The digest: subscribers, the ledger of what they were told, what may be news."""
