from house.atlas.mobility.forms.correction import CorrectionForm, DecisionForm
from house.atlas.mobility.forms.match import MatchForm

__all__ = ["CorrectionForm", "DecisionForm", "MatchForm"]
