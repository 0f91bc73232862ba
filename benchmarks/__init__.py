"""What is measured, not tested: make bench."""
