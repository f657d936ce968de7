"""What each head is trained on: a loss for a batch of passages, and one for marked pairs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

import attrs
import numpy as np
import torch
from torch import Tensor, nn

from standoff.language import lemma, pieces
from standoff.language.attribution import LINK
from standoff.language.model import ARGUMENT, LEAST_SHARE
from standoff.language.relations import NONE

from . import teaching, texts
from .corpora import ROLES, SCALES, Labels, Pair, Parsed
from .model import ARGUMENTS, Network, PairHead, Reading
from .passages import Passage, Sentence, Word

IGNORE = -100
PREDICATE = ROLES.index("predicate")


def inputs(passages: Sequence[Sequence[Sequence[str]]]) -> tuple[dict[str, Tensor], pieces.Batch]:
    """Return the encoder's inputs for passages, each a list of sentences."""
    batch = pieces.batch(passages)
    return {name: torch.from_numpy(value) for name, value in batch.feed().items()}, batch


@attrs.frozen(eq=False)
class Read:
    """A batch of passages as the encoder read it.

    `states`: (R, size) of roots and words; `grid`: (S, 1 + W), each sentence's places in them;
    `starts`: the place of each sentence's first word.
    """

    passages: Sequence[Passage]
    sentences: list[Sentence]
    starts: list[int]
    states: Tensor
    grid: Tensor
    weights: dict[str, Any]


def passage_losses(
    network: Reading,
    batch: Sequence[Passage],
    labels: Labels,
    heads: frozenset[str],
    config: dict[str, Any],
) -> dict[str, Tensor]:
    """Return the loss of each of `heads` that the batch has annotation, or a teacher's word, for.

    What the teacher says counts as much as what is annotated. `config` is the part of config.toml
    on events.
    """
    feed, packed = inputs([[s.words for s in passage.sentences] for passage in batch])
    grid = feed.pop("grid")
    states, _ = network.encoder(**feed)
    starts = np.cumsum(packed.lengths + 1) - packed.lengths
    sentences = [sentence for passage in batch for sentence in passage.sentences]
    read = Read(batch, sentences, starts.tolist(), states, grid, config)
    costs = {head: _OF_HEAD[head](network, read, labels) for head in heads}
    known = {head: [cost for cost in found if cost is not None] for head, found in costs.items()}
    return {head: torch.stack(found).sum() for head, found in known.items() if found}


def _of_syntax(network: Reading, read: Read, labels: Labels) -> list[Tensor | None]:
    return [_syntax(network, read, labels) if any(s.syntax for s in read.sentences) else None]


def _of_entities(network: Reading, read: Read, labels: Labels) -> list[Tensor | None]:
    scores = network.entities(read.states)
    marked = any(s.entities for s in read.sentences)
    return [
        _entities(scores, read.sentences, read.starts) if marked else None,
        *(teaching.of_tags(name, scores[name], read.sentences, read.starts) for name in scores),
    ]


def _of_attribution(network: Reading, read: Read, labels: Labels) -> list[Tensor | None]:
    tags, links = network.attribution(read.states)
    taught = teaching.of_tags("attribution", tags, read.sentences, read.starts)
    if not any(s.attribution for s in read.sentences):
        return [taught]
    return [
        _tags(tags, read.sentences, read.starts, labels),
        _all_links(network, links, read.passages, read.starts),
        taught,
    ]


def _of_factuality(network: Reading, read: Read, labels: Labels) -> list[Tensor | None]:
    marked = any(s.factuality for s in read.sentences)
    values = network.factuality(read.states)
    return [_factuality(values, read.sentences, read.starts) if marked else None]


def _of_events(network: Reading, read: Read, labels: Labels) -> list[Tensor | None]:
    """Return the cost of what predicates denote, words that denote no event among them."""
    rows, told, bare = list[int](), list[Pair](), list[int]()
    surely, around = list[float](), dict[int, tuple[int, int]]()
    for sentence, start in zip(read.sentences, read.starts, strict=True):
        around |= dict.fromkeys(
            range(start, start + len(sentence.words)), (start, len(sentence.words))
        )
        marked = set[int]()
        for pair, word in _denoted(sentence):
            rows.append(start + word)
            told.append(pair)
            marked.update(i for i, role in enumerate(pair.roles) if role == PREDICATE)
        if sentence.unmarked and sentence.syntax is not None:
            words = [i for i, tag in enumerate(sentence.syntax.upos) if tag in _MAY_DENOTE]
            bare += [start + i for i in words if i not in marked]
            surely += [sentence.unmarked] * (len(bare) - len(surely))
    if not told:
        return [None]
    asked = rows + bare
    parties = _party_states(network, read.states, asked, [around[row] for row in asked])
    scores = [found.float() for found in network.events(read.states[asked], *parties)]
    cost = pair_cost([found[: len(rows)] for found in scores], told, labels, read.weights)
    if not bare:
        return [cost]
    none = torch.full((len(bare),), labels.type.index(NONE))
    costs = nn.functional.cross_entropy(scores[0][len(rows) :], none, reduction="none")
    share = torch.tensor(surely)
    return [(cost * len(told) + (costs * share).sum()) / (len(told) + share.sum())]


def _party_states(
    network: Reading, states: Tensor, rows: Sequence[int], around: Sequence[tuple[int, int]]
) -> tuple[Tensor, Tensor]:
    """Return the mean states of the source and the target of each predicate, (n, size) each.

    `rows`: where the predicates are in `states`; `around`: where each one's sentence begins and how
    many words it has. The argument head says who they are, and is not taught by it.
    """
    with torch.no_grad():
        seeking = network.arguments.seeking(states[list(rows)])
        as_argument = network.arguments.of(states)
    found = []
    for vectors, (start, count) in zip(seeking, around, strict=True):
        scores = _argument_scores(vectors, as_argument[start : start + count])
        chances = scores.float().sigmoid()
        share = chances / chances.sum(0).clamp(min=LEAST_SHARE)
        found.append(share.T.to(states.dtype) @ states[start : start + count])
    both = torch.stack(found)
    return both[:, 0], both[:, 1]


#: The parts of speech whose words the coder asks about.
_MAY_DENOTE = frozenset({"VERB", "NOUN"})


def _denoted(sentence: Sentence) -> Iterator[tuple[Pair, int]]:
    """Yield the events of a sentence with the word that denotes each.

    That nothing passes between two parties says nothing of a word that denotes what others do.
    """
    found = [(pair, _predicate(pair.roles, sentence.syntax)) for pair in sentence.events]
    events = {word for pair, word in found if pair.type != NONE}
    for pair, word in found:
        if word is not None and (pair.type != NONE or word not in events):
            yield pair, word


def _predicate(roles: Sequence[int], syntax: Parsed | None) -> int | None:
    """Return the word of a marked predicate that the parse puts on top of the others."""
    words = [i for i, role in enumerate(roles) if role == PREDICATE]
    if syntax is not None:
        words = [i for i in words if syntax.heads[i] - 1 not in words] or words
    return words[0] if words else None


def _of_arguments(network: Reading, read: Read, labels: Labels) -> list[Tensor | None]:
    """Return the cost of telling the parties of the predicates of events from other words."""
    told = [
        (pair, start, start + word)
        for sentence, start in zip(read.sentences, read.starts, strict=True)
        for pair, word in _denoted(sentence)
        if pair.status is not None
    ]
    if not told:
        return [None]
    as_argument = network.arguments.of(read.states)
    seeking = network.arguments.seeking(read.states[[row for _, _, row in told]])
    found = [
        _argument_scores(vectors, as_argument[start : start + len(pair.roles)])
        for vectors, (pair, start, _) in zip(seeking, told, strict=True)
    ]
    gold = [_parties(pair) for pair, _, _ in told]
    binary = nn.functional.binary_cross_entropy_with_logits
    return [binary(torch.cat(found).float(), torch.cat(gold))]


def _argument_scores(predicate: Tensor, words: Tensor) -> Tensor:
    """Return how what a predicate seeks scores each word as source and target, (n, 2)."""
    vectors, bias = predicate[:-2].reshape(len(ARGUMENTS), ARGUMENT), predicate[-2:]
    return words[:, :-2] @ vectors.T + words[:, -2:] + bias


def _parties(pair: Pair) -> Tensor:
    """Return which words are marked as source and as target, (n, 2)."""
    roles = torch.tensor(pair.roles)
    return torch.stack([roles == ROLES.index(name) for name in ARGUMENTS], -1).float()


_OF_HEAD = {
    "syntax": _of_syntax,
    "entities": _of_entities,
    "attribution": _of_attribution,
    "factuality": _of_factuality,
    "events": _of_events,
    "arguments": _of_arguments,
}


@lru_cache(4)
def _index(names: tuple[str, ...]) -> dict[str, int]:
    return {name: i for i, name in enumerate(names)}


def _syntax(network: Reading, read: Read, labels: Labels) -> Tensor:
    """Return the sum of the mean cross-entropies of tags, lemma rules, arcs and arc labels."""
    states = read.states
    upos, xpos, rules, arcs, dependents, heads = network.syntax(states, read.grid)
    total = torch.zeros(())
    golds = [torch.full((len(states),), IGNORE) for _ in range(4)]
    parents = torch.full(arcs.shape[:2], IGNORE)
    above = torch.zeros(len(states), dtype=torch.int64)
    present = torch.zeros(arcs.shape[0], arcs.shape[2], dtype=torch.bool)
    known = [_index(names) for names in (labels.upos, labels.xpos, labels.lemma, labels.deprel)]
    for i, (sentence, start) in enumerate(zip(read.sentences, read.starts, strict=True)):
        n = len(sentence.words)
        present[i, : n + 1] = True
        if sentence.syntax is None:
            continue
        tree = sentence.syntax
        edits = map(lemma.rule, tree.words, tree.lemmas)
        columns = (
            [known[0].get(x, IGNORE) for x in tree.upos],
            [known[1].get(x, IGNORE) for x in tree.xpos],
            [known[2].get(x, 0) for x in edits],
            [known[3].get(x, IGNORE) for x in tree.deprels],
        )
        for gold, column in zip(golds, columns, strict=True):
            gold[start : start + n] = torch.tensor(column)
        parents[i, :n] = torch.tensor(tree.heads)
        above[start : start + n] = torch.tensor(tree.heads) + start - 1
    arcs = arcs.masked_fill(~present.unsqueeze(1), -1e4)
    relations = network.syntax.deprel(dependents, heads[above])
    for scores, gold in (
        *zip((upos, xpos, rules, relations), golds, strict=True),
        (arcs.flatten(0, 1), parents.flatten()),
    ):
        total = total + nn.functional.cross_entropy(scores.float(), gold, ignore_index=IGNORE)
    return total


def _entities(
    scores: dict[str, Tensor], sentences: Sequence[Sentence], starts: Sequence[int]
) -> Tensor:
    """Return the mean cost of what probability falls outside the tags that a set's tag allows.

    Sets that tell fewer kinds apart, or leave some unmarked, so teach what they know and no more
    (partial annotation: Tsuboi et al. 2008).
    """
    rows: dict[str, list[int]] = {name: [] for name in scores}
    masks: dict[str, list[np.ndarray]] = {name: [] for name in scores}
    for sentence, start in zip(sentences, starts, strict=True):
        if sentence.entities is None:
            continue
        set_, tags = sentence.entities
        guideline = texts.mapping()[set_]["guideline"]
        rows[guideline] += range(start, start + len(tags))
        masks[guideline] += [texts.allowed(set_, tag) for tag in tags]
    total, count = torch.zeros(()), 0
    for name, chosen in rows.items():
        if not chosen:
            continue
        found = scores[name][chosen].float()
        mask = torch.from_numpy(np.stack(masks[name]))
        right = found.masked_fill(~mask, -1e4).logsumexp(-1)
        total = total + (found.logsumexp(-1) - right).sum()
        count += len(chosen)
    return total / count


def _tags(
    scores: Tensor, sentences: Sequence[Sentence], starts: Sequence[int], labels: Labels
) -> Tensor:
    """Return the cross-entropy of the tags of attributions."""
    known = _index(labels.attribution)
    gold = torch.full((len(scores),), IGNORE)
    for sentence, start in zip(sentences, starts, strict=True):
        if sentence.attribution is not None:
            tags = [known[tag] for tag in sentence.attribution]
            gold[start : start + len(tags)] = torch.tensor(tags)
    return nn.functional.cross_entropy(scores.float(), gold, ignore_index=IGNORE)


def _all_links(
    network: Reading, links: Tensor, batch: Sequence[Passage], starts: Sequence[int]
) -> Tensor:
    """Return the mean cost of choosing which spans belong to a cue."""
    costs = []
    first = 0
    for passage in batch:
        offsets = starts[first : first + len(passage.sentences)]
        first += len(passage.sentences)
        costs += _links(network, links, passage, offsets)
    return torch.stack(costs).mean() if costs else links.sum() * 0.0


#: What a sentence between two spans takes off the score of their link. Vectors do not tell
#: sentences apart; so they need not, and learn to choose within one, as `attribution.decode` does.
PER_SENTENCE = 4.0


def _links(
    network: Reading, links: Tensor, passage: Passage, starts: Sequence[int]
) -> list[Tensor]:
    """Return a cost for each choice of a source by a cue, and of a cue by a content."""
    if not passage.links:
        return []
    cues = sorted({link.cue for link in passage.links})
    sources = sorted({link.source for link in passage.links if link.source is not None})
    contents = [word for link in passage.links for word in link.contents]
    seeks_source, source, seeks_cue, cue = links.float().split(LINK, dim=-1)

    def rows(words: Sequence[Word]) -> list[int]:
        return [starts[sentence] + place for sentence, place in words]

    def scores(
        seeking: Tensor, ones: Sequence[Word], held: Tensor, others: Sequence[Word]
    ) -> Tensor:
        apart = torch.tensor([[abs(s - t) for t, _ in others] for s, _ in ones])
        dots = seeking[rows(ones)] @ held[rows(others)].T
        return dots - PER_SENTENCE * apart.reshape(dots.shape)

    none = network.attribution.no_source(seeks_source[rows(cues)])
    by_cue = torch.cat([none, scores(seeks_source, cues, source, sources)], -1)
    by_content = scores(seeks_cue, contents, cue, cues)
    costs = []
    k = 0
    for link in passage.links:
        row = cues.index(link.cue)
        choice = 0 if link.source is None else 1 + sources.index(link.source)
        costs.append(nn.functional.cross_entropy(by_cue[row], torch.tensor(choice)))
        for _ in link.contents:
            costs.append(nn.functional.cross_entropy(by_content[k], torch.tensor(row)))
            k += 1
    return costs


def _factuality(values: Tensor, sentences: Sequence[Sentence], starts: Sequence[int]) -> Tensor:
    """Return the smooth L1 distance to the values (Rudinger et al. 2018 use it, too)."""
    rows = [start + i for s, start in zip(sentences, starts, strict=True) for i, _ in s.factuality]
    gold = torch.tensor([value for s in sentences for _, value in s.factuality])
    scales = [SCALES.index(s.scale) for s in sentences for _ in s.factuality]
    found = values[rows, scales].float()
    return nn.functional.smooth_l1_loss(found, gold, beta=0.5)


def pair_scores(network: Network, batch: Sequence[Pair], head: str = "pair") -> tuple[Tensor, ...]:
    """Return the scores of marked pairs, as `PairHead` does.

    `head` is which of the two pair heads is asked, "pair" or "whole".
    """
    feed, packed = inputs([[example.words] for example in batch])
    grid = feed["grid"]
    below = network.encoder.below(feed["ids"], feed["positions"], feed["sentences"])
    first = below.flatten(0, 1)[feed["rows"]]
    present = torch.arange(grid.shape[1]) <= torch.from_numpy(packed.lengths).unsqueeze(1)
    roles = torch.zeros_like(grid)
    for i, example in enumerate(batch):
        roles[i, 1 : 1 + len(example.roles)] = torch.tensor(example.roles)
    asked: PairHead = getattr(network, head)
    return tuple(found.float() for found in asked(first[grid], present.float(), roles))


def pair_loss(
    network: Network, batch: Sequence[Pair], labels: Labels, config: dict[str, Any], head: str
) -> Tensor:
    """Return the cost of types, and of what else is annotated, weighted as `config` says."""
    return pair_cost(pair_scores(network, batch, head), batch, labels, config)


def pair_cost(
    scores: Sequence[Tensor], batch: Sequence[Pair], labels: Labels, config: dict[str, Any]
) -> Tensor:
    """Return what `pair_loss` does, from the scores."""
    types, statuses, modes, contexts = scores
    weights, smoothing = config["weights"], config["label_smoothing"]
    gold = torch.tensor([labels.type.index(example.type) for example in batch])
    total = nn.functional.cross_entropy(types, gold, label_smoothing=smoothing)
    known = [i for i, example in enumerate(batch) if example.status is not None]
    if not known:
        return total
    told = [batch[i] for i in known]
    status = torch.tensor([labels.status.index(str(example.status)) for example in told])
    mode = torch.tensor([labels.mode.index(str(example.mode)) for example in told])
    others = torch.tensor([_other_types(labels.mode, example.type) for example in told])
    context = torch.tensor(
        [[float(name in (e.contexts or ())) for name in labels.context] for e in told]
    )
    entropy, binary = nn.functional.cross_entropy, nn.functional.binary_cross_entropy_with_logits
    return (
        total
        + weights["status"] * entropy(statuses[known], status, label_smoothing=smoothing)
        + weights["mode"] * entropy(modes[known].masked_fill(others, -1e4), mode)
        + weights["context"] * binary(contexts[known], context) * len(labels.context)
    )


@lru_cache(32)
def _other_types(modes: tuple[str, ...], type_: str) -> tuple[bool, ...]:
    """Tell of each mode whether it is another type's: a mode is chosen among those of its own."""
    return tuple(name.partition(".")[0] != type_ for name in modes)
