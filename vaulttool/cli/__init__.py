"""The commands: the only code that reads the clock and the environment, and prints."""
