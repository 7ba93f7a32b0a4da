"""Distances on an ellipsoid by Vincenty's inverse formula (Survey Review 176, 1975), as a yardstick."""

from __future__ import annotations

import math

WGS84 = (6_378_137.0, 1 / 298.257223563)


def geodesic(
    start: tuple[float, float], end: tuple[float, float], ellipsoid: tuple[float, float] = WGS84
) -> tuple[float, float]:
    """Metres and azimuth (radians) from one longitude and latitude in degrees to another close by."""
    radius, flattening = ellipsoid
    polar = radius * (1 - flattening)
    u1 = math.atan((1 - flattening) * math.tan(math.radians(start[1])))
    u2 = math.atan((1 - flattening) * math.tan(math.radians(end[1])))
    across = math.radians((end[0] - start[0] + 180) % 360 - 180)
    turn = across
    for _ in range(200):
        east = math.cos(u2) * math.sin(turn)
        north = math.cos(u1) * math.sin(u2) - math.sin(u1) * math.cos(u2) * math.cos(turn)
        sin_s = math.hypot(east, north)
        if sin_s == 0:
            return 0.0, 0.0
        cos_s = math.sin(u1) * math.sin(u2) + math.cos(u1) * math.cos(u2) * math.cos(turn)
        sigma = math.atan2(sin_s, cos_s)
        sin_a = math.cos(u1) * math.cos(u2) * math.sin(turn) / sin_s
        cos2_a = 1 - sin_a**2
        middle = cos_s - 2 * math.sin(u1) * math.sin(u2) / cos2_a if cos2_a > 1e-12 else 0.0
        c = flattening / 16 * cos2_a * (4 + flattening * (4 - 3 * cos2_a))
        before, turn = (
            turn,
            across
            + (1 - c) * flattening * sin_a * (sigma + c * sin_s * (middle + c * cos_s * (2 * middle**2 - 1))),
        )
        if abs(turn - before) < 1e-14:
            break
    u = cos2_a * (radius**2 - polar**2) / polar**2
    a = 1 + u / 16384 * (4096 + u * (-768 + u * (320 - 175 * u)))
    b = u / 1024 * (256 + u * (-128 + u * (74 - 47 * u)))
    less = b * sin_s * (middle + b / 4 * cos_s * (2 * middle**2 - 1))
    return polar * a * (sigma - less), math.atan2(east, north)
