"""The demo on Google Sheets: the same world and week, against the server that answers as Google does."""
