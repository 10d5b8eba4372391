"""What was asked, how the question is made, and what comes in answer to it."""
