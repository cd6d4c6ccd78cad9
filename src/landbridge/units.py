"""Units and their conversions; every other module names the unit in its column or variable names."""

from __future__ import annotations

KM_PER_NMI = 1.852
H_PER_DAY = 24.0


def nmi_to_km(nmi: float) -> float:
    """Nautical miles to kilometres.

    Examples
    --------
    >>> round(nmi_to_km(100.0), 3)
    185.2
    """
    return nmi * KM_PER_NMI


def km_to_nmi(km: float) -> float:
    """Kilometres to nautical miles.

    Examples
    --------
    >>> round(km_to_nmi(185.2), 3)
    100.0
    """
    return km / KM_PER_NMI
