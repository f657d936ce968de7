"""The readers of annotated sets, on small files of our own."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from benchmarks import scores, sets, treebanks

GUM = """\
# newdoc id = one
# newpar
# sent_id = one-1
# text = Governor Ann Bell left the University of Graz.
1\tGovernor\tgovernor\tPROPN\tNNP\t_\t2\tnmod:desc\t_\tEntity=(1-person-new-nnnnn-cf1-2-sgl
2\tAnn\tAnn\tPROPN\tNNP\t_\t4\tnsubj\t_\t_
3\tBell\tBell\tPROPN\tNNP\t_\t2\tflat\t_\tEntity=1)
4\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\t_
5\tthe\tthe\tDET\tDT\t_\t6\tdet\t_\tEntity=(2-organization-new-nnnnn-cf2-2-sgl
6\tUniversity\tUniversity\tPROPN\tNNP\t_\t4\tobj\t_\t_
7\tof\tof\tADP\tIN\t_\t8\tcase\t_\t_
8\tGraz\tGraz\tPROPN\tNNP\t_\t6\tnmod\t_\tEntity=(3-place-new-nnnnn-cf3-1-sgl)2)
9\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

# sent_id = one-2
# text = The President and Austrians left.
1\tThe\tthe\tDET\tDT\t_\t2\tdet\t_\tEntity=(4-person-new-nnnnn-cf1-2-sgl
2\tPresident\tpresident\tPROPN\tNNP\t_\t5\tnsubj\t_\tEntity=4)
3\tand\tand\tCCONJ\tCC\t_\t4\tcc\t_\t_
4\tAustrians\tAustrian\tPROPN\tNNPS\t_\t2\tconj\t_\tEntity=(5-person-new-nnnnn-cf1-2-sgl)
5\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No
6\t.\t.\tPUNCT\t.\t_\t5\tpunct\t_\t_
"""


def write(path: Path, text: str) -> Path:
    path.write_bytes(gzip.compress(text.encode()))
    return path


def test_names_are_cut_from_noun_phrases_and_the_outer_one_counts(tmp_path: Path) -> None:
    first, second = treebanks.read(write(tmp_path / "gum.conllu.gz", GUM))
    assert sets.names(first) == [(1, 3, "person"), (5, 8, "organization")]
    assert sets.names(second) == []


@pytest.mark.parametrize(
    ("tags", "spans"),
    [
        (["I-ORG", "I-ORG", "O"], [(0, 2, "ORG")]),
        (["B-ORG", "B-ORG"], [(0, 1, "ORG"), (1, 2, "ORG")]),
        (["B-ORG", "I-PER"], [(0, 1, "ORG"), (1, 2, "PER")]),
        (["O", "O"], []),
    ],
)
def test_spans_of_iob_tags(tags: list[str], spans: list[tuple[int, int, str]]) -> None:
    assert sets.spans_of(tags) == spans


def test_stray_labels_of_universal_ner_are_left_out(tmp_path: Path) -> None:
    text = "# text = Ann met Bell\n1\tAnn\tB-PER\t-\t-\n2\tmet\tB-OTH\t-\t-\n3\tBell\tB-PER\t-\t-\n"
    (row,) = sets.universal_ner(write(tmp_path / "uner.gz", text))
    assert row.words == ["Ann", "met", "Bell"]
    assert row.spans == [(0, 1, "PER"), (2, 3, "PER")]


def test_parts_of_a_span_that_touch_are_one(tmp_path: Path) -> None:
    text = "It is over, she said, for good."
    marks = {"source": [[12, 15]], "cue": [[16, 20]], "content": [[0, 2], [3, 11], [22, 30]]}
    path = write(tmp_path / "a.jsonl.gz", json.dumps({"text": text, "attributions": [marks]}))
    (article,) = sets.articles(path)
    assert article.attributions[0].content == ((0, 11), (22, 30))


def test_rows_of_one_sentence_become_one(tmp_path: Path) -> None:
    rows = [
        {"text": "Talks took place .", "targets": [{"span1": [1, 3], "label": 3.0}]},
        {"text": "Talks took place .", "targets": [{"span1": [0, 1], "label": 2.5}]},
    ]
    path = write(tmp_path / "f.jsonl.gz", "\n".join(map(json.dumps, rows)))
    (row,) = sets.factuality(path)
    assert row.values == {2: 3.0, 0: 2.5}


def test_an_answer_is_right_when_it_equals_a_wanted_one() -> None:
    tally = scores.Tally()
    tally.add([(0, 1, "ORG"), (2, 3, "PER")], [(0, 1, "ORG"), (2, 4, "PER"), (5, 6, "PER")])
    assert tally.scores() == {"precision": 50.0, "recall": 33.33, "f1": 40.0, "gold": 3}
    assert scores.Tally().scores()["f1"] == 0.0
