"""The commands `audit …`: what an auditor can hold the runs to."""
