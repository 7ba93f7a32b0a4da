"""Algorithms run as QGIS runs them, and what they say meanwhile."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsApplication,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
)


class Heard(QgsProcessingFeedback):
    """Keeps the warnings."""

    def __init__(self) -> None:
        super().__init__()
        self.warnings: list[str] = []

    def pushWarning(self, warning: str) -> None:
        self.warnings.append(warning)


def run(
    name: str, parameters: dict[str, Any], feedback: QgsProcessingFeedback | None = None
) -> tuple[dict[str, Any], QgsProcessingContext]:
    """Run an algorithm of the provider; its results, and the context that owns the layers."""
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    algorithm = QgsApplication.processingRegistry().createAlgorithmById(name)
    ok, reason = algorithm.checkParameterValues(parameters, context)
    if not ok:
        raise QgsProcessingException(reason)
    results, ok = algorithm.run(parameters, context, feedback or QgsProcessingFeedback(), {}, False)
    assert ok
    return results, context
