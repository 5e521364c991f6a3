"""Text reuse: which articles carry the same words, found by shingles and confirmed word for word."""
