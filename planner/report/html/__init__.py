"""The answer as one HTML page that needs nothing else, and as a part of a notebook's page."""
