"""Parts of the maker of the shipped sample corpus (``corpus/sample.py``)."""
