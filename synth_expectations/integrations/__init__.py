"""Where runs are started from, other than the command line. Nothing here is imported unless it is asked for."""
