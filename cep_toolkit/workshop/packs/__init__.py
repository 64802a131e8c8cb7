"""Packs: what each participant or team of a cohort gets, and beside it what the instructor needs."""
