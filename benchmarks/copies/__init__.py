"""How many copies of real records `expect_synthetic_records_to_keep_their_distance` finds, and how often it is wrong."""
