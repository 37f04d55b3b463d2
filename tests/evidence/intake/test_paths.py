"""From a folder only what lies in it is taken."""

from __future__ import annotations

from rootline.evidence.intake.paths import files_of


def test_a_link_that_leads_out_of_the_folder_is_passed_over_and_one_inside_is_taken(tmp_path):
    folder = tmp_path / "papers"
    folder.mkdir()
    secret = tmp_path / "secret.txt"
    secret.write_text("not to be taken")
    (folder / "own.txt").write_text("own")
    (folder / "again.txt").symlink_to(folder / "own.txt")
    (folder / "out.txt").symlink_to(secret)
    (folder / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    passed_over = []
    assert [path.name for path in files_of([str(folder)], passed_over.append)] == ["again.txt", "own.txt"]
    assert [path.name for path in passed_over] == ["gone.txt", "out.txt"]
    assert files_of([str(folder / "out.txt")], passed_over.append) == [folder / "out.txt"], "one that is named is meant"
