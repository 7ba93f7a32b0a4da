"""Where the scores of a server come from: kept when a run has shown it, and told where the server is chosen again."""

from __future__ import annotations

from ..connection.server_keys import is_server
from ..i18n import tr
from ..settings import change_settings, load_settings

KEPT = 8


def note_scoring(address: object, scoring: object) -> None:
    """Keep how the scores of a server came about in a run, to be told where it is chosen again; nothing for others."""
    if not is_server(address) or not isinstance(scoring, str) or not scoring:
        return
    settings = load_settings()
    others = [known for known in settings.server_scorings if known.partition(" ")[0] != address]
    change_settings(server_scorings=("{} {}".format(address, scoring), *others)[:KEPT])


def scores_of(address: str) -> str:
    """Say how the scores of a server come about, as far as a run has shown it."""
    for entry in load_settings().server_scorings:
        known, _, scoring = entry.partition(" ")
        if known == address and scoring_words(scoring):
            return scoring_words(scoring)
    return tr("How this server gives scores is tried when it is first asked, and told here from then on.")


def scoring_words(scoring: str) -> str:
    """Say where scores come from that the engine calls ``scoring``; "" for a way that is not known here."""
    return {
        "logits": tr("The scores are the model's own probabilities of yes and no."),
        "log-probabilities": tr(
            "The scores are the probabilities that the server gives for yes and no: as fine as those of a model on "
            "this computer."
        ),
        "decisions": tr("The scores are decisions of the server, as numbers between 0 and 1."),
        "answers": tr(
            "The server gives no probabilities: each question of yes or no is asked ten times, and the score is the "
            "share of yes. That is coarse, and takes ten times as long."
        ),
    }.get(scoring, "")
