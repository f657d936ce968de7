"""The pipeline over words and sentences that a set gives."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.language import Language
from spacy.tokens import Doc

from standoff.language import model, pipeline


def reader(shared: model.Model | None = None) -> tuple[Language, pipeline.EncoderComponent]:
    """Return a vocabulary's pipeline, and the encoder's component with this model."""
    nlp = pipeline.sentencizer()
    return nlp, pipeline.EncoderComponent(nlp, shared or model.shared())


def read(
    nlp: Language, encoder: pipeline.EncoderComponent, sentences: Sequence[Sequence[str]]
) -> Doc:
    """Return a document of these sentences, each a list of words, read by the encoder."""
    words = [word for sentence in sentences for word in sentence]
    firsts: list[bool | int | None] = [
        i == 0 for sentence in sentences for i in range(len(sentence))
    ]
    return encoder(Doc(nlp.vocab, words=words, sent_starts=firsts))
