"""Agreement between what was said and what is true, each figure with a 95 % interval by bootstrap over owners."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import spearmanr
from sklearn.metrics import cohen_kappa_score, f1_score, roc_auc_score

TIMES = 1000
Numbers = np.ndarray
Measure = Callable[[Numbers, Numbers], float]


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured figure; `low` and `high` bound 95 % of the resamples."""

    value: float
    low: float
    high: float
    rows: int

    def __str__(self) -> str:
        return f"{self.value:.3f} ({self.low:.2f}-{self.high:.2f})"


def measure(by: Measure, truth: Sequence[float], said: Sequence[float], owners: Sequence[str]) -> Figure:
    """One figure over rows; whole owners are drawn again and again, as texts of one owner are alike."""
    true, given = np.asarray(truth, float), np.asarray(said, float)
    groups = defaultdict(list)
    for row, owner in enumerate(owners):
        groups[owner].append(row)
    parts = [np.array(rows) for rows in groups.values()]
    chance = np.random.default_rng(0)
    drawn = []
    for _ in range(TIMES):
        rows = np.concatenate([parts[number] for number in chance.integers(len(parts), size=len(parts))])
        value = by(true[rows], given[rows])
        if not np.isnan(value):
            drawn.append(value)
    low, high = np.percentile(drawn, [2.5, 97.5]) if drawn else (float("nan"),) * 2
    return Figure(by(true, given), float(low), float(high), len(true))


def kappa(truth: Numbers, said: Numbers) -> float:
    """Agreement of grades beyond chance; a difference of two grades weighs four times one of one."""
    return float(cohen_kappa_score(truth.astype(int), said.astype(int), weights="quadratic"))


def auc(truth: Numbers, said: Numbers) -> float:
    """How often a true row is scored above a false one; ties count half."""
    return float(roc_auc_score(truth, said)) if len(set(truth)) > 1 else float("nan")


def macro_f1(truth: Numbers, said: Numbers) -> float:
    """The mean of both classes' F1."""
    return float(f1_score(truth, said, average="macro", zero_division=0))


def f1(truth: Numbers, said: Numbers) -> float:
    """F1 of the true class."""
    return float(f1_score(truth, said, zero_division=0))


def rank(truth: Numbers, said: Numbers) -> float:
    """Spearman's rank correlation."""
    return float(spearmanr(truth, said).statistic) if len(set(truth)) > 1 and len(set(said)) > 1 else float("nan")


def share(truth: Numbers, said: Numbers) -> float:
    """The share of the rows in question (those true) of which it was said."""
    return float(said[truth > 0].mean()) if (truth > 0).any() else float("nan")


@dataclass(frozen=True, slots=True)
class Line:
    """One figure beside the goal and what others reached."""

    texts: str
    measure: str
    figure: Figure
    goal: str = ""
    others: str = ""
