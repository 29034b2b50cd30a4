"""Figures as text that Prometheus reads.

Source: Prometheus documentation, "Exposition formats", text format 0.0.4: a HELP and a TYPE line for each name, then its samples;
in a label's value backslash, double quote and line feed are escaped, in a HELP text backslash and line feed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a figure does over time."""

    GAUGE = "gauge"  # up and down
    COUNTER = "counter"  # only up, but for a restart
    SUMMARY = "summary"  # quantiles, with _sum and _count


@dataclass(frozen=True, slots=True)
class Sample:
    """One value; `suffix` is what a summary's parts have behind the name."""

    value: float
    labels: Mapping[str, str]
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure with its meaning. `name` is what Prometheus calls it, with the unit at its end."""

    name: str
    kind: Kind
    means: str
    samples: tuple[Sample, ...]


def text_of(metrics: Iterable[Metric]) -> str:
    """The whole text, with its last line feed. A figure without a sample is left out: no value is not the value 0."""
    return "".join(_part(each) for each in metrics if each.samples)


def _part(metric: Metric) -> str:
    means = metric.means.replace("\\", "\\\\").replace("\n", "\\n")
    lines = [f"# HELP {metric.name} {means}", f"# TYPE {metric.name} {metric.kind}"]
    lines += [f"{metric.name}{each.suffix}{_labels(each.labels)} {_number(each.value)}" for each in metric.samples]
    return "\n".join(lines) + "\n"


def _labels(labels: Mapping[str, str]) -> str:
    return "{" + ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items()) + "}" if labels else ""


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)
