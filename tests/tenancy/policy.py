"""The access policy: every route, every method, every actor. Written by hand, never derived from the code it judges."""

from dataclasses import dataclass

# Who knocks at Southwark's doors
ANONYMOUS = "anonymous"
MEMBERS = frozenset({"officer", "chair", "finance", "rep", "cvs", "group_chair", "dual", "dual_officer"})
UNPROTECTED = frozenset({"unprotected"})  # an officer whose time to set up a second factor is over
GOVERNMENT = frozenset({"reviewer", "colleague", "manager", "deputy", "national", "national_team"})
OUTSIDERS = frozenset(
    {"lapsed", "future", "hackney_officer", "leeds_officer", "other_reviewer", "stranger", "administrator"}
) | {"invited"}  # asked by Southwark to take a role, and has not answered
SIGNED_IN = MEMBERS | GOVERNMENT | OUTSIDERS | UNPROTECTED
ACTORS = SIGNED_IN | {ANONYMOUS}

INSIDE = MEMBERS | GOVERNMENT
LOG_READERS = frozenset({"officer", "chair", "finance", "manager", "deputy", "national", "national_team"})
WRITERS = frozenset({"officer", "chair"})
OF_CONTACTS = frozenset({"officer"})  # who looks after neighbourhoods and points of contact
MANAGERS = frozenset({"officer"})
CLOSERS = frozenset({"manager", "deputy"})
NATIONAL = frozenset({"national", "national_team"})
NATIONAL_TEAM = frozenset({"national_team"})

REVIEWERS = frozenset({"reviewer", "colleague", "manager", "deputy"})
COUNTERSIGNERS = frozenset({"manager", "deputy"})
THE_REVIEWER = frozenset({"reviewer"})  # who has taken the case

ASSESSORS = frozenset({"officer"})  # who writes the self-assessment
PARTNERS = MEMBERS - {"officer", "finance"}  # who score and sign off
CHAIR = frozenset({"chair"})

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
READ = frozenset({"GET"})
FORM = frozenset({"GET", "POST"})
DEED = frozenset({"POST"})


@dataclass(frozen=True)
class Rule:
    """Who may use a route, by which methods. `inside` routes answer 404 to those who have no business there.

    Routes over several partnerships answer everybody else alike: `others` is the status.
    """

    methods: frozenset[str]
    allowed: frozenset[str]
    inside: bool = False
    others: int = 0


def everyone(methods: frozenset[str] = READ) -> Rule:
    """A public page."""
    return Rule(methods, ACTORS)


def inside(allowed: frozenset[str], methods: frozenset[str] = READ) -> Rule:
    """A page inside the partnership."""
    return Rule(methods, allowed, inside=True)


def of_the_office(allowed: frozenset[str], methods: frozenset[str] = READ) -> Rule:
    """A page over the partnerships of London, which does not exist for anybody else."""
    return Rule(methods, allowed, others=404)


def of_the_country(allowed: frozenset[str], methods: frozenset[str] = READ) -> Rule:
    """A page over all partnerships."""
    return Rule(methods, allowed, others=403)


POLICY: dict[str, Rule] = {
    # the public
    "home": everyone(),
    "healthz": everyone(),
    "accessibility": everyone(),
    "privacy": everyone(),
    "cookies": everyone(),
    "help": everyone(),
    "regions": everyone(),
    "partnerships:directory": everyone(),
    "partnerships:public": everyone(),
    "partnerships:seats": everyone(),
    "partnerships:contact": everyone(),
    "partnerships:public_neighbourhoods": everyone(),
    "partnerships:public_neighbourhood": everyone(),
    "strategies:editions": everyone(),
    "strategies:edition": everyone(),
    "strategies:edition_pdf": everyone(),
    # one's own account; allauth's pages, which themselves send strangers to the sign-in
    "account_login": everyone(FORM),
    "account_logout": everyone(FORM),
    "account_inactive": everyone(),
    "account_signup": everyone(FORM),
    "account_reauthenticate": Rule(FORM, SIGNED_IN),
    "account_change_password": Rule(FORM, SIGNED_IN),
    "account_set_password": Rule(FORM, SIGNED_IN),
    "account_reset_password": everyone(FORM),
    "account_reset_password_done": everyone(),
    "account_reset_password_from_key": everyone(FORM),
    "account_reset_password_from_key_done": everyone(),
    "mfa_index": Rule(READ, SIGNED_IN),
    "mfa_authenticate": Rule(FORM, SIGNED_IN),  # strangers who have just given a password; see tests/accounts
    "mfa_reauthenticate": Rule(FORM, SIGNED_IN),
    "mfa_activate_totp": Rule(FORM, SIGNED_IN),
    "mfa_deactivate_totp": Rule(FORM, SIGNED_IN),
    "mfa_view_recovery_codes": Rule(READ, SIGNED_IN),
    "mfa_generate_recovery_codes": Rule(FORM, SIGNED_IN),
    "mfa_download_recovery_codes": Rule(READ, SIGNED_IN),
    "mfa_list_webauthn": Rule(READ, SIGNED_IN),
    "mfa_add_webauthn": Rule(FORM, SIGNED_IN),
    "mfa_login_webauthn": everyone(FORM),
    "mfa_reauthenticate_webauthn": Rule(FORM, SIGNED_IN),
    "mfa_edit_webauthn": Rule(FORM, SIGNED_IN),
    "mfa_remove_webauthn": Rule(FORM, SIGNED_IN),
    "usersessions_list": Rule(FORM, SIGNED_IN),
    "kept": Rule(FORM, SIGNED_IN),
    "session": Rule(FORM, SIGNED_IN),
    "mine": Rule(READ, SIGNED_IN),
    "my_data": Rule(READ, SIGNED_IN),
    "my_data_file": Rule(READ, SIGNED_IN),
    "my_removal": Rule(FORM, SIGNED_IN),
    "account": Rule(READ, SIGNED_IN),
    # who has a letter: for whoever is not signed in, or signed in with its address
    "invitations:answer": Rule(FORM, frozenset({ANONYMOUS, "invited"})),
    # over a region, and over the whole country
    "office_region": of_the_office(GOVERNMENT),
    "national": of_the_country(NATIONAL),
    "national_partnerships": of_the_country(NATIONAL),
    "national_rounds": of_the_country(NATIONAL),
    "national_round": of_the_country(NATIONAL),
    "national_schemes": of_the_country(NATIONAL),
    "national_new_round": of_the_country(NATIONAL_TEAM, FORM),
    "national_appeals": of_the_country(NATIONAL_TEAM),
    # inside a partnership
    "partnerships:people": inside(INSIDE),
    "partnerships:person": inside(INSIDE),
    "partnerships:new_appointment": inside(MANAGERS, FORM),
    "partnerships:end_appointment": inside(MANAGERS, FORM),
    "invitations:list": inside(MANAGERS),
    "invitations:new": inside(MANAGERS, FORM),
    "invitations:holders": inside(MANAGERS, FORM),
    "invitations:reminders": inside(MANAGERS, FORM),
    "invitations:invitation": inside(MANAGERS),
    "invitations:letter": inside(MANAGERS, DEED),
    "invitations:withdrawal": inside(MANAGERS, FORM),
    "partnerships:dashboard": inside(INSIDE),
    "partnerships:members": inside(INSIDE),
    "partnerships:member": inside(INSIDE),
    "partnerships:suggestions": inside(MANAGERS),
    "partnerships:new_member": inside(MANAGERS),
    "partnerships:new_organisation": inside(MANAGERS, FORM),
    "partnerships:known_member": inside(MANAGERS, FORM),
    "partnerships:change_member_contact": inside(MANAGERS, FORM),
    "partnerships:end_membership": inside(MANAGERS, FORM),
    "partnerships:name_partner": inside(MANAGERS, FORM),
    "partnerships:end_naming": inside(MANAGERS, FORM),
    "partnerships:change_entry": inside(MANAGERS, FORM),
    "partnerships:change_number": inside(MANAGERS, FORM),
    "partnerships:duplicates": inside(MANAGERS),
    "partnerships:merge": inside(MANAGERS, FORM),
    "partnerships:undo_merge": inside(MANAGERS, FORM),
    "partnerships:settings": inside(INSIDE),
    "partnerships:details": inside(MANAGERS, FORM),
    "partnerships:new_area": inside(CLOSERS, FORM),
    "partnerships:area": inside(CLOSERS, FORM),
    "partnerships:ending": inside(CLOSERS, FORM),
    "partnerships:reopening": inside(CLOSERS, FORM),
    "partnerships:merging": inside(CLOSERS, FORM),
    "partnerships:seat_register": inside(INSIDE),
    "partnerships:seat": inside(INSIDE),
    "partnerships:new_seat": inside(MANAGERS, FORM),
    "partnerships:change_seat": inside(MANAGERS, FORM),
    "partnerships:fill_seat": inside(MANAGERS, FORM),
    "partnerships:end_seat": inside(MANAGERS, FORM),
    "partnerships:replacement": inside(MANAGERS, FORM),
    "partnerships:substitute": inside(MANAGERS, FORM),
    "partnerships:balance": inside(INSIDE),
    "partnerships:composition": inside(MANAGERS, FORM),
    "partnerships:named_groups": inside(MANAGERS, FORM),
    "partnerships:named_group": inside(MANAGERS, FORM),
    "partnerships:end_named_group": inside(MANAGERS, DEED),
    "partnerships:activity": inside(LOG_READERS),
    "partnerships:deed": inside(LOG_READERS),
    "partnerships:person_data": inside(MANAGERS, FORM),
    "partnerships:anonymisation": inside(MANAGERS, FORM),
    "partnerships:neighbourhoods": inside(INSIDE),
    "partnerships:neighbourhood": inside(INSIDE),
    "partnerships:new_neighbourhood": inside(OF_CONTACTS, FORM),
    "partnerships:change_neighbourhood": inside(OF_CONTACTS, FORM),
    "partnerships:end_neighbourhood": inside(OF_CONTACTS, FORM),
    "partnerships:resume_neighbourhood": inside(OF_CONTACTS, DEED),
    "partnerships:change_contact": inside(OF_CONTACTS, FORM),
    "partnerships:remove_contact": inside(OF_CONTACTS, DEED),
    "partnerships:change_neighbourhood_contact": inside(OF_CONTACTS, FORM),
    "partnerships:remove_neighbourhood_contact": inside(OF_CONTACTS, DEED),
    "documents:list": inside(INSIDE),
    "documents:download": inside(INSIDE),
    "jobs:job": inside(INSIDE),
    "jobs:attempt": inside(WRITERS, DEED),
    "strategies:editor": inside(INSIDE),
    "strategies:strategy": inside(INSIDE),
    "strategies:issues": inside(INSIDE),
    "strategies:priorities": inside(INSIDE),
    "strategies:preview": inside(INSIDE),
    "strategies:published": inside(INSIDE),
    "strategies:new": inside(WRITERS, FORM),
    "strategies:details": inside(WRITERS, FORM),
    "strategies:text": inside(WRITERS, FORM),
    "strategies:new_issue": inside(WRITERS, FORM),
    "strategies:issue": inside(WRITERS, FORM),
    "strategies:new_priority": inside(WRITERS, FORM),
    "strategies:priority": inside(WRITERS, FORM),
    "strategies:new_objective": inside(WRITERS, FORM),
    "strategies:objective": inside(WRITERS, FORM),
    "strategies:new_action": inside(WRITERS, FORM),
    "strategies:action": inside(WRITERS, FORM),
    "strategies:order": inside(WRITERS, DEED),
    "strategies:removal": inside(WRITERS, FORM),
    "strategies:draft_pdf": inside(WRITERS, DEED),
    "strategies:publication": inside(WRITERS, FORM),
    "imports:list": inside(MANAGERS, FORM),
    "imports:template": inside(MANAGERS),
    "imports:one": inside(MANAGERS),
    "imports:errors": inside(MANAGERS),
    "imports:confirmation": inside(MANAGERS, DEED),
    "imports:removal": inside(MANAGERS, DEED),
    # the partnership's own accreditation
    "accreditation:overview": inside(MEMBERS),
    "accreditation:new": inside(ASSESSORS, DEED),
    "accreditation:assessment": inside(MEMBERS),
    "accreditation:changes": inside(ASSESSORS, FORM),
    "accreditation:criterion": inside(ASSESSORS, FORM),
    "accreditation:score": inside(PARTNERS, FORM),
    "accreditation:evidence": inside(ASSESSORS, FORM),
    "accreditation:evidence_file": inside(MEMBERS),
    "accreditation:evidence_removal": inside(ASSESSORS, FORM),
    "accreditation:plan": inside(MEMBERS),
    "accreditation:new_action": inside(ASSESSORS, FORM),
    "accreditation:action": inside(ASSESSORS, FORM),
    "accreditation:action_removal": inside(ASSESSORS, FORM),
    "accreditation:progress": inside(ASSESSORS, FORM),
    "accreditation:check": inside(MEMBERS),
    "accreditation:sign_off": inside(PARTNERS, FORM),
    "accreditation:submission": inside(CHAIR, FORM),
    "accreditation:streamlining": inside(COUNTERSIGNERS, FORM),
    "accreditation:submitted": inside(MEMBERS),
    "accreditation:receipt": inside(MEMBERS),
    "accreditation:file": inside(MEMBERS),
    "accreditation:review": inside(MEMBERS),
    "accreditation:withdrawal": inside(CHAIR, FORM),
    "accreditation:appeal": inside(CHAIR, FORM),
    # the queue of the Government Office, and one case: the cases that are walked are taken by the reviewer
    "reviews:queue": of_the_office(GOVERNMENT),
    "reviews:workload": of_the_office(GOVERNMENT),
    "reviews:cases": inside(GOVERNMENT),
    "reviews:case": inside(GOVERNMENT),
    "reviews:evidence": inside(GOVERNMENT),
    "reviews:case_evidence": inside(GOVERNMENT),
    "reviews:case_file": inside(GOVERNMENT),
    "reviews:changes": inside(GOVERNMENT),
    "reviews:history": inside(GOVERNMENT),
    "reviews:dialogue": inside(GOVERNMENT),
    "reviews:claim": inside(REVIEWERS, FORM),
    "reviews:recusal": inside(REVIEWERS, FORM),
    "reviews:assignment": inside(COUNTERSIGNERS, FORM),
    "reviews:release": inside(THE_REVIEWER, FORM),
    "reviews:judgement": inside(THE_REVIEWER, FORM),
    "reviews:entry": inside(THE_REVIEWER, FORM),
    "reviews:correction": inside(THE_REVIEWER, FORM),
    "reviews:sharing": inside(THE_REVIEWER, FORM),
    "reviews:request": inside(THE_REVIEWER, FORM),
    "reviews:recommendation": inside(THE_REVIEWER, FORM),
    "reviews:return": inside(COUNTERSIGNERS, FORM),
    "reviews:decision": inside(COUNTERSIGNERS, FORM),
    "reviews:appeal": inside(frozenset({"national_team"}), FORM),
}

# Routes of other people's code, which answer the methods they like: what they let through is judged, not how.
ALLAUTH = frozenset(name for name in POLICY if name.startswith(("account_", "mfa_", "usersessions_")))


def size() -> int:
    """How many cases the table has."""
    return len(POLICY) * len(METHODS) * len(ACTORS)
