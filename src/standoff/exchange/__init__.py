"""Exchange with other programs: tables of other data sets, annotations, provenance; out and in.

One record, each format a module of its own:

    brat            .ann files beside the text, for annotators; out and in
    annotations     W3C Web Annotation, JSON-LD; out and in
    provenance      PROV-O, JSON-LD; out
    conllu          CoNLL-U with entities and events; out

Accounts and events of a store, as tables, each with a manifest beside it:

    icews           ICEWS coded event data; out and in
    gdelt           GDELT 2.0 event table; out and in
    polecat         POLECAT weekly files; out and in
    acled           a profile in ACLED's columns, which is not ACLED's coding; out
    tables          every field of an account: CSV, Parquet, Excel; out
    jsonl           every field of an account, without loss; out and in
    manifest        what an export holds, and whether it still does
"""
