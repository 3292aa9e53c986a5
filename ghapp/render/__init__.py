"""All words shown to people: verdict in, text out, no I/O."""
