"""From a Document to what it says."""
