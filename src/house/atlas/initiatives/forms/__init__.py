"""What people type about initiatives."""

from house.atlas.initiatives.forms.curating import AnswerForm, DecisionForm, EditForm
from house.atlas.initiatives.forms.importing import LayerForm, MappingForm
from house.atlas.initiatives.forms.suggesting import SuggestionForm

__all__ = ["AnswerForm", "DecisionForm", "EditForm", "LayerForm", "MappingForm", "SuggestionForm"]
