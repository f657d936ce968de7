"""Files and folders."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from standoff import documents
from standoff.errors import DocumentTooLargeError, InputError, NotTextError

TEXT = "The minister said that the talks with Borduria would be resumed by the end of the month.\n"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    for name in [
        "b.txt",
        "a.HTML",
        "c.pdf",
        "d.text",
        ".hidden.txt",
        "2018/e.htm",
        "2018/f.xhtml",
        ".git/g.txt",
        "2017/h.txt",
    ]:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(TEXT)
    return tmp_path


def test_folders_are_walked_in_order(archive: Path) -> None:
    found = [str(path.relative_to(archive)) for path in documents.files([archive])]
    assert found == ["a.HTML", "b.txt", "d.text", "2017/h.txt", "2018/e.htm", "2018/f.xhtml"]


def test_files_are_taken_as_they_are_given(archive: Path) -> None:
    given = [archive / "c.pdf", archive / "missing.txt", archive / ".hidden.txt"]
    assert list(documents.files(given)) == given


def test_a_link_in_a_circle_is_not_followed(archive: Path) -> None:
    (archive / "2018" / "again").symlink_to(archive)
    assert len(list(documents.files([archive]))) == 6


@pytest.mark.skipif(os.geteuid() == 0, reason="root may list every folder")
def test_a_folder_that_cannot_be_listed_is_yielded_to_say_so(archive: Path) -> None:
    (archive / "2018").chmod(0)
    try:
        found = list(documents.files([archive]))
    finally:
        (archive / "2018").chmod(0o700)
    assert archive / "2018" in found


def test_a_file_is_read_with_its_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(b"Talks\r\n\r\n" + TEXT.encode())
    document = documents.from_path(path, date="2018-11-09")
    assert document.text == "Talks\r\n\r\n" + TEXT
    assert document.title == "Talks"
    assert str(document.published) == "2018-11-09"


def test_a_page_is_read_whatever_its_suffix(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(f"<!doctype html><html><body><article><p>{TEXT}</p></article></body></html>")
    assert documents.from_path(path).text == TEXT.strip()


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("missing.txt", "no such file"),
        ("folder", "is a folder"),
        ("a\x00b", "cannot be read"),
        ("x" * 5000, "cannot be read"),
    ],
)
def test_what_cannot_be_opened_says_why(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(InputError, match=message) as caught:
        documents.from_path(tmp_path / name)
    assert caught.value.name == str(tmp_path / name)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_permission_says_so(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(TEXT)
    path.chmod(0)
    with pytest.raises(InputError, match="permission"):
        documents.from_path(path)


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "archive.txt"
    with path.open("wb") as file:
        file.truncate(documents.MAX_BYTES + 1)  # sparse: takes no room
    with pytest.raises(DocumentTooLargeError, match="50 MB"):
        documents.from_path(path)


def test_a_binary_file_says_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    with pytest.raises(NotTextError, match="PDF"):
        documents.from_path(path)
