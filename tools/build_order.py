"""Write the order of the packaged network for the contraction hierarchy; run it after tools/build_network.py."""

from __future__ import annotations

from landbridge.network import load
from landbridge.routing import _cch
from landbridge.routing.plan import topology


def main() -> None:
    network = load()
    written = _cch.store(topology(network))
    for old in written.parent.glob("order-*.zip"):
        if old != written:
            old.unlink()
    print(f"{written.name}: {written.stat().st_size / 1e6:.2f} MB for {network!r}")


if __name__ == "__main__":
    main()
