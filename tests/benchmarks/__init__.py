"""Time and memory of the commands and the store, held against the targets: `make bench`."""
