"""`python -m stackmap`."""

from stackmap.cli import main

main()
