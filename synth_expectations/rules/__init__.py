"""What an expectation may say: expressions, rules and checks. Nothing here knows an engine."""
