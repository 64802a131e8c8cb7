"""Risk analysis: which declarations deserve a question, and what the answer would be worth."""
