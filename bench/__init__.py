"""Measures what the manual promises; each script prints its figures with the machine they were taken on."""
