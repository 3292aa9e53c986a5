"""Trends of hand-overs: what each week of one held, and what the weeks of many say together. Pure.

`weeks` is what is kept, `counting` how it comes from a ledger, `figures` what leads ask of it, `cost` which missing
part went with what.
"""
