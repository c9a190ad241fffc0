"""What is told of an answer, as sentences and values: the forms lay it out, and add nothing to it."""
