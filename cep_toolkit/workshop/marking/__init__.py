"""Marking what participants hand in, without running any of it."""
