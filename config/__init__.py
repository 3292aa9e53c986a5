"""The policy: what a repository asks of its issues and pull requests."""
