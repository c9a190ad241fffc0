"""The command line. Only click is imported at start; everything heavy when a command needs it."""
