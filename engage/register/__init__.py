"""Cells → typed rows and findings: headings, dates in people's words, people and bodies in one cell."""
