"""One file for each change; what was released is never edited."""
