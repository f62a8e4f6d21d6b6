"""Checks of one report against the rules."""
