"""One evaluation from request to reports: a set is read, a model asked, its answers measured, compared and shown."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from engine.catalogue.adapters import base_sha256
from engine.counting import count
from engine.errors import InputError
from engine.evaluate.answers import open_answers, read_answers, read_predictions
from engine.evaluate.asking import Looking, answer_all
from engine.evaluate.cases import Cases, cases_of
from engine.evaluate.figures import Figure, compared, figures_of
from engine.evaluate.layers import read_layer_set
from engine.evaluate.pairing import Paired
from engine.evaluate.pictures import best_and_worst
from engine.evaluate.readers import read_dataset, some_of
from engine.evaluate.reading import ReadOptions
from engine.evaluate.report import HTML_FILE, report_json, write_reports
from engine.evaluate.samples import Answer, Conventions, Dataset
from engine.language.prompts import prompt_version
from engine.paths import data_dir
from engine.search.pipeline import SearchOptions
from engine.search.tally import Clock
from engine.types import AdapterChoice, Loader, Served, Stop
from engine.wire import EvaluateRequest

Tell = Callable[[str, dict[str, Any]], None]


def evaluate(request: EvaluateRequest, load: Loader, tell: Tell, stop: Stop) -> dict[str, Any]:
    """Run an evaluation to its reports; one that was broken off goes on where it stopped.

    Args:
        request: what is measured, and how.
        load: loads models.
        tell: told ``progress`` (questions answered) and ``log``.
        stop: asked often.

    Returns:
        The report of :func:`engine.evaluate.report.report_json`, with ``output``, the folder, and ``seconds``.

    Raises:
        RemoteZeroError: whatever went wrong; answers that came are kept.
    """
    dataset = read_set(request)
    conventions = dataset.conventions.changed(**request.conventions)
    folder = Path(request.output) if request.output else own_folder(request)
    clock = Clock()
    if request.predictions is not None:
        folder.mkdir(parents=True, exist_ok=True)
        about = {"predictions": request.predictions}
        answers = {a.key: a for a in read_predictions(Path(request.predictions), dataset, request.family)}
    else:
        about, answers = _asked(request, dataset, folder, load, tell, stop, clock)
    cases = cases_of(dataset.samples, answers, conventions)
    figures = figures_of(cases, request.seed, request.draws, request.by)
    against = _against(request, dataset, cases, conventions)
    told = _about(request, dataset, cases, conventions, about)
    report = report_json(told, figures, against)
    write_reports(folder, report, *best_and_worst(cases.items))
    return {**report, "output": str(folder), "page": str(folder / HTML_FILE), "seconds": clock.summary()}


def read_set(request: EvaluateRequest) -> Dataset:
    """The set that a request names: a folder, or a layer over a raster.

    Raises:
        InputError: it can't be read.
    """
    if request.dataset is not None:
        options = ReadOptions(
            request.split, request.question, request.questions, request.absent, request.seed
        )
        dataset = read_dataset(Path(request.dataset), request.layout, options)
    else:
        dataset = read_layer_set(
            str(request.raster), str(request.vector), request.layer, query=request.query,
            column=request.query_column, gsd_src_m=request.gsd_src_m,
        )  # fmt: skip
    return some_of(dataset, request.limit, request.seed)


def own_folder(request: EvaluateRequest) -> Path:
    """Where an evaluation is kept that was given no folder: the same request finds the same one again."""
    text = json.dumps(request.model_dump(mode="json"), sort_keys=True)
    return data_dir() / "evaluations" / hashlib.sha256(text.encode()).hexdigest()[:12]


def _asked(
    request: EvaluateRequest,
    dataset: Dataset,
    folder: Path,
    load: Loader,
    tell: Tell,
    stop: Stop,
    clock: Clock,
) -> tuple[dict[str, Any], dict[str, Answer]]:
    """What the model is, and its answers to all questions of the set."""
    options = SearchOptions(zoom=request.zoom or dataset.zoom, veto=request.veto, margin=request.margin)
    looking = Looking(
        request.rendering, tuple(request.bands) if request.bands else None,
        tuple(request.stretch) if request.stretch else None, request.probe, request.seed,
    )  # fmt: skip
    with ExitStack() as stack:
        tell("log", {"message": f"{count(len(dataset.samples), 'question')} of {dataset.name}."})
        with clock.stage("load"):
            model, about = _model(request, load, stack, stop)
        about |= {
            "dataset": fingerprint(dataset), "zoom": options.zoom, "veto": options.veto, "margin": options.margin,
            "rendering": looking.rendering, "bands": request.bands, "stretch": request.stretch,
            "degrade_verifier": request.degrade_verifier, "crop_px": model.verifier.spec.crop_px,
            "probe": looking.probe, "seed": request.seed,
        }  # fmt: skip
        with open_answers(folder, about) as file:
            left = [sample for sample in dataset.samples if sample.key not in file.done]
            if file.done:
                tell("log", {"message": f"{len(file.done)} answers are there already; going on."})
            for answers in answer_all(model, left, options, looking, stop, clock):
                file.add(answers)
                done, total = len(file.done), len(dataset.samples)
                tell("progress", {"done": done, "total": total, "seconds_left": None})
            return about, file.done


def _model(
    request: EvaluateRequest, load: Loader, stack: ExitStack, stop: Stop
) -> tuple[Served, dict[str, Any]]:
    """The model, with another verifier or spoilt scores where these were asked for, and what it is."""
    model = load(request.model)
    stack.callback(model.close)
    model.make_ready(stop)
    adapter = model.use_adapter(AdapterChoice.read(request.adapter))
    about = {"model": model.name, "weights": _weights(model), "adapter": adapter, "scoring": model.scoring}
    about["prompt_version"] = prompt_version(model.policy.spec)
    verifier = None
    if request.verifier is not None:
        verifier = load(request.verifier)
        stack.callback(verifier.close)
        verifier.make_ready(stop)
        verifier.use_adapter(AdapterChoice.read(request.verifier_adapter))
        about |= {"verifier": verifier.name, "verifier_weights": _weights(verifier)}
    if verifier is not None or request.crop_px is not None or request.degrade_verifier:
        return (
            Paired(
                model,
                verifier=verifier,
                crop_px=request.crop_px,
                degraded=request.degrade_verifier,
                seed=request.seed,
            ),
            about,
        )
    return model, about


def _weights(model: Served) -> str:
    """A short hash of a model's files: one of the same name may have others. "" for a model on a server."""
    folder = model.policy.spec.path
    return base_sha256(folder)[:12] if (folder / "config.json").is_file() else ""


def fingerprint(dataset: Dataset) -> str:
    """A short hash of a set's questions and true boxes."""
    digest = hashlib.sha256()
    for sample in dataset.samples:
        digest.update(json.dumps([sample.key, sample.question, sample.truth_src]).encode())
    return f"{dataset.layout}/{dataset.split}/{len(dataset.samples)}/{digest.hexdigest()[:12]}"


def _against(
    request: EvaluateRequest, dataset: Dataset, cases: Cases, conventions: Conventions
) -> Mapping[str, Figure] | None:
    """The difference to an earlier evaluation of the same questions."""
    if request.against is None:
        return None
    about, answers = read_answers(Path(request.against))
    if about.get("dataset") != fingerprint(dataset):
        raise InputError(
            f"{request.against} holds answers to other questions ({about.get('dataset')}, here "
            f"{fingerprint(dataset)}). Evaluate both on the same set, split, limit and seed."
        )
    return compared(cases, cases_of(dataset.samples, answers, conventions), request.seed, request.draws)


def _about(
    request: EvaluateRequest,
    dataset: Dataset,
    cases: Cases,
    conventions: Conventions,
    model: Mapping[str, Any],
) -> dict[str, Any]:
    """What was measured and how, in sentences and as values."""
    unheard = sum(item.answer.unheard for item in cases.items)
    who = model.get("model") or f"predictions in {Path(str(model.get('predictions'))).name}"
    named = f"{who} with the adapter {model['adapter']}" if model.get("adapter") else str(who)
    with_target = int(cases.has_target.sum())
    lines = [
        f"Model: {named}" + (f", verified by {model['verifier']}" if model.get("verifier") else "") + ".",
        f"Set: {dataset.name}, layout {dataset.layout}, split {dataset.split}: {count(len(cases.items), 'question')}, "
        f"{with_target} with a target, in {count(len(cases.scenes), 'scene')}.",
    ]
    if "zoom" in model:
        lines.append(
            f"Looked at: zoom {model['zoom']}, margin {model['margin']:g}, rendering {model['rendering']}, crops of "
            f"{model['crop_px']} pixels."
        )
    if model.get("degrade_verifier"):
        lines.append(f"{model['degrade_verifier']:.0%} of the verifier's scores were replaced by chance.")
    if unheard:
        lines.append(
            f"{count(unheard, 'question')} name nothing that the model's vocabulary has, or that its verifier "
            "understands; they count as answered with nothing."
        )
    return {
        "title": f"{named} on {dataset.name}", "lines": lines, "conventions": conventions.sentences(),
        "notes": list(dataset.notes), "draws": request.draws, "seed": request.seed, "against": request.against,
        "model": dict(model), "questions": len(cases.items),
        "choices": {name: getattr(conventions, name) for name in vars(conventions)},
    }  # fmt: skip
