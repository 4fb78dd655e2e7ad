"""What if: sentences about what would be otherwise, and days to come."""
