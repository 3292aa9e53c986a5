"""One file for each thing that is asked of an issue or a pull request."""
