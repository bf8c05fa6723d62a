"""Merging two entries of the directory: which rows name them, what becomes of each, and what one sees before."""

from partnerships.queries.merging.preview import Line, Preview, preview
from partnerships.queries.merging.relations import Relation, relations
from partnerships.queries.merging.steps import Plan, Step, plan

__all__ = ["Line", "Plan", "Preview", "Relation", "Step", "plan", "preview", "relations"]
