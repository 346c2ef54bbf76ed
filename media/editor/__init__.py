"""Correcting the words of a talk in the admin: line by line beside the player, and everywhere."""
