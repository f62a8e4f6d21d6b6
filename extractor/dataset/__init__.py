"""Rows and writers of the dataset folder."""
