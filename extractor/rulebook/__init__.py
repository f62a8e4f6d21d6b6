"""Typed rules, loaded from data files."""
