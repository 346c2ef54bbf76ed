"""The organisers' side: training in the admin."""
