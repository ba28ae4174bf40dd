"""The daily note's text: where it is, how it begins, and its due block. Pure."""
