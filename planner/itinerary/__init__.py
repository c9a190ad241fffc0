"""A finished itinerary: the choices it is made of, and what follows from them (crossings, stays, touches)."""
