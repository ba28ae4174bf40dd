"""Text to values and back. Pure: nothing here opens a file or reads a clock."""
