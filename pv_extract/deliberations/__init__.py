"""What is decided: the ballots of an item, votes, elections, sums of money."""
