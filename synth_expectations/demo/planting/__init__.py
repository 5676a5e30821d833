"""What is planted, a file for each family: violations, and hard negatives that look like them."""
