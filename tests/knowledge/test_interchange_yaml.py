import pytest

from knowledge.interchange_yaml import MAX_CHARACTERS, read_yaml
from knowledge.messages import Problem


def content_of(text: str) -> object:
    content, problems = read_yaml(text)
    assert problems == ()
    return content


@pytest.mark.parametrize("text", ["12:30", "2026-11-02", "No", "yes", "45.000", "0012", "1e3", "0x1F"])
def test_a_scalar_is_the_text_that_stands_there(text: str) -> None:
    assert content_of(f"a: {text}") == {"a": text}


@pytest.mark.parametrize(
    ("text", "value"), [("null", None), ("~", None), ("", None), ("true", True), ("False", False)]
)
def test_null_and_flags_are_what_they_are(text: str, value: object) -> None:
    assert content_of(f"a: {text}") == {"a": value}


def test_aliases_are_written_out() -> None:
    assert content_of("a: &x [1, 2]\nb: *x") == {"a": ["1", "2"], "b": ["1", "2"]}


def test_a_name_that_is_there_twice_is_told_with_its_line() -> None:
    assert read_yaml("a: 1\nb: 2\na: 3")[1] == (Problem(where="line 3", reason="duplicate_name", value="a"),)


BOMB = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 9)
)


@pytest.mark.parametrize("text", ["[" * 100_000, "{a: " * 1000, BOMB, "a: &x [*x]", "a: &x {b: *x}"])
def test_what_grows_without_bound_is_refused(text: str) -> None:
    assert read_yaml(text) == (None, (Problem(where="", reason="too_deep"),))


def test_a_huge_file_is_not_even_looked_at() -> None:
    assert read_yaml(" " * (MAX_CHARACTERS + 1)) == (None, (Problem(where="", reason="too_large"),))


@pytest.mark.parametrize(
    "text",
    [
        "a: [",
        "a: b: c",
        "? [1]\n: 2",
        "a: !!python/object:os.system x",
        "a: !!int abc",
        "a: 1\n---\nb: 2",
        "\ud800",
    ],
)
def test_what_is_not_yaml_is_told(text: str) -> None:
    content, problems = read_yaml(text)
    assert content is None
    assert [problem.reason for problem in problems] == ["not_yaml"]
