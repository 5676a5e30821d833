"""The contenders. Each one is a script that runs the twenty checks in its own process and environment."""
