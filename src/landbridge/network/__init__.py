"""What is joined to what: one graph of all modes with its borders, gauges and terminals; loading and overlays."""

from landbridge.network.model import KINDS, MODES, Network, Terminal, same_gauge
from landbridge.network.near import nearest, station_node, terminals_near
from landbridge.network.overlay import Overlay, overlay
from landbridge.network.pieces import pieces
from landbridge.network.shapes import arc_points, path_points
from landbridge.network.store import SHIPPED, load, save

__all__ = [
    "KINDS",
    "MODES",
    "SHIPPED",
    "Network",
    "Overlay",
    "Terminal",
    "arc_points",
    "load",
    "nearest",
    "overlay",
    "path_points",
    "pieces",
    "same_gauge",
    "save",
    "station_node",
    "terminals_near",
]
