"""The backlog as a whole: each open issue judged, and what leads ask of all of them together. Pure.

`items` is what is read of one subject, `rows` what is kept of its verdict, `scans` how rows are gathered page by page,
`figures` what they say together.
"""
