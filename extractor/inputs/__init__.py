"""Files, folders and zip archives as a list of documents to read."""
