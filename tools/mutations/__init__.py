"""The mutation matrix: the demo's planted violations, and what becomes of each when something around it is spoiled."""
