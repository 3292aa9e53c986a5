"""Templates made of a policy: filled in they pass, left alone they do not, and the links that offer them hold."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from checks import rationale, readiness
from checks.subject import Issue, Pull
from checks.verdict import Outcome, Verdict
from config.load import load
from config.policy import DEFAULTS, Policy
from ghapp.render import gaps, templates
from ghapp.render.new_file import LONGEST, Editor, File, offers
from ghapp.render.policy_file import policy_file
from tests.ghapp import verdicts

EDITOR = Editor(web="https://github.com", repository="acme/billing", branch="main")
OTHERS = {
    "lean": """
readiness:
  criteria:
    {contract: {mode: off}, scope: {mode: off}, edge-cases: {mode: off}, engagement: {mode: off}}
rationale:
  criteria:
    {what: {mode: off}, decisions: {mode: off}, linked-issue: {mode: off}, acceptance-trace: {mode: off}}
""",
    "strict": """
readiness:
  threshold: 90
  criteria:
    edge-cases: {mode: required, weight: 15}
    engagement: {mode: required, weight: 5}
rationale:
  criteria:
    decisions: {mode: required}
    verification: {mode: required}
    linked-issue: {mode: required}
""",
    "advised": """
readiness:
  threshold: 85
  criteria:
    acceptance: {mode: advisory, weight: 40}
    context: {mode: advisory, weight: 20}
    scope: {mode: advisory}
rationale:
  criteria:
    what: {mode: advisory}
    verification: {mode: off}
""",
}
POLICIES: dict[str, Policy] = {"defaults": DEFAULTS, **{name: load(text).policy for name, text in OTHERS.items()}}
OFF = load("readiness: {enabled: no}\nrationale: {enabled: no}\n").policy

each_policy = pytest.mark.parametrize("policy", POLICIES.values(), ids=POLICIES.keys())

TITLE = "Let support download a customer's invoices as one archive"
ANSWERS = {
    "context": (
        "The page `admin/customers/{id}` in the service `billing-web` lists invoices one by one. Support clicks each "
        "PDF when an auditor asks for a year, which takes about 20 minutes for a customer with 60 invoices."
    ),
    "contract": (
        "`GET /customers/{id}/invoices.zip?year=2025` answers `200` with `application/zip`; each entry is called "
        '`{number}.pdf`. An unknown customer answers `404` with `{"error": "unknown_customer"}`.'
    ),
    "acceptance": (
        "- [ ] For customer 17 and the year 2025 the archive holds 60 entries, and each opens as a PDF.\n"
        "- [ ] A year without invoices answers `204` and no body.\n"
        "- [ ] Without the role `support` the answer is `403`."
    ),
    "scope": "Done when the button on the customer's page downloads the archive. Out of scope: credit notes.",
    "edge-cases": (
        "A PDF that is missing in the store is left out and named in `missing.txt`. Two downloads at once do not wait "
        "for each other. More than 500 invoices answer `413`."
    ),
    "engagement": "One pull request by 12 December; Ines from the billing team reviews it within one working day.",
}
PULL_TITLE = "Download invoices as an archive"
PULL_ANSWERS = {
    "what": (
        "`GET /customers/{id}/invoices.zip` streams the PDFs of one year; the button on the customer's page calls it. "
        "Missing PDFs are named in `missing.txt`."
    ),
    "why": (
        "Support clicked each PDF by hand when an auditor asked for a year, which took about 20 minutes for a large "
        "customer and was the most frequent complaint of the support team in October."
    ),
    "decisions": "The archive is streamed and not kept: a kept one would have to be deleted after each correction.",
    "verification": "`pytest tests/invoices` passes; the archive of customer 17 opened with `unzip -t`, 60 entries.",
    "linked-issue": "Closes #12",
    "acceptance-trace": "60 entries: `test_a_year_has_all_its_invoices`. 403: `test_only_support_may_download`.",
}
BLANK = "_No response_"


def questions(policy: Policy) -> dict[str, str]:
    """The form's questions: id -> label."""
    fields = yaml.safe_load(templates.form(policy).text)["body"]
    return {field["id"]: field["attributes"]["label"] for field in fields if field["type"] != "markdown"}


def submitted(policy: Policy, answers: dict[str, str]) -> str:
    """The body that GitHub makes of a form."""
    return "\n\n".join(f"### {label}\n\n{answers.get(key, BLANK)}" for key, label in questions(policy).items())


def offered(file: File) -> str:
    """The text that a new issue or pull request begins with: GitHub takes the front matter away."""
    return re.sub(r"\A---\n.*?\n---\n\n", "", file.text, flags=re.DOTALL)


def written(file: File, answers: dict[str, str]) -> str:
    """A template in Markdown whose prompts an author replaced, in order, as far as there are answers."""
    given = {heading: text for heading, text in zip(headings(file), answers.values(), strict=False) if text}
    parts = re.split(r"^## (.+)\n\n(<!--[^>]*-->)", offered(file), flags=re.MULTILINE)
    texts = zip(parts[1::3], parts[2::3], strict=True)
    return "\n\n".join(f"## {heading}\n\n{given.get(heading, prompt)}" for heading, prompt in texts)


def headings(file: File) -> list[str]:
    return re.findall(r"^## (.+)$", file.text, re.MULTILINE)


def judged(policy: Policy, body: str, *, title: str = TITLE) -> Verdict:
    own = (offered(templates.markdown(policy)),)
    return readiness.assess(Issue(title=title, body=body, templates=own), policy.readiness)


def judged_pull(policy: Policy, body: str, *, title: str = PULL_TITLE) -> Verdict:
    own = (templates.pull_request(policy).text,)
    return rationale.assess(Pull(title=title, body=body, templates=own), policy.rationale)


def of_policy(answers: dict[str, str], file: File, policy: Policy) -> dict[str, str]:
    """The answers to what a policy asks, in the order of its headings."""
    section = policy.readiness if file.path == templates.MARKDOWN else policy.rationale
    modes = section.criteria.model_dump(mode="json", by_alias=True)
    return {name: text for name, text in answers.items() if modes[name]["mode"] != "off"}


@pytest.mark.parametrize("name", POLICIES)
def test_the_files_of_a_policy(name, snapshot):
    assert "\n".join(f"==> {file.path}\n{file.text}" for file in templates.files(POLICIES[name])) == snapshot


@each_policy
def test_an_issue_form_filled_in_sensibly_is_ready(policy):
    assert judged(policy, submitted(policy, ANSWERS)).outcome is Outcome.READY


@each_policy
def test_an_issue_form_left_empty_is_not_ready(policy):
    assert judged(policy, submitted(policy, {}), title="").outcome is Outcome.NOT_READY


@each_policy
def test_a_markdown_issue_filled_in_sensibly_is_ready(policy):
    file = templates.markdown(policy)
    assert judged(policy, written(file, of_policy(ANSWERS, file, policy))).outcome is Outcome.READY


@each_policy
def test_a_markdown_issue_left_alone_is_not_ready(policy):
    assert judged(policy, offered(templates.markdown(policy)), title="").outcome is Outcome.NOT_READY


@each_policy
def test_a_markdown_issue_left_alone_earns_nothing_where_its_template_is_not_known(policy):
    issue = Issue(title="", body=offered(templates.markdown(policy)))
    assert readiness.assess(issue, policy.readiness).outcome is Outcome.NOT_READY


@each_policy
def test_a_pull_request_filled_in_sensibly_is_ready(policy):
    file = templates.pull_request(policy)
    assert judged_pull(policy, written(file, of_policy(PULL_ANSWERS, file, policy))).outcome is Outcome.READY


@each_policy
def test_a_pull_request_left_alone_is_not_ready(policy):
    assert judged_pull(policy, templates.pull_request(policy).text).outcome is not Outcome.READY


@pytest.mark.parametrize(
    ("answered", "outcome", "first"),
    [
        pytest.param(["contract"], Outcome.ALMOST, "acceptance", id="no finish line"),
        pytest.param(["scope"], Outcome.NOT_READY, "contract", id="only the scope"),
        pytest.param(["engagement"], Outcome.NOT_READY, "acceptance", id="only the delivery"),
    ],
)
@pytest.mark.parametrize("kind", ["form", "markdown"])
def test_a_half_filled_issue_names_what_is_missing_first(kind, answered, outcome, first):
    verdict = judged(DEFAULTS, half_filled(kind, answered))
    assert (verdict.outcome, gaps.of(verdict)[0].criterion) == (outcome, first)


@pytest.mark.parametrize("answered", [[name] for name in ANSWERS], ids=ANSWERS.keys())
def test_an_answer_counts_the_same_in_the_form_and_in_markdown(answered):
    assert (
        judged(DEFAULTS, half_filled("markdown", answered)).score
        == judged(DEFAULTS, half_filled("form", answered)).score
    )


def half_filled(kind: str, answered: list[str]) -> str:
    some = {name: text for name, text in ANSWERS.items() if name in answered}
    if kind == "form":
        return submitted(DEFAULTS, some)
    return written(templates.markdown(DEFAULTS), {name: some.get(name, "") for name in ANSWERS})


@pytest.mark.parametrize(
    ("answered", "outcome", "first"),
    [
        pytest.param(["what", "verification"], Outcome.ALMOST, "why", id="no reason"),
        pytest.param(["linked-issue"], Outcome.NOT_READY, "why", id="only a link"),
    ],
)
def test_a_half_filled_pull_request_names_what_is_missing_first(answered, outcome, first):
    some = {name: text if name in answered else "" for name, text in PULL_ANSWERS.items()}
    verdict = judged_pull(DEFAULTS, written(templates.pull_request(DEFAULTS), some))
    assert (verdict.outcome, gaps.of(verdict)[0].criterion) == (outcome, first)


@each_policy
def test_a_form_requires_what_the_policy_requires_and_leaves_out_what_is_off(policy):
    fields = [field for field in yaml.safe_load(templates.form(policy).text)["body"] if "id" in field]
    modes = policy.readiness.criteria.model_dump(mode="json", by_alias=True)
    asked = {
        field["id"]: "required" if field.get("validations", {}).get("required") else "advisory" for field in fields
    }
    assert asked == {name: modes[name]["mode"] for name in ANSWERS if modes[name]["mode"] != "off"}


@each_policy
def test_no_two_questions_of_a_form_share_an_id_or_a_label(policy):
    fields = [field for field in yaml.safe_load(templates.form(policy).text)["body"] if "id" in field]
    assert len({field["id"] for field in fields}) == len(fields)
    assert len(set(questions(policy).values())) == len(fields)
    assert all(re.fullmatch(r"[a-z][a-z-]*", field["id"]) for field in fields)


def test_a_form_has_a_question_even_where_no_criterion_has_a_heading():
    off = ", ".join(f"{name}: {{mode: off}}" for name in (*ANSWERS, "self-contained"))
    policy = load(f"readiness: {{criteria: {{{off}}}}}").policy
    [question] = yaml.safe_load(templates.form(policy).text)["body"]
    assert question["id"] == "description"


def test_a_pull_request_of_which_nothing_is_asked_gets_no_template():
    off = ", ".join(f"{name}: {{mode: off}}" for name in PULL_ANSWERS)
    policy = load(f"readiness: {{enabled: no}}\nrationale: {{criteria: {{{off}}}}}").policy
    assert templates.files(policy) == ()


def test_what_is_not_judged_gets_no_template():
    assert templates.files(OFF) == ()


def test_the_policy_file_shows_every_default_and_sets_none(snapshot):
    file = policy_file("https://handoff.example/schema/handoff.json")
    assert file.text == snapshot
    assert load(file.text).policy == DEFAULTS
    assert load(file.text).origins == {}


def test_the_policy_file_with_its_keys_uncommented_is_the_defaults():
    keys = policy_file("").text.partition("\n\n")[2]
    uncommented = "\n".join(line.removeprefix("# ") for line in keys.splitlines())
    loaded = load(uncommented)
    assert loaded.mistakes == ()
    assert loaded.policy == DEFAULTS


def test_a_link_opens_the_editor_with_path_and_text():
    file = File("docs/a b.md", "100 % of `x & y` + #1?\n\u00fcber\n", "a page")
    address = urlsplit(EDITOR.address(file))
    assert f"{address.scheme}://{address.netloc}{address.path}" == "https://github.com/acme/billing/new/main"
    assert parse_qs(address.query, strict_parsing=True) == {"filename": [file.path], "value": [file.text]}
    assert "+" not in address.query


@given(st.text(max_size=300), st.text(max_size=3_000))
def test_whatever_a_file_holds_its_link_gives_it_back_or_there_is_none(path, text):
    address = EDITOR.address(File(path, text, "anything"))
    assert len(address) <= LONGEST
    if address:
        asked = parse_qs(urlsplit(address).query, keep_blank_values=True, strict_parsing=True)
        assert asked == {"filename": [path], "value": [text]}


def test_a_link_leads_to_the_github_that_is_set():
    editor = Editor(web="https://git.acme.example", repository="acme/billing", branch="line/2.x")
    assert editor.address(File("a", "b", "c")).startswith("https://git.acme.example/acme/billing/new/line/2.x?")


def test_a_link_into_an_empty_repository_begins_its_first_branch():
    editor = Editor(web="https://github.com", repository="acme/billing", branch="")
    assert editor.address(File("a", "b", "c")).startswith("https://github.com/acme/billing/new/main?")


@each_policy
def test_the_files_of_a_policy_fit_into_links(policy):
    for file in templates.files(policy):
        assert 0 < len(EDITOR.address(file)) <= LONGEST


def test_a_file_too_long_for_a_link_is_text_to_copy(snapshot):
    lines = "".join(f"line {number} ```\n" for number in range(700))
    file = File("notes.md", lines, "many lines")
    assert EDITOR.address(file) == ""
    shown = offers((file,), EDITOR)
    assert lines in shown
    assert re.sub(r"(line \d+ ```\n)+", "(the lines)\n", shown) == snapshot


@pytest.mark.parametrize(
    "verdict",
    [verdicts.NOT_READY, verdicts.READY, verdicts.SKIPPED, verdicts.NOTHING],
    ids=["gaps", "none", "skipped", "pull request"],
)
def test_what_the_command_is_answered_with(verdict, snapshot):
    said = templates.answer(verdict, DEFAULTS, EDITOR)
    assert re.sub(r"(?<=&value=)[^)]+", "...", said) == snapshot


def test_where_nothing_is_judged_no_file_is_offered():
    assert templates.answer(verdicts.SKIPPED, OFF, EDITOR).count("\n") == 0
