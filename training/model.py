"""The network: one encoder, and heads that read its word states.

The encoder is a BERT (here MiniLM, 6 layers of 384); a word's state is that of its first piece,
and [CLS] stands for the root. Heads:

- *syntax*: UPOS, XPOS and lemma rule by one linear layer each; arcs by a biaffine score
  (Dozat and Manning 2017); the label of an arc by a bilinear form of low rank, so that it can be
  scored for the chosen arcs alone, outside the graph, at little cost;
- *pair*: the event type between a marked source and target. The marks are role embeddings added
  to word states low in the encoder; copies of the language model's layers above then read the
  sentence anew with the roles in sight, over words rather than word-pieces.
"""

from __future__ import annotations

import copy
from typing import cast

import torch
from torch import Tensor, nn
from transformers import BertModel

from .corpora import ROLES, Labels

ARC = 256
LABEL = 192
DROPOUT = 0.2


class Encoder(nn.Module):
    """Word-pieces to word states, after the last layer and after layer `branch`."""

    def __init__(self, bert: BertModel, branch: int) -> None:
        super().__init__()
        self.embeddings = bert.embeddings
        self.layers = bert.encoder.layer
        self.branch = branch

    def forward(self, ids: Tensor, mask: Tensor, starts: Tensor) -> tuple[Tensor, Tensor]:
        """`ids`, `mask`: (B, P); `starts`: (B, 1 + W). Returns two (B, 1 + W, 384)."""
        state = self.embeddings(input_ids=ids)
        bias = additive(mask)
        middle = state
        for depth, layer in enumerate(self.layers, start=1):
            state = layer(state, attention_mask=bias)
            if depth == self.branch:
                middle = state
        index = starts.unsqueeze(-1).expand(-1, -1, state.shape[-1])
        return state.gather(1, index), middle.gather(1, index)


def additive(mask: Tensor) -> Tensor:
    """Return a (B, 1, 1, N) bias that hides masked positions from attention."""
    return (1.0 - mask[:, None, None, :].to(torch.float32)) * -1e4


class SyntaxHead(nn.Module):
    """Tags, lemma rules, arc scores and the two sides of arc labels, for each word."""

    def __init__(self, size: int, labels: Labels) -> None:
        super().__init__()
        self.dropout = nn.Dropout(DROPOUT)
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

    def forward(self, states: Tensor) -> tuple[Tensor, ...]:
        """`states`: (B, 1 + W, 384).

        Returns UPOS, XPOS and lemma scores (B, W, labels), arc scores (B, W, 1 + W), and the
        label vectors of dependents (B, W, LABEL) and heads (B, 1 + W, LABEL).
        """
        states = self.dropout(states)
        words = states[:, 1:]
        act = nn.functional.gelu
        dependent = self.dropout(act(self.arc_dependent(words)))
        head = self.dropout(act(self.arc_head(states)))
        arcs = dependent @ self.arc @ head.transpose(1, 2) + self.arc_bias(head).transpose(1, 2)
        return (
            self.upos(words),
            self.xpos(words),
            self.lemma(words),
            arcs,
            self.dropout(act(self.label_dependent(words))),
            self.dropout(act(self.label_head(states))),
        )

    def deprel(self, dependent: Tensor, head: Tensor) -> Tensor:
        """Score the labels of arcs: two (…, LABEL) sides to (…, labels)."""
        return cast(Tensor, self.label(torch.cat([dependent * head, dependent, head], -1)))


class PairHead(nn.Module):
    """The event type between the words marked as source, target and predicate."""

    def __init__(self, bert: BertModel, branch: int, labels: Labels) -> None:
        super().__init__()
        size = bert.config.hidden_size
        self.roles = nn.Embedding(len(ROLES), size)
        nn.init.normal_(self.roles.weight, std=0.2)
        with torch.no_grad():
            self.roles.weight[0] = 0.0
        self.layers = nn.ModuleList(copy.deepcopy(layer) for layer in bert.encoder.layer[branch:])
        self.norm = nn.LayerNorm(size)
        self.absent = nn.Parameter(torch.zeros(len(ROLES), size))
        self.dropout = nn.Dropout(DROPOUT)
        self.hidden = nn.Linear(size * len(ROLES), size)
        self.event_type = nn.Linear(size, len(labels.type))

    def forward(self, states: Tensor, mask: Tensor, roles: Tensor) -> Tensor:
        """`states`: (B, 1 + W, 384) at the branch; `mask`, `roles`: (B, 1 + W). Type scores."""
        state = self.norm(states + self.roles(roles))
        bias = additive(mask)
        for layer in self.layers:
            state = layer(state, attention_mask=bias)
        pooled = [(state * mask.unsqueeze(-1)).sum(1) / mask.sum(1, keepdim=True)]
        for role in range(1, len(ROLES)):
            chosen = ((roles == role) & (mask > 0)).to(state.dtype).unsqueeze(-1)
            count = chosen.sum(1)
            mean = (state * chosen).sum(1) / count.clamp(min=1.0)
            pooled.append(torch.where(count > 0, mean, self.absent[role].expand_as(mean)))
        features = self.dropout(torch.cat(pooled, -1))
        hidden = nn.functional.gelu(self.hidden(features))
        return cast(Tensor, self.event_type(self.dropout(hidden)))


class Network(nn.Module):
    """The encoder with its heads."""

    def __init__(self, base: str, branch: int, labels: Labels) -> None:
        super().__init__()
        bert = BertModel.from_pretrained(base, attn_implementation="eager")
        self.encoder = Encoder(bert, branch)
        self.syntax = SyntaxHead(bert.config.hidden_size, labels)
        self.pair = PairHead(bert, branch, labels)

    def pretrained(self) -> list[nn.Parameter]:
        """The parameters that start from the language model and so want the lower rate."""
        return [*self.encoder.parameters(), *self.pair.layers.parameters()]

    def new(self) -> list[nn.Parameter]:
        """The parameters that start from nothing."""
        known = {id(parameter) for parameter in self.pretrained()}
        return [parameter for parameter in self.parameters() if id(parameter) not in known]
