from house.ground.cards.card import Card, png_of

__all__ = ["Card", "png_of"]
