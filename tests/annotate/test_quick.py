"""Starting sooner must change nothing that a user of spaCy or of the garbage collector sees."""

from __future__ import annotations

import gc
import os
import subprocess
import sys

import pytest

from communique.garbage import undisturbed


def _python(code: str) -> str:
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=env)
    return done.stdout.strip()


def test_spacy_comes_without_its_command_line_and_its_info_still_works() -> None:
    code = (
        "import communique.annotate, sys\n"
        "print('weasel' in sys.modules, 'spacy.cli' in sys.modules)\n"
        "import spacy\n"
        "print(spacy.info(silent=True)['spacy_version'] == spacy.__version__)\n"
        "import spacy.cli\n"
        "print(hasattr(spacy.cli, 'download'))\n"
    )
    assert _python(code).split() == ["False", "False", "True", "True"]


def test_a_spacy_that_is_there_already_is_left_as_it_is() -> None:
    code = "import spacy, sys\nwhole = sys.modules['spacy.cli']\nimport communique.annotate\n"
    assert _python(code + "print(sys.modules['spacy.cli'] is whole and spacy.cli is whole)") == "True"


def test_the_search_for_garbage_goes_on_after_a_document_and_after_a_fault() -> None:
    assert gc.isenabled()
    with undisturbed():
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(ValueError, match="lost"), undisturbed():
        raise ValueError("lost")
    assert gc.isenabled()


def test_who_switched_the_search_off_finds_it_off() -> None:
    gc.disable()
    try:
        with undisturbed():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
