"""The public side: registering, lists, private pages."""
