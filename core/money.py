"""Pounds and pence, and other figures, as they are printed. Amounts are `Decimal` pounds; floats are refused."""

from decimal import ROUND_HALF_UP, Decimal

MINUS = "\N{MINUS SIGN}"  # a hyphen is shorter than a digit, breaks at line ends and is read as “dash”
PENNY = Decimal("0.01")
MILLION = Decimal(1_000_000)


def _exact(amount: Decimal | int) -> Decimal:
    if not isinstance(amount, Decimal | int) or isinstance(amount, bool):
        raise TypeError(f"an amount is a Decimal or an int, not {type(amount).__name__}")
    exact = Decimal(amount)
    if not exact.is_finite():
        raise ValueError("an amount is a finite number")
    return exact


def _signed(amount: Decimal, text: str) -> str:
    return f"{MINUS}{text}" if amount < 0 else text


def pounds(amount: Decimal | int) -> str:
    """“£371,788.00”, “−£55,000.00”. Fractions of a penny are rounded half up, away from zero."""
    exact = _exact(amount).quantize(PENNY, ROUND_HALF_UP)
    return _signed(exact, f"£{abs(exact):,.2f}")


def millions(amount: Decimal | int) -> str:
    """“£10.73m”, for a stat strip above the exact table and nowhere else."""
    exact = (_exact(amount) / MILLION).quantize(PENNY, ROUND_HALF_UP)
    return _signed(exact, f"£{abs(exact):,.2f}m")


def figure(value: Decimal | int) -> str:
    """“1,234”, “62.6”, “−3.5”: thousands separated, decimals as given, a real minus sign."""
    exact = _exact(value)
    return _signed(exact, f"{abs(exact):,f}")
