"""One shipment: what it costs on each arc, the search, the alternatives, the itineraries and their reasons."""

from landbridge.routing.answer import Itinerary, Leg, NoRoute, RouteAnswer
from landbridge.routing.answering import answer_route, route
from landbridge.routing.batch import RouteRow, RoutesAnswer, RoutesQuestion, answer_routes, read_rows
from landbridge.routing.matrices import MatrixAnswer, MatrixQuestion, answer_matrix, matrix
from landbridge.routing.question import RouteQuestion
from landbridge.routing.shipment import Shipment

__all__ = [
    "Itinerary",
    "Leg",
    "MatrixAnswer",
    "MatrixQuestion",
    "NoRoute",
    "RouteAnswer",
    "RouteQuestion",
    "RouteRow",
    "RoutesAnswer",
    "RoutesQuestion",
    "Shipment",
    "answer_matrix",
    "answer_route",
    "answer_routes",
    "matrix",
    "read_rows",
    "route",
]
