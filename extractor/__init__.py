"""Nianbao: disclosure annual reports into flagged datasets."""
