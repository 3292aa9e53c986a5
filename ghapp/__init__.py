"""The server: carries messages between GitHub, the checks and the store."""

__version__ = "0.1.0"
