"""Pictures for links, kept as files that several processes share."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from house.ground.cards import Card, png_of


def test_several_may_ask_for_the_same_new_card_at_once(house_data):
    """As the programs do that look at a link when it is shared."""
    for number in range(5):
        together, card = Barrier(6), Card(f"A shed for everybody, {number}")

        def ask(card, together=together):
            together.wait()
            return png_of(card)

        with ThreadPoolExecutor(6) as pool:
            assert {made[:4] for made in pool.map(ask, 6 * [card])} == {b"\x89PNG"}
    assert {file.suffix for file in (house_data / "cards").iterdir()} == {".png"}
