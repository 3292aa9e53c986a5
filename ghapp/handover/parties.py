"""Who is on which side of a hand-over."""

from dataclasses import dataclass

from config.people import Role
from config.policy import Policy
from ghapp.handover.facts import Deed, Event, Facts


def is_contractor(login: str, policy: Policy, *, outside: frozenset[str]) -> bool:
    """Whether somebody is a contractor: by the policy's word, else as an outside collaborator of the repository."""
    role = _role(login, policy)
    return role is Role.CONTRACTOR if role else login.casefold() in outside


def _role(login: str, policy: Policy) -> Role | None:
    named = {each.casefold(): person.role for each, person in policy.people.items()}
    return named.get(login.casefold())


@dataclass(frozen=True, slots=True, kw_only=True)
class Parties:
    """The sides of one hand-over."""

    contractor: str
    by: str  # of the team: who handed it over, and is asked where nobody else is named
    policy: Policy
    outside: frozenset[str]
    asked: frozenset[str] = frozenset()  # for a review, casefolded: GitHub does not tell of all members that they are

    def side(self, event: Event) -> Role | None:
        """The side on which somebody did something; None for strangers and bots."""
        if event.by_bot or not event.by:
            return None
        return self.side_of(event.by) or (Role.TEAM if event.is_insider else None)

    def side_of(self, login: str) -> Role | None:
        """The side of a person as far as it is known without what they did."""
        if login.casefold() == self.contractor.casefold():
            return Role.CONTRACTOR
        if is_contractor(login, self.policy, outside=self.outside):
            return Role.CONTRACTOR
        is_named = login.casefold() in (self.by.casefold(), *self.asked)
        return Role.TEAM if is_named or _role(login, self.policy) is Role.TEAM else None


def parties(facts: Facts, policy: Policy, *, contractor: str, by: str) -> Parties:
    """The sides of a hand-over, as far as what happened tells them."""
    asked = frozenset(each.to.casefold() for each in facts.events if each.deed is Deed.REQUESTED and each.to)
    return Parties(contractor=contractor, by=by, policy=policy, outside=facts.outside, asked=asked)
