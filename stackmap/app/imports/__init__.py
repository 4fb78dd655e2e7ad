"""Files that people bring: exports, staff lists, tables of their own."""
