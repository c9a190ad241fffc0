"""Answers for people and for programs: `text.text` and `json.json_text`, one module per format."""
