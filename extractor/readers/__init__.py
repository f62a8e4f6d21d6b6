"""One reader per format, each bytes to a Document."""
