"""The GraphQL queries: one for each kind of subject, one point each.

A repository is asked for by its node id, so that it is found after a rename or a move; `$policy` names the policy file
on the default branch, which is in force, and `$path` the same file on the head of a pull request, which is not. The
owner's file comes with the first: a `.github` repository that is not there for us is a NOT_FOUND beside what is.
"""

_PLACE = """
fragment File on Blob { oid text isBinary isTruncated }
fragment Place on Repository {
  nameWithOwner isArchived
  defaultBranchRef { name }
  policy: object(expression: $policy) { ...File }
  owner { repository(name: ".github", followRenames: false) {
    nameWithOwner
    ownerPolicy: object(expression: $policy) { ...File }
  } }
}
"""

# The two ends of a conversation: ours is among the first, or among the last when somebody asked late.
_COMMENTS = """
comments(first: 50) { totalCount nodes { fullDatabaseId viewerDidAuthor body } }
      latest: comments(last: 50) { nodes { fullDatabaseId viewerDidAuthor body } }
"""

_PULLS = "associatedPullRequests(first: 50) { nodes { number state headRefOid repository { id } } }"

# What the head makes of the policy file; its objects are in the repository also when it comes from a fork.
_HEAD_POLICY = "policy: file(path: $path) { object { ... on Blob { oid text isBinary isTruncated } } }\n"

_RUNS = """
checkSuites(first: 10, filterBy: {appId: $app}) {
  nodes { checkRuns(last: 10, filterBy: {checkName: $check}) {
    nodes {
      databaseId conclusion title summary text
      annotations(first: 100) { nodes { path message location { start { line } } } }
    }
  } }
}
"""

ISSUE = (
    """
query Issue($repository: ID!, $number: Int!, $policy: String!) {
  node(id: $repository) { ... on Repository {
    ...Place
    labels(first: 100) { nodes { name } }
    issueTemplates { body }
    collaborators(affiliation: OUTSIDE, first: 100) { nodes { login } }
    issue(number: $number) {
      title body state locked createdAt authorAssociation
      author { __typename login }
      labels(first: 100) { nodes { name } }
      assignees(first: 10) { nodes { login } }
      timelineItems(last: 100, itemTypes: [LABELED_EVENT, UNLABELED_EVENT]) {
        pageInfo { hasPreviousPage }
        nodes {
          ... on LabeledEvent { label { name } actor { __typename login } }
          ... on UnlabeledEvent { label { name } actor { __typename login } }
        }
      }
      assigned: timelineItems(last: 1, itemTypes: [ASSIGNED_EVENT]) { nodes {
        ... on AssignedEvent { actor { __typename login } }
      } }
      """
    + _COMMENTS
    + """
    }
  } }
}
"""
    + _PLACE
)

PULL = (
    """
query Pull($repository: ID!, $number: Int!, $policy: String!, $path: String!, $app: Int!, $check: String!) {
  node(id: $repository) { ... on Repository {
    ...Place
    pullRequestTemplates { body }
    pullRequest(number: $number) {
      title body state isDraft locked createdAt headRefOid headRefName baseRefName
      changedFiles additions deletions
      author { __typename login }
      assignees(first: 10) { nodes { login } }
      labels(first: 100) { nodes { name } }
      closingIssuesReferences(first: 10) { nodes { number title body repository { nameWithOwner } } }
      files(first: 100) { nodes { path changeType additions deletions } }
      """
    + _COMMENTS
    + """
      commits(last: 1) { nodes { commit { oid
        """
    + _PULLS
    + _HEAD_POLICY
    + _RUNS
    + """
      } } }
    }
  } }
}
"""
    + _PLACE
)

_WHO = "{ __typename login }"
_SAID = f"fullDatabaseId body createdAt viewerDidAuthor authorAssociation author {_WHO}"
_DONE = f"createdAt actor {_WHO}"

# Who did what, last hundred of each: the ledger of a hand-over keeps what came before.
HANDOVER = (
    f"""
query Handover($repository: ID!, $number: Int!, $policy: String!) {{
  node(id: $repository) {{ ... on Repository {{
    ...Place
    collaborators(affiliation: OUTSIDE, first: 100) {{ nodes {{ login }} }}
    issue(number: $number) {{
      title body state locked authorAssociation
      author {_WHO}
      assignees(first: 10) {{ nodes {{ login }} }}
      timelineItems(last: 100, itemTypes: [
        ASSIGNED_EVENT, UNASSIGNED_EVENT, ISSUE_COMMENT, CLOSED_EVENT, REOPENED_EVENT
      ]) {{ ...IssueDeeds }}
      closedByPullRequestsReferences(first: 5, includeClosedPrs: true) {{ nodes {{
        number title body state isDraft locked createdAt author {_WHO} repository {{ id }}
        closingIssuesReferences(first: 10) {{ nodes {{ number repository {{ nameWithOwner }} }} }}
        timelineItems(last: 100, itemTypes: [
          ISSUE_COMMENT, PULL_REQUEST_REVIEW, PULL_REQUEST_COMMIT, HEAD_REF_FORCE_PUSHED_EVENT,
          REVIEW_REQUESTED_EVENT, REVIEW_REQUEST_REMOVED_EVENT, READY_FOR_REVIEW_EVENT, CONVERT_TO_DRAFT_EVENT,
          MERGED_EVENT, CLOSED_EVENT, REOPENED_EVENT
        ]) {{ ...PullDeeds }}
      }} }}
    }}
  }} }}
}}
fragment IssueDeeds on IssueTimelineItemsConnection {{
  pageInfo {{ hasPreviousPage }}
  nodes {{
    __typename
    ... on AssignedEvent {{ {_DONE} assignee {{ ... on User {{ login }} }} }}
    ... on UnassignedEvent {{ {_DONE} assignee {{ ... on User {{ login }} }} }}
    ... on IssueComment {{ {_SAID} }}
    ... on ClosedEvent {{ {_DONE} }}
    ... on ReopenedEvent {{ {_DONE} }}
  }}
}}
fragment PullDeeds on PullRequestTimelineItemsConnection {{
  pageInfo {{ hasPreviousPage }}
  nodes {{
    __typename
    ... on IssueComment {{ {_SAID} lastEditedAt editor {_WHO} }}
    ... on PullRequestReview {{ {_SAID} state comments(first: 20) {{ nodes {{ body }} }} }}
    ... on PullRequestCommit {{ commit {{ committedDate author {{ user {{ login }} }} }} }}
    ... on HeadRefForcePushedEvent {{ {_DONE} }}
    ... on ReviewRequestedEvent {{ {_DONE} requestedReviewer {{ ... on User {{ login }} }} }}
    ... on ReviewRequestRemovedEvent {{ {_DONE} requestedReviewer {{ ... on User {{ login }} }} }}
    ... on ReadyForReviewEvent {{ {_DONE} }}
    ... on ConvertToDraftEvent {{ {_DONE} }}
    ... on MergedEvent {{ {_DONE} }}
    ... on ClosedEvent {{ {_DONE} }}
    ... on ReopenedEvent {{ {_DONE} }}
  }}
}}
"""
    + _PLACE
)

HEAD = (
    """
query Head($repository: ID!, $number: Int!, $app: Int!, $check: String!) {
  node(id: $repository) { ... on Repository {
    nameWithOwner isArchived
    pullRequest(number: $number) {
      state headRefOid
      commits(last: 1) { nodes { commit { oid
        """
    + _RUNS
    + """
      } } }
    }
  } }
}
"""
)

COMMIT = (
    """
query Commit($repository: ID!, $sha: GitObjectID!, $path: String!, $app: Int!, $check: String!) {
  node(id: $repository) { ... on Repository {
    nameWithOwner isArchived
    object(oid: $sha) { ... on Commit {
      """
    + _PULLS
    + _HEAD_POLICY
    + _RUNS
    + """
    } }
  } }
}
"""
)

POLICY = (
    """
query Policy($repository: ID!, $policy: String!) {
  node(id: $repository) { ... on Repository { ...Place } }
}
"""
    + _PLACE
)

# A page of what a change of the policy is felt by; authors, branches and labels may exempt a pull request.
BACKLOG = """
query Backlog($repository: ID!, $issues: String, $pulls: String) {
  node(id: $repository) { ... on Repository {
    issues(first: 100, after: $issues, states: OPEN, orderBy: {field: UPDATED_AT, direction: DESC}) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes { number }
    }
    pullRequests(first: 100, after: $pulls, states: OPEN, orderBy: {field: UPDATED_AT, direction: DESC}) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        number isDraft createdAt headRefName
        author { __typename login }
        labels(first: 100) { nodes { name } }
      }
    }
  } }
}
"""

POLICY_BY_NAME = (
    """
query PolicyByName($owner: String!, $name: String!, $policy: String!) {
  node: repository(owner: $owner, name: $name) { databaseId ...Place }
}
"""
    + _PLACE
)

# Of many repositories at once. What hangs on the heads is asked apart, as in here it would cost thirty times as much.
OPEN_PULLS = """
query OpenPulls($repositories: [ID!]!, $after: String) {
  nodes(ids: $repositories) { ... on Repository {
    id databaseId
    pullRequests(first: 50, after: $after, states: OPEN, orderBy: {field: CREATED_AT, direction: DESC}) {
      pageInfo { hasNextPage endCursor }
      nodes { id number createdAt }
    }
  } }
}
"""

HEADS = """
query Heads($pulls: [ID!]!, $app: Int!, $check: String!) {
  nodes(ids: $pulls) { ... on PullRequest {
    id headRefOid
    commits(last: 1) { nodes { commit { oid
      checkSuites(first: 5, filterBy: {appId: $app}) {
        nodes { checkRuns(first: 1, filterBy: {checkName: $check}) { nodes { databaseId } } }
      }
    } } }
  } }
}
"""

# A page of the backlog with all that judging takes. An assignee is asked for to know whether somebody works on it.
SCAN_ISSUES = (
    """
query ScanIssues($repository: ID!, $policy: String!, $first: Int!, $after: String) {
  node(id: $repository) { ... on Repository {
    ...Place
    issueTemplates { body }
    issues(first: $first, after: $after, states: OPEN, orderBy: {field: CREATED_AT, direction: ASC}) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        number title body createdAt authorAssociation
        author { __typename login }
        labels(first: 100) { nodes { name } }
        assignees(first: 1) { nodes { login } }
      }
    }
  } }
}
"""
    + _PLACE
)

SCAN_PULLS = (
    """
query ScanPulls($repository: ID!, $policy: String!, $first: Int!, $after: String) {
  node(id: $repository) { ... on Repository {
    ...Place
    pullRequestTemplates { body }
    pullRequests(first: $first, after: $after, orderBy: {field: CREATED_AT, direction: DESC}) {
      pageInfo { hasNextPage endCursor }
      nodes {
        number title body isDraft createdAt headRefName baseRefName authorAssociation
        changedFiles additions deletions
        author { __typename login }
        assignees(first: 1) { nodes { login } }
        labels(first: 100) { nodes { name } }
        closingIssuesReferences(first: 10) { nodes { number title body repository { nameWithOwner } } }
        files(first: 100) { nodes { path changeType additions deletions } }
      }
    }
  } }
}
"""
    + _PLACE
)

# Where a digest is shown, with what became of its issue; and the repositories that it is of, with what nobody has.
DIGEST = """
query Digest($owner: String!, $name: String!, $number: Int!, $sources: [ID!]!, $labels: [String!]!) {
  node: repository(owner: $owner, name: $name) {
    id databaseId nameWithOwner isArchived isPrivate hasIssuesEnabled
    issue(number: $number) {
      body state locked viewerDidAuthor
      author { __typename login }
      latest: comments(last: 50) { nodes { fullDatabaseId viewerDidAuthor body } }
    }
  }
  nodes(ids: $sources) { ... on Repository {
    id isPrivate
    issues(
      first: 25, labels: $labels, states: OPEN, filterBy: {assignee: null}, orderBy: {field: CREATED_AT, direction: ASC}
    ) { nodes { number title assignees(first: 1) { nodes { login } } } }
  } }
}
"""

PIN = """
mutation Pin($issue: ID!) { pinIssue(input: {issueId: $issue}) { issue { id } } }
"""
