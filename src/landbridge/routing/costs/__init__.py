"""routing/costs."""
