"""The command line: `ghapp serve`, `ghapp check` and what an operator needs beside them."""

from ghapp.cli.main import app, main

__all__ = ["app", "main"]
