"""The verifier that the user named, and the trial of whoever the run would learn from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from engine.catalogue.specs import read_spec
from engine.model.loaded import load_model
from engine.remote.address import is_server, read_address
from engine.remote.served import RemoteModel
from engine.types import ModelSpec, Scoring, Stop, Verifier
from trainer.chips import ChipSet
from trainer.config import TrainingRequest
from trainer.queries import Pair
from trainer.rewarder import Rewarder
from trainer.state import RunState
from trainer.trust import Trial, try_verifier


@dataclass(frozen=True)
class External:
    """The verifier that the user named.

    Attributes:
        verifier: scores.
        crop_px: side of the crops that it looks at.
        about: which one it is, for the report.
        notes: what the user should know of its scores, in sentences.
        model: its name.
        scoring: where its scores come from.
    """

    verifier: Verifier
    crop_px: int
    about: str
    notes: tuple[str, ...] = ()
    model: str = ""
    scoring: Scoring = "logits"


def named_verifier(request: TrainingRequest, tell: Callable[[str], None], stop: Stop) -> External | None:
    """The verifier that the user named: a second model in memory, or one on a server."""
    named = request.external_verifier
    if named is None:
        return None
    if is_server(named):
        model = RemoteModel(read_address(named))
        model.make_ready(stop)
        about = f"{model.name}, by {model.scoring}"
        for sentence in (f"The external verifier is {about}.", *model.notes):
            tell(sentence)
        crop_px = model.policy.spec.crop_px
        return External(model.verifier, crop_px, about, model.notes, model.name, model.scoring)
    other = read_spec(named)
    return External(load_model(other).verifier, other.crop_px, other.name, model=other.name)


def try_named(
    request: TrainingRequest,
    spec: ModelSpec,
    own: Verifier,
    external: External | None,
    state: RunState,
    chips: ChipSet,
    pairs: Sequence[Pair],
    texts: Sequence[str],
    stop: Stop,
) -> Trial:
    """Try the verifier that the run would learn from; with an external one the own is the second opinion."""
    if state.calibration is None:
        raise RuntimeError("the verifier was tried before it was calibrated")
    who, crop_px = (external.verifier, external.crop_px) if external else (own, spec.crop_px)
    calibration, name = state.calibration, request.config.reward
    rewarder = Rewarder(spec, who, name, calibration.margin, calibration.rule, chips.pixels, stop, crop_px)
    second = replace(rewarder, verifier=own, crop_px=spec.crop_px) if external else None
    return try_verifier(rewarder, pairs, rewarder.read(pairs, texts), request.config.seed, second)
