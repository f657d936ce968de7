"""Compare our word-pieces with the tokenizers library: ``python -m training.check_pieces``."""

from __future__ import annotations

import random
from pathlib import Path

from tokenizers import Tokenizer

from benchmarks import treebanks
from standoff.language import pieces

from .__main__ import base_model


def main() -> None:
    """Print how many words were compared and those that differ."""
    reference = Tokenizer.from_file(str(Path(base_model()) / "tokenizer.json"))
    reference.no_truncation()
    reference.no_padding()
    data = Path("../shared/data/treebanks")
    words = {
        word
        for name in ("ewt-train", "gum-train", "ewt-dev")
        for sentence in treebanks.read(data / f"{name}.conllu.gz")
        for word in sentence.words
    }
    rng = random.Random(13)
    alphabet = "abcXYZéßñÅİ0129.,-'’“”$€%§漢字иךُ😀‍\u200b\u0301 "
    words |= {"".join(rng.choices(alphabet, k=rng.randint(1, 12))) for _ in range(20_000)}
    differing = []
    for word in sorted(words):
        theirs = tuple(reference.encode(word, add_special_tokens=False).ids)
        ours = pieces.word_pieces(word)
        if ours != (theirs[: pieces.MAX_PIECES_PER_WORD] or ours):
            differing.append(word)
    print(f"{len(words)} words, {len(differing)} differ: {differing[:20]!r}")


if __name__ == "__main__":
    main()
