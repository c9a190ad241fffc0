"""Asking the law without planning a trip: one crossing (`admit`), and counts of days (`stays`)."""
