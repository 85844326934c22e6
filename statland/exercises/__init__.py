"""What is right in the exercises, and the mistakes that are known: a file for each notebook, by key."""
