"""The report of a run: one HTML file with its pictures inside, no script, nothing fetched."""

from __future__ import annotations

import base64
import time
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from engine.evaluate.pages import line_plot, whole_page
from engine.files import write_atomic

STYLE = """
.worse { color: #c62828; font-weight: 600; }
.verdict { padding: .6rem .9rem; border-left: 4px solid #2a8a57; } .verdict.refused { border-color: #d1582b; }
.pairs { display: grid; grid-template-columns: repeat(auto-fill, minmax(20rem, 1fr)); gap: 1rem; }
figure img { width: 49%; }
"""


def write_report(folder: Path, data: Mapping[str, Any]) -> Path:
    """Write ``report.html`` into the run's folder and return its path.

    Args:
        folder: of the run.
        data: ``model, rasters, queries, settings, calibration, trial, chips, pairs, rounds`` as plain JSON.
    """
    rounds: Sequence[Mapping[str, Any]] = data["rounds"]
    body = [
        f"<h1>Self-improvement of {escape(str(data['model']))}</h1>",
        f"<p>{escape(time.strftime('%Y-%m-%d %H:%M'))}. {escape(_overview(data))}</p>",
        _drift(rounds),
        *(_round(entry) for entry in rounds),
        _trial(data["trial"]),
        _verdicts(data.get("verdicts")),
        _calibration(data["calibration"]),
        _settings(data),
    ]
    title = f"Self-improvement of {data['model']}"
    path = folder / "report.html"
    write_atomic(path, whole_page(title, body, STYLE))
    return path


def _overview(data: Mapping[str, Any]) -> str:
    rounds = data["rounds"]
    kept = sum(bool(entry["promoted"]) for entry in rounds)
    return (
        f"{len(rounds)} round(s), {kept} kept. Learned from {data['chips']['train']} chips and "
        f"{data['pairs']['train']} pairs of chip and question; judged on {data['chips']['held']} chips of "
        f"other places and {data['pairs']['held']} pairs. No box was drawn for it."
        if data["settings"]["reward"] != "iou"
        else f"{len(rounds)} round(s), {kept} kept. Supervised: the reward compared with drawn boxes."
    )


def _drift(rounds: Sequence[Mapping[str, Any]]) -> str:
    """Reward and controls over the rounds, refused ones included."""
    if not rounds:
        return "<p>No round was finished.</p>"
    names = {"wrong_yes": "yes to wrong", "wrong_boxes": "boxes for absent", "empty": "empty answers"}
    controls = [
        (label, [(0.0, rounds[0]["before"][key])] + [(float(r["round"]), r["after"][key]) for r in rounds])
        for key, label in names.items()
    ]

    def rewards() -> list[tuple[float, float]]:
        """Every round is judged by what was tried for it, so gains are added up, not rewards compared."""
        held, points = rounds[0]["before"]["reward"], []
        for entry in rounds:
            points.append((float(entry["round"]), held + entry["gain"]))
            held += entry["gain"] if entry["promoted"] else 0.0
        return [(0.0, rounds[0]["before"]["reward"]), *points]

    return (
        '<h2>Over the rounds</h2><div class="plots">'
        + line_plot(
            "Held-out reward under the verifier of round 0", "round", [("held-out reward", rewards())]
        )
        + line_plot("Controls", "round", controls)
        + "</div>"
    )


def _round(entry: Mapping[str, Any]) -> str:
    kind = "" if entry["promoted"] else " refused"
    curve = entry["curve"]
    steps = [point for point in curve if "reward" in point]
    looks = [point for point in curve if "held_out" in point]
    plots = line_plot(
        "Reward",
        "minutes",
        [
            ("sampled reward", [(p["seconds"] / 60, p["reward"]) for p in _thinned(steps)]),
            ("held-out reward", [(p["seconds"] / 60, p["held_out"]) for p in looks]),
        ],
    )
    spread = [("entropy", [(p["seconds"] / 60, p["entropy"]) for p in _thinned(steps) if "entropy" in p])]
    return (
        f"<h2>Round {entry['round']}</h2>"
        f'<p class="verdict{kind}">{escape(entry["reason"])}</p>'
        f"{_controls(entry['controls'])}{_traded(entry)}"
        f'<div class="plots">{plots}{line_plot("Entropy of the answers", "minutes", spread)}</div>'
        f"{_pictures(entry.get('pictures') or [])}"
    )


def _thinned(points: Sequence[Mapping[str, float]], most: int = 120) -> Sequence[Mapping[str, float]]:
    """Means over runs of points, so that a long curve stays readable."""
    size = max(1, -(-len(points) // most))
    groups = [points[start : start + size] for start in range(0, len(points), size)]
    return [
        {key: sum(p[key] for p in g) / len(g) for key in g[0] if all(key in p for p in g)} for g in groups
    ]


def _controls(controls: Sequence[Mapping[str, Any]]) -> str:
    head = '<tr><th>Control</th><th class="number">before</th><th class="number">after</th><th></th></tr>'
    rows = [
        f"<tr><td>{escape(c['name'])}</td>"
        f'<td class="number">{c["before"]:.3f}</td><td class="number">{c["after"]:.3f}</td>'
        f"<td>{'<span class=worse>worse</span>' if c['worse'] else 'fine'}</td></tr>"
        for c in controls
    ]
    return f"<table>{head}{''.join(rows)}</table>"


def _traded(entry: Mapping[str, Any]) -> str:
    """What was traded: before, and with every share of what the round learned that was asked."""
    home, tried = entry.get("home"), entry.get("tried") or []
    told = (
        f"{home['questions']} stored questions, never learned from."
        if home
        else "What the model could do before was not measured: it has no stored questions."
    )
    before = entry["before"]
    start = {**(home or {}).get("before", {}), "reward": before["reward"]}
    start["held_none"] = 1 - before["wrong_boxes"]
    rows = [("nothing (before the round; at home before the run)", start)]
    rows += [(f"{share['share']:.0%}", share) for share in tried]
    names = {
        "reward": "held-out reward",
        "held_none": "held-out “none” where nothing is",
        "right": "right answers at home",
        "none": "“none” at home",
    }
    shown = [name for name in names if name in start]
    head = "".join(f'<th class="number">{escape(names[name])}</th>' for name in shown)
    body = "".join(
        f"<tr><td>{escape(what)}</td>"
        + "".join(f'<td class="number">{figures[name]:.3f}</td>' for name in shown if name in figures)
        + "</tr>"
        for what, figures in rows
    )
    return (
        f"<p>{escape(told)} The last share asked is the one that was judged; the answers’ share of “none” may "
        "be given a limit (<code>none_loss</code>).</p>"
        f"<table><tr><th>Of what the round learned</th>{head}</tr>{body}</table>"
    )


def _pictures(pictures: Sequence[Mapping[str, Any]]) -> str:
    figures = []
    for shown in pictures:
        images = "".join(
            f'<img src="data:image/jpeg;base64,{_base64(Path(shown[side]))}" alt="{side}"> '
            for side in ("before", "after")
            if Path(shown[side]).is_file()
        )
        figures.append(
            f"<figure>{images}<figcaption>{escape(shown['query'])}: before and after</figcaption></figure>"
        )
    return f'<div class="pairs">{"".join(figures)}</div>'


def _base64(path: Path) -> str:
    return base64.b64encode(path.read_bytes()).decode("ascii")


def _trial(trial: Mapping[str, Any]) -> str:
    if not trial:
        return ""
    told = ", ".join(
        f"{kind} {value:.2f} (needed: {trial['needed'][kind]:.2f}){_lower(trial.get('contrast') or {}, kind)}"
        for kind, value in trial["separation"].items()
    )
    questions = ", ".join(f"{text}: {value:.2f}" for text, value in trial["questions"].items())
    second = (
        ""
        if trial["disagreement"] is None
        else f" The model's own verifier disagrees on {trial['disagreement']:.0%} of the boxes."
    )
    return (
        "<h2>How far the verifier can be trusted</h2>"
        f"<p>Tried on {trial['boxes']} boxes of the model: right told from wrong by {escape(told)}; 0.50 is a coin. "
        f"By question: {escape(questions) or 'too few boxes to say'}.{second}</p>"
        f"{_disputed(trial.get('disputed') or [])}"
    )


def _lower(contrast: Mapping[str, float], kind: str) -> str:
    """By how much wrong looks of a kind score lower; earlier runs do not say."""
    return f", scored {contrast[kind]:.2f} lower" if kind in contrast else ""


def _disputed(boxes: Sequence[Mapping[str, Any]]) -> str:
    """The boxes on which two verifiers disagree most, to be judged by eye."""
    if not boxes:
        return ""
    figures = [
        f'<figure><img src="data:image/jpeg;base64,{_base64(Path(item["picture"]))}" alt=""><figcaption>'
        f"{escape(item['query'])}: {item['score']:.2f} by the verifier that was learned from, "
        f"{item['second']:.2f} by the model's own</figcaption></figure>"
        for item in boxes
        if Path(item["picture"]).is_file()
    ]
    return f'<p>Where they disagree most:</p><div class="pairs">{"".join(figures)}</div>'


def _verdicts(verdicts: Mapping[str, Any] | None) -> str:
    if not verdicts:
        return ""
    score = verdicts["score"]
    told = f"{score['accepted']} accepted and {score['rejected']} rejected boxes"
    moved = (score["slope"], score["offset"]) != (1.0, 0.0)
    words = (
        f"By {told} the log odds of its score were stretched by {score['slope']:.2f} and moved by "
        f"{score['offset']:+.2f}."
        if moved
        else f"{told} are too few to calibrate the score."
    )
    return (
        "<h2>Your verdicts</h2>"
        f"<p>{verdicts['train']} pairs that were learned from and {verdicts['held']} of those that were checked on "
        f"have boxes that you judged; there your word came before the verifier's. {words}</p>"
    )


def _calibration(calibration: Mapping[str, Any]) -> str:
    if not calibration:
        return ""
    rule = calibration["rule"]
    separation = ", ".join(f"{key}: {value:.3f}" for key, value in calibration["separation"].items())
    price = ", ".join(f"{key}: {value:.2f}" for key, value in calibration["price"].items())
    return (
        "<h2>How the settings were chosen</h2>"
        f"<p>Margin {calibration['margin']}: right told from wrong questions, by margin, {separation}. "
        f"A box may cover {rule['allowed']:.3f} of the chip for free; each unit more costs {rule['weight']}: "
        f"share of blown-up boxes that lose by weight, {price or 'not measured'}. "
        f"Looked at {calibration['trusted']} boxes that the verifier trusts.</p>"
    )


def _settings(data: Mapping[str, Any]) -> str:
    rows = [("rasters", ", ".join(data["rasters"])), ("questions", ", ".join(data["queries"]))]
    rows += [(key, str(value)) for key, value in data["settings"].items()]
    cells = "".join(f"<tr><th>{escape(key)}</th><td>{escape(value)}</td></tr>" for key, value in rows)
    return f"<h2>Settings</h2><table>{cells}</table>"
