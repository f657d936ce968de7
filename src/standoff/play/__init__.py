"""The state of play."""
