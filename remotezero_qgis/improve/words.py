"""Self-improvement in sentences: the plan, the stage, the verdicts."""

from __future__ import annotations

from typing import Any

from ..connection.wire import AdapterChoice
from ..i18n import tr
from ..panel.words import time_words
from .record import Round, RunRecord


def plan_sentences(plan: dict[str, Any], start: AdapterChoice) -> list[str]:
    """Return what a plan says, a sentence each.

    Args:
        plan: the result of a job that asks for the plan only.
        start: what learning starts from, an adapter by name or none.
    """
    memory = int(plan.get("memory_bytes") or 0)
    return [
        tr("{places} with {windows}; up to {chips} of these are used.").format(
            places=tr("%n separate place(s)", n=int(plan.get("places") or 0)),
            windows=tr("%n window(s)", n=int(plan.get("windows") or 0)),
            chips=plan.get("chips_at_most", 0),
        ),
        tr("Some places are kept aside and never learned from: they decide whether a round is kept."),
        tr("About {memory} GB of memory.").format(memory=f"{memory / 1e9:.1f}"),
        tr(
            "Up to {rounds} of {steps}. It ends after {time} at the latest, preparing and checking included."
        ).format(
            rounds=tr("%n round(s)", n=int(plan.get("rounds") or 0)),
            steps=tr("%n step(s)", n=int(plan.get("steps_a_round") or 0)),
            time=time_words(60 * float(plan.get("minutes") or 0)),
        ),
        _time_sentence(plan),
        tr("Starts from the adapter {name}.").format(name=start.name)
        if start.name
        else tr("Starts from the model as it came."),
        *map(str, plan.get("warnings") or ()),
    ]


def _time_sentence(plan: dict[str, Any]) -> str:
    seconds = plan.get("seconds")
    if not seconds:
        return tr("How long the parts of a run take on this machine is measured in its first run.")
    parts = {
        name: time_words(float(seconds.get(name) or 0)) for name in ("preparing", "learning", "checking")
    }
    return tr(
        "All of it would take about {total} here: {preparing} preparing, {learning} learning, {checking} "
        "checking (measured on {date})."
    ).format(total=time_words(sum(seconds.values())), date=plan.get("measured", ""), **parts)


def about_sentence(request: dict[str, Any]) -> str:
    """Return what is asked in a run, and who scores the answers where that is not the model itself."""
    queries = [str(query) for query in request.get("queries") or []]
    said = [
        tr("Questions: {questions}").format(questions=", ".join(queries))
        if queries
        else tr("The model proposes the questions itself.")
    ]
    if request.get("external_verifier"):
        said.append(tr("Second opinion: {model}.").format(model=request["external_verifier"]))
    return "\n".join(said)


def stage_sentence(record: RunRecord, rounds: int) -> str:
    """Return what is going on now.

    Args:
        record: of the run.
        rounds: the most that the run may take.
    """
    if record.state == "queued":
        return tr("Waiting for another job to end…")
    if record.stage in ("train", "gate"):
        number = max(1, record.round)
        if record.stage == "gate":
            return tr("Round {number} of {rounds}: checking on the places kept aside…").format(
                number=number, rounds=rounds
            )
        return tr("Round {number} of {rounds}: learning, at most {time} left").format(
            number=number, rounds=rounds, time=time_words(record.progress.seconds_left or 0)
        )
    return {
        "chips": tr("Reading the rasters…"),
        "model": tr("Loading the model…"),
        "queries": tr("Looking for what is asked…"),
        "calibrate": tr("Choosing the settings…"),
        "search": tr("Looking for what is there…"),
    }.get(record.stage, record.message)


def verdict_sentence(done: Round) -> str:
    """Return why a round was kept or not, with its figures."""
    if done.gain is None or done.low is None or done.high is None:
        return tr("Round {number}: {sentence}").format(number=done.number, sentence=done.reason)
    worse = [control_name(control.name) for control in done.controls if control.worse]
    if done.kept:
        text = tr(
            "Round {number}: kept. On places kept aside the score changed by {gain} ({low} to {high} with "
            "{certainty} % certainty), and nothing got worse."
        )
    elif done.low > 0 and worse:
        text = tr("Round {number}: not kept. The score changed by {gain}, but this got worse: {controls}.")
    else:
        text = tr(
            "Round {number}: not kept. On places kept aside the score changed by {gain} ({low} to "
            "{high} with {certainty} % certainty), which is not surely better."
        )
    sentence = text.format(
        number=done.number,
        gain=signed(done.gain),
        low=signed(done.low),
        high=signed(done.high),
        certainty=f"{100 * done.certainty:.3g}",
        controls=", ".join(worse),
    )
    return " ".join([sentence, *_kept_sentences(done)])


def _kept_sentences(done: Round) -> list[str]:
    """What the model could do before, and how much of the round was kept so that nothing got worse."""
    sentences = []
    if done.home is not None:
        told = tr("What it could do before: {before} % right before the run, {after} % now.")
        before, after = done.home.before, done.home.after
        sentences.append(told.format(before=round(100 * before), after=round(100 * after)))
    if done.kept and done.share < 1:
        part = tr(
            "{share} % of what the round learned is kept, so that nothing gets worse by more than the check allows."
        )
        sentences.append(part.format(share=round(100 * done.share)))
    return sentences


def end_sentence(result: dict[str, Any], in_use: bool = True) -> str:
    """Return how a finished run came out.

    Args:
        result: of the job.
        in_use: whether the run was to put what it keeps to use.
    """
    kept = int(result.get("promoted") or 0)
    if kept:
        if in_use:
            text = tr("Finished: {kept} of {rounds} kept. {name} is in use now.")
        else:
            text = tr("Finished: {kept} of {rounds} kept, the last one as {name}. It is not in use yet.")
        rounds = tr("%n round(s)", n=kept + int(result.get("refused") or 0))
        return text.format(kept=kept, rounds=rounds, name=result.get("adapter", ""))
    return tr("Finished: no round was kept, so the model is as it was before.")


def control_name(name: str) -> str:
    """Return a control's name in the user's language; the engine gives it in English."""
    return {
        "yes to wrong queries": tr("“yes” where the thing is not there"),
        "boxes for absent targets": tr("boxes for things that are not there"),
        "answers that can't be parsed": tr("answers that can't be read"),
        "empty answers where there is a target": tr("things that are there and not found"),
        "median box area": tr("size of the boxes"),
        "area of the largest boxes": tr("size of the largest boxes"),
        "right answers at home": tr("right answers to what it could do before"),
        "“none” at home": tr("“none” where nothing is, in what it could do before"),
    }.get(name, name)


def signed(value: float) -> str:
    """Return a figure with its sign, to three decimals."""
    return f"{value:+.3f}".replace("-", "−")
