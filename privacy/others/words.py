"""How long things are kept, in the words that stand in several declarations. Pure."""

ACCOUNT = "as long as the account; an administrator switches it off and erases it"
AS_WHAT_IT_TELLS_OF = "as long as what it belongs to"
HISTORY = "as long as the site: who changed what"
NO_NAME = "points at an account that has lost its name"
PUBLISHED = "until an editor takes it down; published with the person’s agreement"
