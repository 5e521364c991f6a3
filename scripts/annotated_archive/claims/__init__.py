"""Claims grouped and compared. Nothing here computes a best, summed or average figure."""
