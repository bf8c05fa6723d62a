"""Southwark's self-assessment at each stage, and browsers of the people who open its pages."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accreditation.models import SelfAssessment
from partnerships.tenancy.context import acting
from tests import assessing
from tests.conftest import confirm
from tests.world import World

CODE = "performance-managed"


@pytest.fixture
def certain(world: World, sign_in: Any) -> Callable[[str], Client]:
    """A browser in which somebody is signed in and has just given their password."""
    return lambda name: confirm(sign_in(name), world.people[name])


@pytest.fixture
def officer(sign_in: Any) -> Client:
    return sign_in("officer")


@pytest.fixture
def now(world: World) -> Callable[[SelfAssessment], SelfAssessment]:
    """A self-assessment as it is in the database."""

    def read(assessment: SelfAssessment) -> SelfAssessment:
        with acting(assessment.partnership_id):
            return assessing.fresh(assessment)

    return read


def page(assessment: SelfAssessment, name: str = "assessment", *more: Any) -> str:
    """The address of a page of a self-assessment."""
    return reverse(f"accreditation:{name}", args=[assessment.partnership.slug, assessment.pk, *more])


def case_page(assessment: SelfAssessment, name: str, *more: Any) -> str:
    """The address of a page of its last case."""
    with acting(assessment.partnership_id):
        case = assessing.queries.case_of(assessment)
    return reverse(f"accreditation:{name}", args=[assessment.partnership.slug, case.pk, *more])


def tenants(assessment: SelfAssessment) -> Any:
    """The partnership, open in nobody's name."""
    return acting(assessment.partnership_id)
