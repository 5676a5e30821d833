"""The loader of policy.yml and its includes, with the line of each value."""
