"""Not deleted too early, not kept too long."""
