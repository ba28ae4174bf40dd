"""`vault`: keep in touch, in plain text."""

__version__ = "0.1.0"
