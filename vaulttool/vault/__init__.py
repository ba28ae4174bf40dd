"""The folder: the only code that touches files, git, and the vault's settings."""
