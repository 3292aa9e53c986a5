"""What stands on this machine: the settings, the App's credentials, the versions, the address of Slack."""

import platform
import re

import ghapp
from ghapp.diagnosis import Diagnosis, good, unseen, warning, wrong
from ghapp.doctor.case import Case
from ghapp.doctor.check import Check

APPS = ("GITHUB_APP_", "GITHUB_CLIENT_", "GITHUB_PRIVATE_", "GITHUB_WEBHOOK_")  # how the names of credentials begin
RESTART = "Mend it where it was set, the environment or .env, then start the server again."
# https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
SLACK = re.compile(r"https://hooks\.slack(?:-gov)?\.com/(?:services|workflows|triggers)/[A-Za-z0-9_/-]{8,200}")


async def settings(case: Case) -> Diagnosis:
    """The settings that are no credentials."""
    others = [each for each in case.mistakes if not each.startswith(APPS)]
    if others:
        return wrong(" ".join(others), RESTART)
    return good("Every setting can be read.")


async def credentials(case: Case) -> Diagnosis:
    """Whether all that makes this server an App is there, and can be read."""
    theirs = [each for each in case.mistakes if each.startswith(APPS)]
    if theirs:
        return wrong(" ".join(theirs), RESTART)
    if not case.settings.has_app:
        return wrong(
            "No App credentials are set: this server is the playground only.",
            "Run `ghapp setup`, or start the server and open /setup: either makes the App and keeps its credentials.",
        )
    return good(f"The id, the private key and the webhook's secret of App {case.settings.github_app_id} are set.")


async def version(case: Case) -> Diagnosis:
    """The versions of all that takes part."""
    ours = f"Handoff {ghapp.__version__} on Python {platform.python_version()}"
    theirs = await case.enterprise()
    return good(f"{ours}{f', with GitHub Enterprise Server {theirs}' if theirs else ''}.")


async def slack(case: Case) -> Diagnosis:
    """The form of the address that Slack gave; it is a secret, so it is neither shown nor called."""
    if case.is_mistaken("SLACK_"):
        return unseen("SLACK_WEBHOOK_URL has a mistake.", first="settings")
    address = case.settings.slack_webhook_url.get_secret_value()
    if not address:
        return good("SLACK_WEBHOOK_URL is not set: nothing is sent to Slack.")
    if not SLACK.fullmatch(address):
        return warning(
            "SLACK_WEBHOOK_URL has not the form https://hooks.slack.com/services/...: Slack would not take a message.",
            "Copy the address anew from the Slack app's page Incoming Webhooks.",
        )
    return good("SLACK_WEBHOOK_URL has the form of an incoming webhook; it was not called.")


SETTINGS = Check(name="settings", asks="Can every setting be read?", look=settings)
CREDENTIALS = Check(name="credentials", asks="Are the App's credentials there?", look=credentials)
VERSION = Check(name="version", asks="Which versions take part?", look=version)
SLACK_ADDRESS = Check(name="slack", asks="Has the address for Slack its form?", look=slack)
