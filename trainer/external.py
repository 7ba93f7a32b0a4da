"""An external verifier: any OpenAI-compatible chat endpoint that returns log-probabilities.

The score is the served one: the probability of "yes" against "no" at the first answer token, each summed over
its spellings. Crops leave this machine only for the address that the user gave.
"""

from __future__ import annotations

import base64
import http.client
import io
import json
import math
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

from PIL import Image

from engine.errors import InputError, JobCancelledError, ModelError
from engine.language.families import FAMILIES
from engine.language.prompts import Kind, prompt_text
from engine.types import Chip, ModelSpec, Pixels, Query, Stop

TOKEN_VARIABLE = "REMOTEZERO_VERIFIER_TOKEN"
AT_ONCE = 8
TIMEOUT_S = 120


class EndpointVerifier:
    """Scores crops by asking a server.

    Args:
        url: address up to and without ``/chat/completions``, for instance ``http://127.0.0.1:8000/v1``.
        model: the model's name there.
        spec: whose prompts are asked (the family's templates, so that the question is the served one).

    Raises:
        InputError: the address is not http or https.
    """

    def __init__(self, url: str, model: str, spec: ModelSpec) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise InputError(
                f"The verifier's address is {url!r}. Give one that starts with http:// or https://."
            )
        self._parts, self._model, self._spec = parts, model, spec
        family = FAMILIES[spec.family]
        self._yes = {word.strip().lower() for word in family.yes}
        self._no = {word.strip().lower() for word in family.no}

    def score(self, crops: Sequence[Pixels], queries: Sequence[Query], stop: Stop) -> list[float]:
        """P(yes) for each crop under its query; see :class:`engine.types.Verifier`."""
        return self._all(crops, queries, "verify", stop)

    def presence(self, chips: Sequence[Chip], queries: Sequence[Query], stop: Stop) -> list[float]:
        """P(anything in the chip fits) for each chip; see :class:`engine.types.Verifier`."""
        return self._all([chip.pixels for chip in chips], queries, "presence", stop)

    def _all(
        self, pictures: Sequence[Pixels], queries: Sequence[Query], kind: Kind, stop: Stop
    ) -> list[float]:
        results: list[float] = []
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for start in range(0, len(pictures), AT_ONCE):
                if stop():
                    raise JobCancelledError("The training was cancelled while the verifier looked.")
                part = slice(start, start + AT_ONCE)
                results += pool.map(lambda p, q: self._ask(p, q, kind), pictures[part], queries[part])
        return results

    def _ask(self, pixels: Pixels, query: Query, kind: Kind) -> float:
        png = io.BytesIO()
        Image.fromarray(pixels).save(png, "PNG")
        picture = "data:image/png;base64," + base64.b64encode(png.getvalue()).decode("ascii")
        content = [
            {"type": "image_url", "image_url": {"url": picture}},
            {"type": "text", "text": prompt_text(self._spec, query, kind)},
        ]
        body = {
            "model": self._model,
            "messages": [{"role": "user", "content": content}],
            "max_tokens": 1,
            "temperature": 0,
            "logprobs": True,
            "top_logprobs": 20,
        }
        return self._probability(self._post(body))

    def _post(self, body: dict[str, Any]) -> dict[str, Any]:
        parts = self._parts
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        connection = kind(parts.hostname or "", parts.port, timeout=TIMEOUT_S)
        headers = {"Content-Type": "application/json"}
        if token := os.environ.get(TOKEN_VARIABLE):
            headers["Authorization"] = f"Bearer {token}"
        try:
            connection.request(
                "POST", f"{parts.path.rstrip('/')}/chat/completions", json.dumps(body), headers
            )
            response = connection.getresponse()
            text = response.read().decode("utf-8", errors="replace")
        except (OSError, http.client.HTTPException) as error:
            raise ModelError(
                f"The verifier at {parts.netloc} can't be reached ({error}). Check that it runs."
            ) from error
        finally:
            connection.close()
        if response.status != http.client.OK:
            raise ModelError(f"The verifier at {parts.netloc} answered {response.status}: {text[:300]}")
        try:
            answer: dict[str, Any] = json.loads(text)
        except ValueError as error:
            raise ModelError(f"The verifier at {parts.netloc} answered no JSON: {text[:300]}") from error
        return answer

    def _probability(self, answer: dict[str, Any]) -> float:
        try:
            first = answer["choices"][0]["logprobs"]["content"][0]["top_logprobs"]
            found = [(str(item["token"]).strip().lower(), math.exp(float(item["logprob"]))) for item in first]
        except (KeyError, IndexError, TypeError, ValueError) as error:
            raise ModelError(
                f"The verifier at {self._parts.netloc} gives no log-probabilities. "
                "Use a server that does, for instance vLLM."
            ) from error
        yes = sum(p for token, p in found if token in self._yes)
        no = sum(p for token, p in found if token in self._no)
        if yes + no == 0:
            raise ModelError(
                f"The verifier at {self._parts.netloc} answers neither yes nor no, but {found[:3]}. "
                "Choose a model that follows instructions."
            )
        return yes / (yes + no)
