"""The page of a queue of 354 open cases, against the same with a hundred closed cases for each, then with 35,400 open.

`python -m lsp.embedded run -- python -m bench.queue`
"""

from bench.cases import enter_cases
from bench.ground import median_of, prepare

FEW, MANY = 354, 35_400
TIMES = 50
Medians = dict[str, tuple[float, int]]  # page → seconds, statements
PAGES = {
    "queue": "/office/london/queue/",
    "queue, nobody has taken": "/office/london/queue/?who=nobody",
    "workload": "/office/london/workload/",
}


def main() -> None:
    """One line a page: both times and their ratio."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from accounts.models import Person
    from partnerships.models import Partnership

    browser = Client(headers={"host": "127.0.0.1"})
    reviewer = Person.objects.get(email="reviewer.london@example.org")
    browser.force_login(reviewer, backend="allauth.account.auth_backends.AuthenticationBackend")
    slugs = list(Partnership.objects.filter(region__slug="london").values_list("slug", flat=True))

    def medians() -> Medians:
        found = {}
        for name, address in PAGES.items():

            def page(address: str = address) -> None:
                assert browser.get(address).status_code == 200

            page()
            with CaptureQueriesContext(connection) as captured:
                page()
            statements = len(captured)  # the next request begins a new list
            found[name] = median_of(page, times=TIMES), statements
        return found

    enter_cases(FEW, every=1, slugs=slugs)
    few = medians()
    enter_cases(MANY - FEW, every=MANY, slugs=slugs)  # all closed
    told(f"{MANY} cases, {FEW} open", few, medians())
    enter_cases(MANY - FEW, every=1, slugs=slugs)  # all open
    told(f"{MANY} open", few, medians())


def told(many: str, few: Medians, found: Medians) -> None:
    """A line a page."""
    for name in PAGES:
        (one, statements), (other, others) = few[name], found[name]
        numbers = f"{1000 * other:.1f} ms ({others} statements), {FEW} cases {1000 * one:.1f} ms ({statements})"
        print(f"{name}, {many}: {numbers}, ratio {other / one:.2f}", flush=True)


if __name__ == "__main__":
    prepare()
    main()
