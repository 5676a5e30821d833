"""Decides where each check is counted, so that all checks of a batch cost as little as possible."""
