"""The desk: what staff see first in the admin, each only what their account may open."""
