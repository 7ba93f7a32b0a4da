"""The landscapes by name; each is a function that lays out the ground of one kind of place."""

from __future__ import annotations

from collections.abc import Callable

from trainer.synthetic.airfield import airfield
from trainer.synthetic.landscape import Landscape
from trainer.synthetic.rural import desert, farmland, park
from trainer.synthetic.urban import industry, town
from trainer.synthetic.waterside import coast, harbour, river, sea

THEMES: dict[str, Callable[[Landscape], None]] = {
    "airfield": airfield,
    "farmland": farmland,
    "desert": desert,
    "park": park,
    "industry": industry,
    "town": town,
    "harbour": harbour,
    "coast": coast,
    "sea": sea,
    "river": river,
}
