from house.showcase.models.people import Contact, Face
from house.showcase.models.quotation import Quotation, Side
from house.showcase.models.showcase import Edition, Picture, Showcase, State

__all__ = ["Contact", "Edition", "Face", "Picture", "Quotation", "Showcase", "Side", "State"]
