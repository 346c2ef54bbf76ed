"""Money: always Decimal with its currency; what an organisation pays. Pure."""

from decimal import Decimal

SYMBOLS = {"GBP": "£", "EUR": "€"}
NOTHING = Decimal("0.00")


def money_words(amount: Decimal, currency: str = "GBP") -> str:
    """£500, £12.50, and Nothing for zero."""
    if not amount:
        return "Nothing"
    places = 0 if amount == amount.to_integral_value() else 2
    symbol = SYMBOLS.get(currency, f"{currency} ")
    return f"{symbol}{amount:,.{places}f}"


def amount_due(*, amount: Decimal, member_waiver: bool, is_member: bool) -> Decimal:
    """The price is for the organisation; members pay nothing where the rule says so."""
    return NOTHING if member_waiver and is_member else amount
