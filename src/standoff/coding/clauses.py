"""Who does and who undergoes what, by the parse: voice, control, coordination, relative clauses.

Labels are Universal Dependencies v2. Functions take and give tokens; none knows of actors.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from standoff.coding.lexicon import lexicon

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "csubj", "csubj:pass"})
RELATIVES = frozenset({"who", "which", "that", "whom", "whose"})
NEGATIONS = frozenset({"not", "n't", "never", "no", "neither", "nor", "hardly", "without"})

#: How far up a chain of clauses control is followed; deeper nesting is noise, and loops must end.
MAX_DEPTH = 8


def children(token: Token, *deps: str) -> list[Token]:
    """Return the dependents of `token` with one of the labels, in text order."""
    return [child for child in token.children if child.dep_ in deps]


def cases(token: Token) -> set[str]:
    """Return the prepositions and markers that introduce `token`, lower-case.

    Those that a parse hangs on a title before a name count too ("between Secretary X and …").
    """
    titles = [c for c in token.children if c.dep_ in {"nmod:desc", "compound"} and c.i < token.i]
    return {
        child.lower_
        for word in (token, *titles)
        for child in word.children
        if child.dep_ in {"case", "mark"}
    }


def above(token: Token) -> Token:
    """Return the head of a token, mended where the parser joins a verb to the wrong partner.

    In "denied that it had helped and accused Oslo" the simple past goes on from *denied*, not from
    the pluperfect beside it: whoever denied also accused.
    """
    head = token.head
    if token.dep_ != "conj" or token.tag_ != "VBD" or head.dep_ != "ccomp":
        return head
    pluperfect = any(c.lower_ == "had" for c in children(head, "aux"))
    return head.head if pluperfect and head.head.tag_ == "VBD" else head


def is_passive(verb: Token) -> bool:
    """Tell whether a verb is in the passive, reduced relative clauses ("talks held") included."""
    if any(
        child.dep_ in {"nsubj:pass", "aux:pass", "csubj:pass", "obl:agent"}
        for child in verb.children
    ):
        return True
    if verb.dep_ == "conj" and verb.tag_ == "VBN" and not _own_subject(verb):
        return verb.head.pos_ == "VERB" and verb.head.tag_ == "VBN" and is_passive(verb.head)
    return verb.tag_ == "VBN" and verb.dep_ == "acl"


def subject(verb: Token, depth: int = 0) -> Token | None:
    """Return the grammatical subject of a verb, its own or one it shares by its construction.

    Conjuncts share their first verb's; open complements are controlled by the subject or, under
    a verb such as *urge*, the object; participles take the noun or clause they modify; infinitives
    under a noun take its possessor ("its willingness to talk").
    """
    own = _own_subject(verb)
    if own is not None:
        return antecedent(own, verb)
    if depth >= MAX_DEPTH or verb.head == verb:
        return None
    head, dep = above(verb), verb.dep_
    if dep in {"acl", "acl:relcl"}:
        if verb.tag_ == "VBG" and lexicon().stance(head):
            # "issued a statement blasting the mayor": whoever the words are from.
            return _possessor(head) or _governing_subject(head, depth) or head
        if verb.tag_ in {"VBG", "VBN"} or dep == "acl:relcl":
            return head
        return _possessor(head) or _governing_subject(head, depth)
    if dep in {"xcomp", "advcl"} and (_controls_by_object(head) or _is_laid_to_object(verb)):
        found = children(head, "obj", "iobj") or children(head, "nsubj:pass")
        if found:
            return found[0]
    if dep in {"conj", "xcomp", "advcl", "ccomp", "parataxis"}:
        if head.pos_ in {"VERB", "AUX", "ADJ"} or _own_subject(head) is not None:
            return subject(head, depth + 1)
        return _possessor(head) or _governing_subject(head, depth)
    return None


def _own_subject(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ in SUBJECTS:
            return child
    return None


def _possessor(noun: Token) -> Token | None:
    found = children(noun, "nmod:poss")
    return found[0] if found else None


def _governing_subject(noun: Token, depth: int) -> Token | None:
    """Return the subject of the verb that a noun depends on ("took steps to denuclearise")."""
    if noun.dep_ in {"obj", "obl", "conj", "xcomp", "nmod"} and noun.head != noun:
        if noun.head.pos_ in {"VERB", "AUX"}:
            return subject(noun.head, depth + 1)
        if depth < MAX_DEPTH:
            return _possessor(noun.head) or _governing_subject(noun.head, depth + 1)
    return None


def _controls_by_object(verb: Token) -> bool:
    sense = lexicon().sense(verb)
    return sense is not None and "object_control" in sense.flags


def _is_laid_to_object(verb: Token) -> bool:
    """Tell whether a gerund says what the object did: "accused B of attacking", "kept B from"."""
    return verb.tag_ == "VBG" and bool(cases(verb) & {"of", "for", "from"})


def speaker(cue: Token) -> Token | None:
    """Return whose words a speech cue reports: the agent of a verb, a noun itself."""
    return next(iter(agents(cue)), None) if cue.pos_ == "VERB" else cue


def antecedent(pronoun: Token, verb: Token) -> Token:
    """Return the noun that a relative pronoun stands for, or the pronoun itself."""
    if pronoun.lower_ in RELATIVES and pronoun.pos_ in {"PRON", "DET", "SCONJ"}:
        for clause in (verb, *verb.ancestors):
            if clause.dep_ == "acl:relcl":
                return clause.head
    return pronoun


def agents(verb: Token) -> list[Token]:
    """Return who does it: the subject in the active, the by-phrase in the passive."""
    if is_passive(verb):
        by = children(verb, "obl:agent")
        return by or [c for c in children(verb, "obl") if "by" in cases(c)]
    found = subject(verb)
    return [found] if found is not None else []


def patients(verb: Token) -> list[Token]:
    """Return what undergoes it: objects in the active, the subject in the passive."""
    if is_passive(verb):
        found = subject(verb)
        return [found] if found is not None else []
    objects = [antecedent(child, verb) for child in children(verb, "obj", "iobj")]
    if not objects:
        # A parser's slip with particle verbs ("called off the talks"): an oblique without a case.
        objects = [c for c in children(verb, "obl") if c.i > verb.i and not cases(c)]
    own = _own_subject(verb)
    if not objects and verb.dep_ == "acl:relcl" and own is not None:
        # "the talks that Iran called off": the gap is the object unless the subject is the pronoun.
        if own.lower_ not in RELATIVES:
            return [verb.head]
    elif not objects and verb.dep_ == "conj" and _shares_object(verb):
        return children(verb.head, "obj")
    return objects or _objects_of_last(verb)


def _objects_of_last(verb: Token) -> list[Token]:
    """Return the object after the last of several verbs ("condemned and punished B")."""
    partners = [c for c in children(verb, "conj") if c.pos_ == "VERB" and not _own_subject(c)]
    if not partners or children(verb, "ccomp", "xcomp", "obl") or lexicon().sense(verb) is None:
        return []
    return children(partners[-1], "obj")


def _shares_object(verb: Token) -> bool:
    """Tell whether a conjoined verb stands right beside its partner, object after both."""
    return verb.head.i < verb.i and not any(
        child.dep_ == "obj" and child.i < verb.i for child in verb.head.children
    )


#: What hangs on a noun and is no part of its phrase.
_APART = frozenset({"acl", "acl:relcl", "appos", "conj", "parataxis", "cc", "punct", "case", "dep"})


def phrase(noun: Token) -> range:
    """Return the tokens of a noun phrase, without clauses, appositions and further conjuncts."""
    first = last = noun
    for child in noun.children:
        if child.dep_ in _APART or (child.i > noun.i and child.dep_.startswith("advcl")):
            continue
        inside = range(child.left_edge.i, child.right_edge.i + 1)
        if child.i < noun.i and inside.start < first.i:
            first = child.doc[inside.start]
        elif child.i > noun.i:
            inner = phrase(child)
            last = child.doc[max(last.i, inner.stop - 1)]
    return range(first.i, last.i + 1)


def obliques(token: Token) -> Iterator[tuple[str, Token]]:
    """Yield (preposition, noun) for the prepositional dependents of a verb or noun."""
    for child in token.children:
        if child.dep_.split(":")[0] in {"obl", "nmod"} and child.dep_ != "nmod:poss":
            for case in cases(child):
                yield case, child


def is_negated(token: Token) -> bool:
    """Tell whether a verb or noun is negated in its own clause ("not only" negates nothing)."""
    if token.pos_ in {"VERB", "AUX"}:
        parties = [c for c in token.children if c.dep_ in SUBJECTS or c.dep_.startswith("obl")]
        labels = ("det", "cc:preconj", "cc")
        if any(c.lower_ in {"no", "neither"} for p in parties for c in children(p, *labels)):
            return True
    return any(
        child.lower_ in NEGATIONS
        and not (child.i + 1 < len(child.doc) and child.nbor().lower_ in {"only", "just", "merely"})
        and child.dep_ in {"advmod", "det", "cc", "cc:preconj", "case", "mark"}
        for child in token.children
    )


def warns_of_a_fact(verb: Token) -> bool:
    """Tell whether "warned" introduces what is, not what the speaker may do.

    "Warned that trust was at a dangerous stage" threatens nobody; "warned that it would retaliate"
    does.
    """
    if verb.lemma_ != "warn" or verb.pos_ != "VERB":
        return False
    told = children(verb, "ccomp")
    if not told or any(word.tag_ == "MD" for clause in told for word in clause.children):
        return False
    copulas = [be for clause in told for be in children(clause, "cop")]
    return any(be.tag_ in {"VBD", "VBZ", "VBP"} for be in copulas)


def modals(verb: Token) -> set[str]:
    """Return a verb's modal auxiliaries, those it shares by coordination included."""
    found = {child.lower_ for child in children(verb, "aux") if child.tag_ == "MD"}
    if not found and verb.dep_ == "conj" and verb.head.pos_ == "VERB" and verb.tag_ in {"VB"}:
        return modals(verb.head)
    return found
