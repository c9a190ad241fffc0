"""What kinds of rules offer as easings: how far wishes, papers and applications can be moved, step by step."""
