"""Which numbers name a procedure for good."""

STANDING = frozenset(
    {"sop", "general order", "standing order", "special order", "policy", "directive", "chapter", "section", "code"}
)
"""An ordinance, a bill or an order has a new number each time it amends one."""
