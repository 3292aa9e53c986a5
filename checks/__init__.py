"""The judgement: subjects in, verdicts out; pure functions of text and policy."""
