"""Every family that runs, end to end on tiny random checkpoints of the real architecture."""

from __future__ import annotations

import json
import shutil
import weakref
from dataclasses import asdict, replace

import numpy as np
import pytest
import torch
from affine import Affine

from engine.catalogue.adapters import ADAPTER_FILES, Manifest, base_sha256, file_sha256
from engine.catalogue.specs import read_spec
from engine.errors import AdapterError, JobCancelledError, ModelError, RegistryError, http_status
from engine.language.families import FAMILIES as FAMILY_ROWS
from engine.language.repetition import is_loop
from engine.model import vision
from engine.model.batches import last_token_only, pad_batch
from engine.model.loaded import LoadedModel, load_model
from engine.model.policy import decode, read
from engine.model.verifier import HFVerifier
from engine.types import Chip, Query, Window
from tests.engine.tiny_models import KINDS, build_adapter, build_checkpoint
from tests.engine.yardsticks import decision_pipeline, decision_scores
from tests.engine.yardsticks import plain_inputs as library_inputs

FAMILIES = KINDS
QUERIES = [Query("the airplane"), Query("ship"), Query("where could people find shelter from a flood?")]


def never():
    return False


@pytest.fixture(scope="session")
def checkpoints(tmp_path_factory):
    root = tmp_path_factory.mktemp("tiny")
    return {family: build_checkpoint(root / family, family) for family in FAMILIES}


@pytest.fixture(scope="session")
def adapters(checkpoints, tmp_path_factory):
    root = tmp_path_factory.mktemp("adapters")
    base = checkpoints["qwen3-vl"]
    return {
        "sees": build_adapter(base, root / "sees", seed=1, vision=True),
        "speaks": build_adapter(base, root / "speaks", seed=2, vision=False),
    }


@pytest.fixture(params=FAMILIES)
def loaded(request, checkpoints):
    return load_model(read_spec(checkpoints[request.param]), load_in_4bit=False, device="cpu")


@pytest.fixture(params=["qwen3-vl", "qwen2.5-vl", "qwen3.5"])
def qwens(request, checkpoints):
    """Where a test is of the machinery and not of a family, these are enough."""
    return load_model(read_spec(checkpoints[request.param]), load_in_4bit=False, device="cpu")


@pytest.fixture
def qwen3(checkpoints):
    return load_model(read_spec(checkpoints["qwen3-vl"]), load_in_4bit=False, device="cpu")


def make_pixels(seed, height=128, width=128):
    return np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)


def make_chip(seed, height=128, width=128):
    window = Window(0, 0, width, height, width, height, seed, "detail")
    pixels = make_pixels(seed, height, width)
    return Chip(pixels, np.ones((height, width), dtype=bool), window, Affine.identity(), None, None)


def plain_inputs(loaded, pictures, queries, kind):
    return library_inputs(loaded.spec, loaded.processor, pictures, queries, kind)


def plain_model(spec):
    from transformers import AutoModelForImageTextToText

    return AutoModelForImageTextToText.from_pretrained(spec.path, dtype=torch.float32).eval()


def test_tokens_and_patches_equal_the_processors(loaded):
    pictures = [make_pixels(1), make_pixels(2, 96, 160), make_pixels(3, 100, 75)]
    expected = plain_inputs(loaded, pictures, QUERIES, "locate")
    features = loaded.encoder.encode(pictures, adapter="", keep=False)
    rows = [loaded.prompts.ids("locate", q.text, f.shown) for q, f in zip(QUERIES, features, strict=True)]
    for row, ids, mask in zip(rows, expected["input_ids"], expected["attention_mask"], strict=True):
        assert list(row) == ids[mask.bool()].tolist()
    looks = [loaded.encoder.look(picture).values for picture in pictures]
    for look, picture, query in zip(looks, pictures, QUERIES, strict=True):
        alone = plain_inputs(loaded, [picture], [query], "locate")
        assert {name: value.tolist() for name, value in look.items()} == {
            name: alone[name].tolist() for name in look
        }
    if not FAMILY_ROWS[loaded.spec.family].own_processor:
        assert torch.equal(torch.cat([look["pixel_values"] for look in looks]), expected["pixel_values"])
        assert [list(f.grid.sizes[0]) for f in features] == expected["image_grid_thw"].tolist()


def test_generation_equals_the_plain_path(loaded):
    chips = [make_chip(1), make_chip(2), make_chip(1)]
    answers = loaded.policy.generate(chips, QUERIES, never)
    inputs = plain_inputs(loaded, [chip.pixels for chip in chips], QUERIES, "locate")
    output = plain_model(loaded.spec).generate(
        **inputs, max_new_tokens=24, do_sample=False, suppress_tokens=loaded.silent_ids
    )
    texts = loaded.texts(output[:, inputs["input_ids"].shape[1] :].tolist())
    assert [answer.text for answer in answers] == texts
    assert all(1 <= answer.tokens <= 24 for answer in answers)


def test_logits_equal_the_plain_path_alone_and_padded_on_the_left(loaded):
    pictures = [make_pixels(1), make_pixels(2, 96, 160), make_pixels(3, 100, 75)]
    plain = plain_model(loaded.spec)
    features = loaded.encoder.encode(pictures, adapter="", keep=False)
    rows = [loaded.prompts.ids("locate", q.text, f.shown) for q, f in zip(QUERIES, features, strict=True)]
    for some in ([0], [1], [2], [0, 1, 2]):
        inputs = pad_batch([rows[i] for i in some], [features[i] for i in some], loaded.prompts, "cpu")
        expected = plain_inputs(loaded, [pictures[i] for i in some], [QUERIES[i] for i in some], "locate")
        assert torch.equal(inputs["attention_mask"], expected["attention_mask"])
        with torch.no_grad():
            ours, theirs = loaded.model(**inputs).logits, plain(**expected).logits
        seen = expected["attention_mask"].bool()
        assert (ours - theirs)[seen].abs().max() <= 1e-4
        chips = [replace(make_chip(i), pixels=pictures[i]) for i in some]
        answers = loaded.policy.generate(chips, [QUERIES[i] for i in some], never)
        how = {"max_new_tokens": 24, "do_sample": False, "suppress_tokens": loaded.silent_ids}
        written = plain.generate(**expected, **how)[:, expected["input_ids"].shape[1] :]
        assert [answer.text for answer in answers] == loaded.texts(written.tolist())


def test_a_model_that_would_say_neither_yes_nor_no_gives_no_score(qwen3):
    crops = [make_pixels(seed, 64, 64) for seed in range(2)]
    qwen3.verifier.score(crops, QUERIES[:2], never)
    with torch.no_grad():
        inputs = plain_inputs(qwen3, crops, QUERIES[:2], "verify")
        chances = plain_model(qwen3.spec)(**inputs).logits[:, -1].softmax(-1)
    known = [*qwen3.prompts.answer_ids(("Yes", "yes")), *qwen3.prompts.answer_ids(("No", "no"))]
    assert qwen3.verifier.mass == pytest.approx(float(chances[:, known].sum(-1).mean()), abs=1e-5)
    assert 0 < qwen3.verifier.mass < 0.5
    qwen3.verifier.spec = replace(qwen3.spec, least_mass=0.5)
    for ask in (
        qwen3.verifier.score,
        lambda *a: qwen3.verifier.presence([make_chip(1), make_chip(2)], *a[1:]),
    ):
        with pytest.raises(ModelError, match="does not answer with yes or no"):
            ask(crops, QUERIES[:2], never)
    with torch.no_grad():
        qwen3.model.lm_head.weight[:] = float("nan")
    with pytest.raises(ModelError, match="computes no numbers"):
        qwen3.verifier.score(crops, QUERIES[:2], never)


@pytest.mark.parametrize("kind", ["verify", "presence"])
def test_scores_equal_the_plain_path(loaded, kind, monkeypatch):
    monkeypatch.setattr(vision, "BFLOAT16_CPU", False)
    chips = [make_chip(seed, 64, 64) for seed in range(3)]
    pictures = [chip.pixels for chip in chips]
    if kind == "verify":
        scores = loaded.verifier.score(pictures, QUERIES, never)
    else:
        scores = loaded.verifier.presence(chips, QUERIES, never)
    with torch.no_grad():
        logits = plain_model(loaded.spec)(**plain_inputs(loaded, pictures, QUERIES, kind)).logits[:, -1]
    probabilities = logits.softmax(-1)
    yes = probabilities[:, loaded.prompts.answer_ids(("Yes", "yes"))].sum(-1)
    no = probabilities[:, loaded.prompts.answer_ids(("No", "no"))].sum(-1)
    assert scores == pytest.approx((yes / (yes + no)).tolist(), abs=1e-5)
    assert len(set(scores)) == 3


def test_chips_are_looked_at_in_bfloat16_where_the_processor_has_it_and_crops_never(qwens, monkeypatch):
    def looks(bfloat16):
        monkeypatch.setattr(vision, "BFLOAT16_CPU", bfloat16)
        qwens.encoder.cache.clear()
        chips = [make_chip(seed, 64, 64) for seed in range(3)]
        crops = [chip.pixels for chip in chips]
        return qwens.verifier.presence(chips, QUERIES, never), qwens.verifier.score(crops, QUERIES, never)

    (exact, exact_crops), (rounded, crops) = looks(False), looks(True)
    assert crops == exact_crops
    assert rounded == pytest.approx(exact, abs=0.02)
    assert rounded != exact


def test_a_batch_scores_like_its_members(loaded):
    crops = [make_pixels(seed, 64, 64) for seed in range(5)]
    queries = [QUERIES[seed % 3] for seed in range(5)]
    together = loaded.verifier.score(crops, queries, never)
    alone = [
        loaded.verifier.score([crop], [query], never)[0] for crop, query in zip(crops, queries, strict=True)
    ]
    assert together == pytest.approx(alone, abs=1e-5)


def test_each_chip_is_looked_at_once_and_the_results_are_the_same_to_the_bit(loaded, monkeypatch):
    looks = []
    plain = loaded.model.get_image_features
    monkeypatch.setattr(
        loaded.model,
        "get_image_features",
        lambda *values, **named: (looks.append(len(values[1]) if values else 1), plain(*values, **named))[1],
    )
    chips = [make_chip(1), make_chip(2)]
    pairs = [(chip, query) for chip in chips for query in QUERIES]
    presence = loaded.verifier.presence(*zip(*pairs, strict=True), never)
    answers = loaded.policy.generate(*zip(*pairs, strict=True), never)
    assert sum(looks) == 2
    loaded.encoder.cache.clear()
    assert loaded.policy.generate(*zip(*pairs, strict=True), never) == answers
    assert loaded.verifier.presence(*zip(*pairs, strict=True), never) == presence
    assert sum(looks) == 4


def test_features_die_with_their_chip_and_within_the_limit(qwen3):
    chips = [make_chip(seed) for seed in range(4)]
    qwen3.verifier.presence(chips, [QUERIES[0]] * 4, never)
    held = qwen3.encoder.cache.bytes
    assert held > 0
    del chips
    keeper = make_chip(9)
    qwen3.verifier.presence([keeper], [QUERIES[0]], never)
    assert qwen3.encoder.cache.bytes == held // 4
    qwen3.encoder.cache.limit_bytes = held // 2
    others = [make_chip(seed) for seed in range(4)]
    qwen3.verifier.presence(others, [QUERIES[0]] * 4, never)
    assert qwen3.encoder.cache.bytes <= held // 2


def language_bytes(model):
    """Bytes of the matrices of the language model's layers."""
    layers = model.model.language_model.layers.parameters()
    return sum(
        weight.numel() * weight.element_size()
        for weight in layers
        if weight.dtype != torch.float32 or weight.ndim > 1
    )


@pytest.mark.parametrize("family", FAMILIES)
def test_nf4_loads_generates_scores_and_is_small(family, checkpoints):
    from bitsandbytes.nn import Linear4bit

    spec = read_spec(checkpoints[family])
    full = load_model(spec, load_in_4bit=False, device="cpu")
    small = load_model(spec, device="cpu")
    assert full.model.dtype == torch.float32
    assert not getattr(full.model, "is_loaded_in_4bit", False)
    assert small.model.is_loaded_in_4bit
    layers = {n: m for n, m in small.model.named_modules() if isinstance(m, torch.nn.Linear)}
    packed = {name for name, layer in layers.items() if isinstance(layer, Linear4bit)}
    assert packed == {name for name in layers if ".language_model." in name}
    weights = sum(layers[name].in_features * layers[name].out_features for name in packed)
    assert small.memory_bytes() <= full.memory_bytes() - weights * (4 - 0.6)
    pictures = [make_pixels(1), make_pixels(2, 96, 160)]
    seen = zip(*(m.encoder.encode(pictures, adapter="", keep=False) for m in (small, full)), strict=True)
    assert all(torch.equal(ours.embeds, theirs.embeds) for ours, theirs in seen)
    chips = [make_chip(1), make_chip(2)]
    answers = small.policy.generate(chips, QUERIES[:2], never)
    assert [answer.tokens for answer in answers] == [24, 24] or all(answer.tokens for answer in answers)
    assert small.policy.generate(chips, QUERIES[:2], never) == answers
    scores = small.verifier.score([chip.pixels for chip in chips], QUERIES[:2], never)
    assert all(0 < score < 1 for score in scores)


def test_adapters_share_the_base_and_switch_without_a_trace(qwen3, adapters):
    chips = [make_chip(1), make_chip(2)]
    queries = QUERIES[:2]
    base_scores = qwen3.verifier.presence(chips, queries, never)
    base_answers = qwen3.policy.generate(chips, queries, never)
    before = qwen3.memory_bytes()
    for name, folder in adapters.items():
        qwen3.add_adapter(name, folder)
    assert qwen3.adapters == ("sees", "speaks")
    assert qwen3.memory_bytes() < before * 1.2
    found = {}
    for name in ("sees", "speaks", None, "sees"):
        qwen3.use(policy=name, verifier=name)
        scores = qwen3.verifier.presence(chips, queries, never)
        assert found.setdefault(name, scores) == scores
    assert found[None] == base_scores
    assert len({tuple(scores) for scores in found.values()}) == 3
    qwen3.use(policy=None, verifier="sees")
    assert qwen3.policy.generate(chips, queries, never) == base_answers
    assert qwen3.verifier.presence(chips, queries, never) == found["sees"]


def test_an_adapter_that_only_speaks_shares_the_base_features(qwen3, adapters):
    for name, folder in adapters.items():
        qwen3.add_adapter(name, folder)
    assert qwen3.vision_key("speaks") == qwen3.vision_key(None) == ""
    assert qwen3.vision_key("sees") == "sees"


def test_adapters_work_on_nf4_as_peft_applies_them(checkpoints, adapters):
    from peft import PeftModel

    spec = read_spec(checkpoints["qwen3-vl"])
    ours = load_model(spec, device="cpu", adapter=adapters["sees"])
    assert ours.policy.adapter == ours.verifier.adapter == "sees"
    crops = [make_pixels(seed, 64, 64) for seed in range(2)]
    scores = ours.verifier.score(crops, QUERIES[:2], never)
    theirs = load_model(spec, device="cpu")
    assert theirs.verifier.score(crops, QUERIES[:2], never) != pytest.approx(scores, abs=1e-3)
    wrapped = LoadedModel(spec, PeftModel.from_pretrained(theirs.model, adapters["sees"]), theirs.processor)
    wrapped.use(policy="default", verifier="default")
    assert wrapped.verifier.score(crops, QUERIES[:2], never) == pytest.approx(scores, abs=1e-6)


def test_scoring_in_the_middle_of_training_leaves_training_alone(checkpoints):
    """A verifier pass on the model in training must change neither what is trained nor the gradients."""
    from peft import LoraConfig, get_peft_model

    spec = read_spec(checkpoints["qwen3-vl"])
    base = load_model(spec, device="cpu")
    torch.manual_seed(3)
    peft_model = get_peft_model(
        base.model, LoraConfig(r=4, target_modules=r".*(q_proj|qkv)", init_lora_weights=False)
    )
    training = LoadedModel(spec, peft_model, base.processor)
    peft_model.train()
    crops = [make_pixels(seed, 64, 64) for seed in range(2)]
    inputs = plain_inputs(training, crops, QUERIES[:2], "verify")

    def gradients():
        peft_model.zero_grad()
        peft_model(**inputs, labels=inputs["input_ids"]).loss.backward()
        return {
            name: weight.grad.clone()
            for name, weight in peft_model.named_parameters()
            if weight.grad is not None
        }

    before = gradients()
    training.use(verifier=None)
    first = training.verifier.score(crops, QUERIES[:2], never)
    training.use(verifier="default")
    adapted = training.verifier.score(crops, QUERIES[:2], never)
    assert first != adapted
    assert peft_model.training
    after = gradients()
    assert before.keys() == after.keys()
    assert all(torch.equal(before[name], after[name]) for name in before)
    with torch.no_grad():
        for name, weight in peft_model.named_parameters():
            if "lora_B" in name:
                weight.mul_(2)
    assert training.verifier.score(crops, QUERIES[:2], never) != adapted


def test_generation_stops_at_a_token(loaded):
    asked = []

    def stop():
        asked.append(1)
        return len(asked) > 6

    with pytest.raises(JobCancelledError):
        loaded.policy.generate([make_chip(1)], QUERIES[:1], stop)
    assert len(asked) == 7
    assert loaded.policy.generate([make_chip(1)], QUERIES[:1], never)[0].text


def test_scoring_stops_before_it_begins(qwens):
    with pytest.raises(JobCancelledError):
        qwens.verifier.score([make_pixels(1)], QUERIES[:1], lambda: True)


def begun_with(qwens, chips, queries):
    features = qwens.encoder.encode([chip.pixels for chip in chips], adapter="", keep=False)
    rows = [qwens.prompts.ids("locate", q.text, f.shown) for q, f in zip(queries, features, strict=True)]
    inputs = pad_batch(rows, features, qwens.prompts, "cpu")
    return read(qwens.model, inputs)


def is_own(word, row, rows):
    """Whether only this row writes a word."""
    return not any(word in other for other in rows if other != row)


@torch.no_grad()
def test_rows_that_end_leave_the_batch_and_change_nothing(loaded):
    """Questions of three lengths, so that rows are padded; each answer is what its row writes alone."""
    chips = [make_chip(seed) for seed in range(3)]
    how = {"max_new_tokens": 12, "banned_ids": loaded.silent_ids, "stop": never}
    whole = decode(loaded.model, begun_with(loaded, chips, QUERIES), end_ids=[], **how)
    assert [len(answer) for answer in whole] == [12, 12, 12]
    rows = [*dict.fromkeys(map(tuple, whole))]
    assert len(rows) == 3
    ends = [next(word for row in rows for word in row[1:] if word != row[0] and is_own(word, row, rows))]
    sizes = []
    hook = loaded.model.register_forward_pre_hook(
        lambda _, args, kwargs: sizes.append(len(kwargs["input_ids"])), with_kwargs=True
    )
    prefill = begun_with(loaded, chips, QUERIES)
    sizes.clear()
    cut = decode(loaded.model, prefill, end_ids=ends, **how)
    hook.remove()
    for full, short in zip(whole, cut, strict=True):
        stops = [place for place, token in enumerate(full) if token in ends]
        assert short == full[: stops[0] + 1 if stops else len(full)]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[-1] < 3
    for chip, query, answer in zip(chips, QUERIES, whole, strict=True):
        assert decode(loaded.model, begun_with(loaded, [chip], [query]), end_ids=[], **how) == [answer]


@torch.no_grad()
def test_drawn_answers_stand_in_groups_and_hold_no_banned_token(qwen3):
    torch.manual_seed(0)
    allowed = {400, 401, 402}
    banned = [token for token in range(qwen3.model.config.text_config.vocab_size) if token not in allowed]
    prefill = begun_with(qwen3, [make_chip(1), make_chip(2)], QUERIES[:2]).repeated(4)
    answers = decode(
        qwen3.model, prefill, max_new_tokens=6, temperature=1.0, end_ids=[], banned_ids=banned, stop=never
    )
    assert [len(answer) for answer in answers] == [6] * 8
    assert {token for answer in answers for token in answer} <= allowed
    assert len({tuple(answer) for answer in answers[:4]}) > 1


@torch.no_grad()
def test_a_row_that_repeats_itself_is_ended_and_the_others_go_on(qwens):
    """Of two words only, so that rows repeat themselves sooner or later; each ends as it does alone."""
    chips, read = [make_chip(1), make_chip(2)], begun_with
    size = qwens.model.config.text_config.vocab_size
    banned = [token for token in range(size) if token not in (400, 401)]
    how = {"max_new_tokens": 100, "banned_ids": banned, "end_ids": [], "stop": never}
    answers = decode(qwens.model, read(qwens, chips, QUERIES[:2]), **how)
    for chip, query, answer in zip(chips, QUERIES, answers, strict=False):
        first = next((end for end in range(16, 101, 16) if is_loop(answer[:end])), 100)
        assert len(answer) == first
        assert decode(qwens.model, read(qwens, [chip], [query]), **how) == [answer]
    alone = {**how, "banned_ids": [*banned, 401]}
    assert decode(qwens.model, read(qwens, chips, QUERIES[:2]), **alone) == [[400] * 64] * 2


@torch.no_grad()
def test_what_nobody_reads_is_not_computed_and_the_last_logits_are_the_same(qwens):
    picture = make_pixels(1)
    features = qwens.encoder.encode([picture], adapter="", keep=False)
    row = qwens.prompts.ids("verify", QUERIES[0].text, features[0].shown)
    inputs = pad_batch([row], features, qwens.prompts, "cpu")
    feed_forward = qwens.model.model.language_model.layers[-1].mlp
    lengths = []
    hook = feed_forward.gate_proj.register_forward_pre_hook(lambda _, args: lengths.append(args[0].shape[1]))
    whole = qwens.model(**inputs, use_cache=False).logits[:, -1]
    with last_token_only(qwens.model):
        last = qwens.model(**inputs, use_cache=False, logits_to_keep=1).logits[:, -1]
    hook.remove()
    assert lengths == [len(row), 1]
    assert "forward" not in vars(feed_forward)
    assert torch.allclose(whole, last, atol=1e-5)


def test_no_room_is_said_before_anything_is_loaded(checkpoints, monkeypatch):
    monkeypatch.setattr("engine.model.loading.available_bytes", lambda device: 1000)
    with pytest.raises(ModelError, match=r"None of the catalogue.s models would fit"):
        load_model(read_spec(checkpoints["qwen3-vl"]), device="cpu")


def test_nothing_is_asked_of_nothing(qwen3):
    assert qwen3.policy.generate([], [], never) == []
    assert qwen3.verifier.score([], [], never) == []


def test_a_closed_model_holds_no_weights(checkpoints):
    loaded = load_model(read_spec(checkpoints["qwen3-vl"]))
    loaded.verifier.presence([make_chip(1, 64, 64)], QUERIES[:1], never)
    weights = [weakref.ref(weight) for weight in loaded.model.parameters()]
    loaded.close()
    assert not [weight for weight in weights if weight() is not None]


def test_a_closed_model_says_so(qwen3):
    qwen3.close()
    with pytest.raises(ModelError, match="closed"), qwen3.running(None):
        pass


def copy_of(folder, target):
    return shutil.copytree(folder, target / "copy")


def test_damaged_weights(checkpoints, tmp_path):
    folder = copy_of(checkpoints["qwen3-vl"], tmp_path)
    weights = folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-1000])
    with pytest.raises(ModelError, match="damaged"):
        load_model(read_spec(folder), device="cpu")
    weights.unlink()
    (folder / "pytorch_model.bin").write_bytes(b"pickled")
    with pytest.raises(ModelError, match="could run code"):
        load_model(read_spec(folder), device="cpu")


def test_weights_with_holes(checkpoints, tmp_path):
    from safetensors.torch import load_file, save_file

    folder = copy_of(checkpoints["qwen3-vl"], tmp_path)
    tensors = load_file(folder / "model.safetensors")
    del tensors[next(name for name in tensors if "q_proj" in name)]
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(ModelError, match="lack 1 tensor,"):
        load_model(read_spec(folder), device="cpu")


def test_a_processor_is_needed(checkpoints, tmp_path):
    folder = copy_of(checkpoints["qwen3-vl"], tmp_path)
    (folder / "tokenizer.json").unlink()
    with pytest.raises(ModelError, match="processor"):
        load_model(read_spec(folder), device="cpu")


def test_a_family_that_only_the_parser_knows(checkpoints, tmp_path):
    folder = copy_of(checkpoints["qwen3-vl"], tmp_path)
    (folder / "remotezero.json").write_text(json.dumps({"family": "florence2"}))
    with pytest.raises(ModelError, match="it runs qwen3-vl"):
        load_model(read_spec(folder), device="cpu")


def test_cuda_that_is_not_there(checkpoints):
    if torch.cuda.is_available():
        pytest.skip("this machine has a CUDA device")
    with pytest.raises(ModelError, match="no CUDA device"):
        load_model(read_spec(checkpoints["qwen3-vl"]), device="cuda")


def test_adapters_of_another_base_are_refused(qwens, adapters, checkpoints, tmp_path):
    if qwens.spec.family != "qwen3-vl":
        with pytest.raises(AdapterError, match="another base model"):
            qwens.add_adapter("sees", adapters["sees"])
        assert qwens.adapters == ()
        return
    folder = copy_of(adapters["sees"], tmp_path)
    files = {name: file_sha256(folder / name) for name in ADAPTER_FILES}
    for family in ("qwen2.5-vl", "qwen3-vl"):
        made = Manifest("sees", family, base_sha256(checkpoints[family]), None, 1, "1", "", 1.0, {}, files)
        (folder / "manifest.json").write_text(json.dumps(asdict(made)))
        if family != "qwen3-vl":
            with pytest.raises(RegistryError, match="another base model"):
                qwens.add_adapter("sees", folder)
    qwens.add_adapter("sees", folder)
    assert qwens.adapters == ("sees",)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_adapters_with_values_that_are_no_numbers(qwen3, adapters, tmp_path, value):
    from safetensors.torch import load_file, save_file

    folder = copy_of(adapters["sees"], tmp_path)
    tensors = load_file(folder / "adapter_model.safetensors")
    tensors[sorted(tensors)[-1]].view(-1)[0] = value
    save_file(tensors, folder / "adapter_model.safetensors", metadata={"format": "pt"})
    with pytest.raises(AdapterError, match="no numbers"):
        qwen3.add_adapter("sees", folder)
    assert qwen3.adapters == ()


@pytest.mark.parametrize("change", [{"lora_alpha": float("nan")}, {"r": 0}, {"lora_alpha": "much"}])
def test_adapters_with_scales_that_are_no_numbers(qwen3, adapters, tmp_path, change):
    folder = copy_of(adapters["sees"], tmp_path)
    path = folder / "adapter_config.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **change}))
    with pytest.raises(AdapterError, match=r"adapter_config\.json"):
        qwen3.add_adapter("sees", folder)


def test_damaged_and_missing_adapters(qwen3, adapters, tmp_path):
    folder = copy_of(adapters["sees"], tmp_path)
    weights = folder / "adapter_model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-10])
    with pytest.raises(AdapterError, match="damaged"):
        qwen3.add_adapter("sees", folder)
    with pytest.raises(AdapterError, match="no adapter_model"):
        qwen3.add_adapter("sees", tmp_path / "nowhere")
    with pytest.raises(AdapterError, match="not loaded") as caught:
        qwen3.use(policy="sees")
    assert isinstance(caught.value, ModelError)
    assert http_status(caught.value) == 409


def test_scores_equal_the_librarys_own_decision_pipeline(qwens):
    """Asked in the same words about the same spellings, one by one; ours is one batch."""
    crops = [make_pixels(seed, 64, 64) for seed in range(4)]
    queries = [QUERIES[0], QUERIES[1], QUERIES[2], QUERIES[0]]
    expected = decision_scores(
        decision_pipeline(plain_model(qwens.spec), qwens.processor), qwens.spec, crops, queries
    )
    family = FAMILY_ROWS[qwens.spec.family]
    one_spelling = replace(family, yes=("yes",), no=("no",))
    verifier = HFVerifier(qwens, one_spelling)
    assert verifier.score(crops, queries, never) == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize("family", FAMILIES)
def test_unpacking_once_changes_no_bit_and_nothing_at_rest(family, checkpoints, monkeypatch):
    from engine.model import unpacking

    model = load_model(read_spec(checkpoints[family]), device="cpu")
    chips, queries = [make_chip(1), make_chip(2)], QUERIES[:2]
    held = model.memory_bytes()
    answers = model.policy.generate(chips, queries, never)
    scores = model.verifier.presence(chips, queries, never)
    assert model.memory_bytes() == held
    assert not any("forward" in module.__dict__ for module in model.model.modules())
    monkeypatch.setattr(unpacking, "WORKSPACE_BYTES", 0)
    model.encoder.cache.clear()
    assert model.verifier.presence(chips, queries, never) == scores
    assert model.policy.generate(chips, queries, never) == answers
