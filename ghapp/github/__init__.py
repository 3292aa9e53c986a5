"""GitHub: what its deliveries name, what it knows of a subject, what we write there. Nothing else goes out."""
