"""Partnership support: its front page, schemes, case studies and their outcomes."""

from partnerships.models.case_study import CaseStudyPage
from partnerships.models.case_study_index import CaseStudyIndexPage
from partnerships.models.index import PartnershipIndexPage
from partnerships.models.outcomes import Outcome
from partnerships.models.schemes import SchemeActivity, SchemePage

__all__ = [
    "CaseStudyIndexPage",
    "CaseStudyPage",
    "Outcome",
    "PartnershipIndexPage",
    "SchemeActivity",
    "SchemePage",
]
