"""Makes the large synthetic corpus: invented reports, damaged by named operators, in any format."""
