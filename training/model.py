"""The network: one encoder, and heads that read its word states.

The encoder is a BERT (here MiniLM, 6 layers of 384); a word's state is that of its first piece,
and [CLS] stands for the root. Heads:

- *syntax*: UPOS, XPOS and lemma rule by one linear layer each; arcs by a biaffine score
  (Dozat and Manning 2017); the label of an arc by a bilinear form of low rank, so that it can be
  scored for the chosen arcs alone, outside the graph, at little cost;
- *events*: what a predicate denotes by our codebook: a type or none, status, mode and contexts;
- *arguments*: which words are of the source and of the target of a predicate, by a bilinear form
  of two word states, as arcs are scored;
- *pair*: the same as *events* between a marked source and target, as a pass of its own. The
  marks are role embeddings added to word states low in the encoder; copies of the language model's
  layers above then read the sentence anew with the roles in sight, over words rather than pieces.
"""

from __future__ import annotations

import copy
from typing import cast

import torch
from torch import Tensor, nn
from transformers import BertModel

from standoff.language import pieces
from standoff.language.attribution import LINK
from standoff.language.model import ARGUMENT, EVENT_OUTPUTS, LABEL, PAIR_OUTPUTS

from . import dropout
from .corpora import ROLES, SCALES, Labels
from .dropout import Dropout

ARC = 256
DROPOUT = 0.2
VALUE = 128
#: More than elsewhere: the encoder is fixed, and the rows are few.
ARGUMENT_DROPOUT = 0.3

#: The pair head reads the states after this layer (of 6): docs/decisions/0001.
BRANCH = 1
#: The parties of a predicate, in the order of the argument head's outputs.
ARGUMENTS = ("source", "target")
#: Sentences farther apart than this share one learned offset.
REACH = 2
#: What attention to another sentence starts from: almost none, as in a model of single sentences.
FAR = -4.0


class Encoder(nn.Module):
    """Word-pieces of passages to states of their roots and words.

    The first layer sees each sentence alone, and so do those who read its states: the pair head
    gives the same answer wherever a sentence stands. The layers above see the whole passage, each
    attention head as far as it has learned to: `near` is added to the scores of pieces of the
    two sentences before and after. They see, too, how each word is written, which the word-pieces
    do not tell (`pieces.SHAPES`).
    """

    def __init__(self, bert: BertModel) -> None:
        super().__init__()
        self.embeddings = bert.embeddings
        self.layers = bert.encoder.layer
        self.near = nn.Parameter(torch.full((2 * REACH + 1, bert.config.num_attention_heads), FAR))
        self.shapes = nn.Embedding(len(pieces.SHAPES), bert.config.hidden_size)
        nn.init.zeros_(self.shapes.weight)
        with torch.no_grad():
            self.near[REACH] = 0.0

    def forward(
        self, ids: Tensor, positions: Tensor, shapes: Tensor, sentences: Tensor, rows: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Return two (R, 384): states after the last layer, and after the first.

        `ids`, `positions`, `shapes`, `sentences`: (B, P) as in `pieces.Batch`; `rows`: (R,) places
        in B * P.
        """
        first = state = self.below(ids, positions, sentences)
        offset = sentences[:, None, :] - sentences[:, :, None]
        passage = self.near[offset.clamp(-REACH, REACH) + REACH].permute(0, 3, 1, 2)
        passage = passage + hidden((sentences >= 0)[:, None, :])
        state = state + self.shapes(shapes)
        for layer in self.layers[1:]:
            state = layer(state, attention_mask=passage)
        return state.flatten(0, 1)[rows], first.flatten(0, 1)[rows]

    def below(self, ids: Tensor, positions: Tensor, sentences: Tensor) -> Tensor:
        """Return the states of pieces after the first layer, (B, P, 384): what pair heads read."""
        state = self.embeddings(input_ids=ids, position_ids=positions)
        alone = hidden(sentences[:, None, :] == sentences[:, :, None])
        return cast(Tensor, self.layers[0](state, attention_mask=alone))

    def fixed(self) -> list[nn.Parameter]:
        """The parameters below the branch, which the pair head reads too."""
        return [*self.embeddings.parameters(), *self.layers[0].parameters()]


def hidden(seen: Tensor) -> Tensor:
    """Return a bias (B, 1, P or 1, P) that hides what is not `seen` (B, P or 1, P)."""
    return (1.0 - seen.to(torch.float32)).unsqueeze(1) * -1e4


def additive(mask: Tensor) -> Tensor:
    """Return a (B, 1, 1, N) bias that hides masked positions from attention."""
    return hidden(mask[:, None, :])


class SyntaxHead(nn.Module):
    """Tags, lemma rules, arc scores and the two sides of arc labels, for each word."""

    def __init__(self, size: int, labels: Labels) -> None:
        super().__init__()
        self.dropout = Dropout(DROPOUT)
        self.upos = nn.Linear(size, len(labels.upos))
        self.xpos = nn.Linear(size, len(labels.xpos))
        self.lemma = nn.Linear(size, len(labels.lemma))
        self.arc_dependent = nn.Linear(size, ARC)
        self.arc_head = nn.Linear(size, ARC)
        self.arc = nn.Parameter(torch.empty(ARC, ARC))
        self.arc_bias = nn.Linear(ARC, 1)
        self.label_dependent = nn.Linear(size, LABEL)
        self.label_head = nn.Linear(size, LABEL)
        self.label = nn.Linear(3 * LABEL, len(labels.deprel))
        nn.init.xavier_uniform_(self.arc)

    def forward(self, states: Tensor, grid: Tensor) -> tuple[Tensor, ...]:
        """`states`: (R, 384) of roots and words; `grid`: (S, 1 + W) places in them.

        Returns UPOS, XPOS and lemma scores (R, labels), arc scores (S, W, 1 + W), and the label
        vectors (R, LABEL) of dependents and heads.
        """
        states = self.dropout(states)
        act = nn.functional.gelu
        dependent = self.dropout(act(self.arc_dependent(states)))
        head = self.dropout(act(self.arc_head(states)))
        sides = (dependent @ self.arc)[grid[:, 1:]] @ head[grid].transpose(1, 2)
        arcs = sides + self.arc_bias(head)[grid].transpose(1, 2)
        return (
            self.upos(states),
            self.xpos(states),
            self.lemma(states),
            arcs,
            self.dropout(act(self.label_dependent(states))),
            self.dropout(act(self.label_head(states))),
        )

    def deprel(self, dependent: Tensor, head: Tensor) -> Tensor:
        """Score the labels of arcs: two (…, LABEL) sides to (…, labels)."""
        return cast(Tensor, self.label(torch.cat([dependent * head, dependent, head], -1)))


class EntityHead(nn.Module):
    """Entity tags, once by each guideline that the training sets follow."""

    def __init__(self, size: int, labels: Labels) -> None:
        super().__init__()
        self.dropout = Dropout(DROPOUT)
        self.tags = nn.ModuleDict(
            {name: nn.Linear(size, len(tags)) for name, tags in labels.entities.items()}
        )

    def forward(self, states: Tensor) -> dict[str, Tensor]:
        """`states`: (R, 384). Returns (R, tags) for each guideline."""
        states = self.dropout(states)
        return {name: layer(states) for name, layer in self.tags.items()}


class AttributionHead(nn.Module):
    """Tags of source, cue and content, and which cue a source or a content belongs to.

    A cue finds its source (or none), a content its cue, by the product of two vectors of their
    first words.
    """

    def __init__(self, size: int, labels: Labels) -> None:
        super().__init__()
        self.dropout = Dropout(DROPOUT)
        self.tags = nn.Linear(size, len(labels.attribution))
        self.links = nn.Linear(size, 4 * LINK)
        self.no_source = nn.Linear(LINK, 1)

    def forward(self, states: Tensor) -> tuple[Tensor, Tensor]:
        """`states`: (R, 384). Returns tags (R, tags) and link vectors (R, 4 * LINK).

        The four vectors are of a cue that looks for its source, a source, a content that looks
        for its cue, a cue.
        """
        states = self.dropout(states)
        return self.tags(states), self.links(states)


class FactualityHead(nn.Module):
    """How certain the text is that an event took place, -3 to 3, for each word.

    Once on each scale of the training sets: UW's, where experts marked what the author holds, and
    UDS's, where the confidence of lay readers was asked for and fills the ends of the scale.
    """

    def __init__(self, size: int) -> None:
        super().__init__()
        self.dropout = Dropout(DROPOUT)
        self.hidden = nn.Linear(size, VALUE)
        self.value = nn.Linear(VALUE, len(SCALES))

    def forward(self, states: Tensor) -> Tensor:
        """`states`: (R, 384). Returns (R, scales)."""
        inner = nn.functional.gelu(self.hidden(self.dropout(states)))
        return cast(Tensor, self.value(self.dropout(inner)))


class Denoting(nn.Module):
    """What an event is, from features of `width`: its type or none, status, mode and contexts."""

    def __init__(self, width: int, size: int, labels: Labels) -> None:
        super().__init__()
        self.dropout = Dropout(DROPOUT)
        self.hidden = nn.Linear(width, size)
        self.event_type = nn.Linear(size, len(labels.type))
        self.status = nn.Linear(size, len(labels.status))
        self.mode = nn.Linear(size, len(labels.mode))
        self.context = nn.Linear(size, len(labels.context))

    def said(self, features: Tensor) -> tuple[Tensor, ...]:
        """Return scores of types, statuses, modes and contexts, (N, labels) each."""
        inner = self.dropout(nn.functional.gelu(self.hidden(self.dropout(features))))
        heads = (self.event_type, self.status, self.mode, self.context)
        return tuple(head(inner) for head in heads)


class EventHead(Denoting):
    """What a predicate denotes by our codebook, by its own state and those of its parties."""

    def __init__(self, size: int, labels: Labels) -> None:
        super().__init__(3 * size, size, labels)
        self.norm = nn.LayerNorm(3 * size)

    def forward(self, states: Tensor, sources: Tensor, targets: Tensor) -> tuple[Tensor, ...]:
        """`states`: (N, 384) of predicates; `sources`, `targets`: the mean states of their parties.

        Returns what `said` does.
        """
        return self.said(self.norm(torch.cat([states, sources, targets], -1)))


class ArgumentHead(nn.Module):
    """Which words are of the source and of the target of a predicate."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.dropout = Dropout(ARGUMENT_DROPOUT)
        self.as_predicate = nn.Linear(size, ARGUMENT)
        self.as_argument = nn.Linear(size, ARGUMENT)
        self.bilinear = nn.Linear(ARGUMENT, len(ARGUMENTS) * ARGUMENT, bias=False)
        self.of_predicate = nn.Linear(ARGUMENT, len(ARGUMENTS))
        self.of_argument = nn.Linear(ARGUMENT, len(ARGUMENTS))

    def seeking(self, states: Tensor) -> Tensor:
        """`states`: (N, 384) of predicates. Returns (N, 2 * ARGUMENT + 2).

        That is a vector and a bias for each role; `language.model.arguments` multiplies them with
        what `of` gives.
        """
        predicate = self.dropout(nn.functional.gelu(self.as_predicate(self.dropout(states))))
        return torch.cat([self.bilinear(predicate), self.of_predicate(predicate)], -1)

    def of(self, states: Tensor) -> Tensor:
        """`states`: (R, 384) of words. Returns (R, ARGUMENT + 2): a vector and two biases."""
        argument = self.dropout(nn.functional.gelu(self.as_argument(self.dropout(states))))
        return torch.cat([argument, self.of_argument(argument)], -1)


class PairHead(Denoting):
    """The event type between the words marked as source, target and predicate."""

    def __init__(self, bert: BertModel, labels: Labels) -> None:
        size = bert.config.hidden_size
        super().__init__(size * len(ROLES), size, labels)
        self.roles = nn.Embedding(len(ROLES), size)
        nn.init.normal_(self.roles.weight, std=0.2)
        with torch.no_grad():
            self.roles.weight[0] = 0.0
        self.layers = nn.ModuleList(copy.deepcopy(layer) for layer in bert.encoder.layer[BRANCH:])
        self.norm = nn.LayerNorm(size)
        self.absent = nn.Parameter(torch.zeros(len(ROLES), size))

    def forward(self, states: Tensor, mask: Tensor, roles: Tensor) -> tuple[Tensor, ...]:
        """`states`: (B, 1 + W, 384) at the branch; `mask`, `roles`: (B, 1 + W).

        Returns what `said` does.
        """
        state = self.norm(states + self.roles(roles))
        bias = additive(mask)
        for layer in self.layers:
            state = layer(state, attention_mask=bias)
        # Row 0 is the whole sentence, the others the words of each role.
        numbers = torch.arange(len(ROLES), device=roles.device).view(1, -1, 1)
        chosen = ((roles.unsqueeze(1) == numbers) | (numbers == 0)) & (mask.unsqueeze(1) > 0)
        weights = chosen.to(state.dtype)
        count = weights.sum(-1, keepdim=True)
        mean = weights @ state / count.clamp(min=1.0)
        pooled = torch.where(count > 0, mean, self.absent)
        return self.said(pooled.flatten(1))


class Reading(nn.Module):
    """An encoder with the heads that read words."""

    def __init__(self, encoder: nn.Module, size: int, labels: Labels) -> None:
        super().__init__()
        self.encoder = encoder
        self.syntax = SyntaxHead(size, labels)
        self.entities = EntityHead(size, labels)
        self.attribution = AttributionHead(size, labels)
        self.factuality = FactualityHead(size)
        self.events = EventHead(size, labels)
        self.arguments = ArgumentHead(size)

    def read(self, feed: dict[str, Tensor]) -> dict[str, Tensor]:
        """Return the states of roots and words; `feed`: `pieces.Batch.feed` without the grid."""
        last, first = self.encoder(**feed)
        return {"last": last, "first": first}

    def answers(self, feed: dict[str, Tensor]) -> dict[str, Tensor]:
        """Return what is read off words, tags chosen, by the names of `language.model`'s outputs.

        `feed`: the `last` states and their `grid`.
        """
        last = feed["last"]
        upos, xpos, rules, arcs, as_dependent, as_parent = self.syntax(last, feed["grid"])
        tags, links = self.attribution(last)
        no_source = self.attribution.no_source(links[:, :LINK])
        return {
            **self.entities(last),
            "upos": upos.argmax(-1),
            "xpos": xpos.argmax(-1),
            "lemma": rules.argmax(-1),
            "arcs": arcs,
            "as_dependent": as_dependent,
            "as_parent": as_parent,
            "attribution": tags,
            "links": torch.cat([links, no_source], -1),
            "factuality": self.factuality(last),
            "as_argument": self.arguments.of(last),
        }

    def labels(self, feed: dict[str, Tensor]) -> dict[str, Tensor]:
        """Return the labels of arcs; `feed`: the vectors of `dependents` and their `parents`."""
        return {"deprel": self.syntax.deprel(feed["dependents"], feed["parents"]).argmax(-1)}

    def seeking(self, feed: dict[str, Tensor]) -> dict[str, Tensor]:
        """Return the vectors by which `predicates` find their parties."""
        return {"as_predicate": self.arguments.seeking(feed["predicates"])}

    def denoted(self, feed: dict[str, Tensor]) -> dict[str, Tensor]:
        """Return what predicates denote; `feed`: `predicates`, `sources`, `targets`."""
        given = feed["predicates"], feed["sources"], feed["targets"]
        return dict(zip(EVENT_OUTPUTS, self.events(*given), strict=True))

    def pretrained(self) -> list[nn.Parameter]:
        """The parameters that start from the language model and so want the lower rate."""
        return list(self.encoder.parameters())

    def new(self) -> list[nn.Parameter]:
        """The parameters that start from nothing."""
        known = {id(parameter) for parameter in self.pretrained()}
        return [parameter for parameter in self.parameters() if id(parameter) not in known]


class Network(Reading):
    """What is shipped: the encoder, the heads that read words, and two pair heads.

    `pair` tells what a predicate denotes between its parties; `whole` what type PLOVER gives a
    sentence for the two that are marked in it (docs/decisions/0012).
    """

    encoder: Encoder

    def __init__(self, base: str, labels: Labels) -> None:
        bert = BertModel.from_pretrained(
            base, attn_implementation="eager", attention_probs_dropout_prob=0.0
        )
        dropout.replace(bert)
        pair, whole = PairHead(bert, labels), PairHead(bert, labels)
        super().__init__(Encoder(bert), bert.config.hidden_size, labels)
        self.pair, self.whole = pair, whole

    def of_pairs(self, feed: dict[str, Tensor]) -> dict[str, Tensor]:
        """Return what is read off marked pairs; `feed`: states, present and roles."""
        given = feed["states"], feed["present"], feed["roles"]
        return dict(zip(PAIR_OUTPUTS, self.pair(*given), strict=True))

    def of_whole(self, feed: dict[str, Tensor]) -> dict[str, Tensor]:
        """Return the type of whole sentences for marked pairs; `feed` as in `of_pairs`."""
        return {"whole": self.whole(feed["states"], feed["present"], feed["roles"])[0]}

    def pretrained(self) -> list[nn.Parameter]:
        own = {id(self.encoder.near), id(self.encoder.shapes.weight)}
        layers = [*self.pair.layers.parameters(), *self.whole.layers.parameters()]
        known = [*self.encoder.parameters(), *layers]
        return [parameter for parameter in known if id(parameter) not in own]
