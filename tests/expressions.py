"""How many steps a regular expression takes on a text, counted and not timed.

`grows(pattern, anchored=...)` gives a text on which the steps grow faster than the text, or None.
The texts are made from the expression itself: what leads to one of its repeats, then what that
repeat takes, again and again, then something that does not fit. A bound is cut down to `BOUND`, so
that short texts tell; one of more than `FAR` counts as none.
"""

import ast
import random
import re
import sys
from functools import cache
from pathlib import Path
from re import _constants as op
from re import _parser

BOUND, FAR = 3, 300
# How often a repeat is fed: on a straight line the steps between are equal, by sixes since one match
# may take two or three at a time.
TIMES = (6, 12, 18)
LEAST = 24  # more steps than on a straight line
MOST = 200_000
SIGNS = [*map(chr, (9, 10, 13, *range(32, 127))), *"\xa0é中。：\u3000“”—’Аñが١？、（）…"]
REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
ONE = (op.LITERAL, op.NOT_LITERAL, op.ANY, op.IN)
EDGES = {op.AT_BOUNDARY: r"\b", op.AT_NON_BOUNDARY: r"\B"}


class TooMany(Exception):
    """More steps than any text of this length should take."""


def grows(pattern, flags=0, *, anchored=False):
    """A text on which the steps grow faster than its length, shortened; None if they do not."""
    sys.setrecursionlimit(max(sys.getrecursionlimit(), 20_000))
    tree = _parser.parse(pattern, flags)
    count = Steps(tree, tree.state.flags)
    tried = set()
    for before, pump, after in attacks(tree, tree.state.flags):
        texts = [before + pump * n + after for n in TIMES]
        if texts[0] not in tried:
            tried.add(texts[0])
            try:
                few, some, many = (count(text, anchored=anchored) for text in texts)
            except TooMany:
                return before, pump, after
            if many - 2 * some + few > LEAST:
                return before, pump, after
    return None


def attacks(tree, flags):
    """What may lead to a repeat, what feeds it, and an end that does not fit."""
    rng = random.Random(0)
    signs = representatives(tree, flags)
    for before, body, after in repeats(tree):
        fed = [sign for sign in signs if any(i[0] in ONE and takes(i, sign, flags) for i in body)]
        bodies = [sample(body, rng, flags) for _ in range(2)]
        start = sample(before, rng, flags)
        for pump in dict.fromkeys(filter(None, bodies + rng.sample(fed, min(len(fed), 6)))):
            yield "", start + pump, "\0"
            for begin in dict.fromkeys(("", start)):
                yield begin, pump, "\0"
        if bodies[0]:
            yield start, bodies[0], sample(after, rng, flags)[:-1]
            yield "", bodies[0], "\n!"


def repeats(tree, before=()):
    """Each unbounded repeat: what stands before it, its body, what comes after."""
    items = list(tree)
    for i, (kind, value) in enumerate(items):
        led = (*before, *items[:i])
        if kind in REPEATS and value[1] > FAR:
            yield led, list(value[2]), items[i + 1 :]
        for part in parts(kind, value):
            yield from repeats(part, led)


def parts(kind, value):
    """The expressions inside one item."""
    if kind in REPEATS:
        return [value[2]]
    if kind is op.SUBPATTERN:
        return [value[3]]
    if kind is op.ATOMIC_GROUP:
        return [value]
    if kind is op.BRANCH:
        return value[1]
    if kind in (op.ASSERT, op.ASSERT_NOT):
        return [value[1]]
    return []


def representatives(tree, flags):
    """One sign of each sort that the expression tells apart."""
    sets = {repr(item): item for item in single(tree)}
    sorts = {}
    for sign in SIGNS:
        sorts.setdefault(tuple(takes(item, sign, flags) for item in sets.values()), sign)
    return list(sorts.values())


def single(tree):
    for kind, value in tree:
        if kind in ONE:
            yield kind, value
        few = parts(kind, value)
        for part in few if len(few) < 9 else [p for p in few if any(True for _ in repeats(p))]:
            yield from single(part)


def sample(tree, rng, flags):
    """A text that the expression takes, about."""
    found = []
    for kind, value in tree:
        if kind in ONE:
            found.append(_any(kind, value, rng, flags))
        elif kind in REPEATS:
            times = value[0] if rng.random() < 0.5 else max(value[0], 1)
            found += [sample(value[2], rng, flags) for _ in range(min(times, value[1]))]
        elif kind in (op.SUBPATTERN, op.BRANCH, op.ATOMIC_GROUP):
            found.append(sample(rng.choice(parts(kind, value)), rng, flags))
    return "".join(found)


def _any(kind, value, rng, flags):
    if kind is op.LITERAL:
        return chr(value)
    fit = [sign for sign in SIGNS if takes((kind, value), sign, flags)]
    return rng.choice(fit) if fit else "q"


def takes(item, sign, flags):
    """Whether an item for one sign takes this one."""
    return _taker(repr(item), item[0], _frozen(item[1]), flags)(sign) is not None


def _frozen(value):
    return tuple(map(_frozen, value)) if isinstance(value, list | tuple) else value


@cache
def _taker(_, kind, value, flags):
    one = _parser.SubPattern(_parser.State(), [(kind, list(value) if kind is op.IN else value)])
    one.state.flags = flags
    from re import _compiler

    code = _compiler._code(one, flags)
    from _sre import compile as compile_

    return compile_("", flags, code, 0, {}, (None,)).fullmatch


class Steps:
    """Goes through a text as `re` does, and counts."""

    def __init__(self, tree, flags):
        self.flags, self.start = flags, self._all([*tree])

    def __call__(self, text, *, anchored):
        """The steps to look at the whole text, or at its beginning alone."""
        self.n, self.text, self.groups = 0, text, {}
        if anchored:
            self.start(0, lambda at: at)
            return self.n
        at = 0
        while at <= len(text):
            end = self.start(at, lambda at: at)
            at = end if end is not None and end > at else at + 1
        return self.n

    def step(self):
        self.n += 1
        if self.n > MOST:
            raise TooMany

    def _all(self, items):
        """One after the other: each is a function of a place and of what comes then."""
        steps = [self._one(kind, value) for kind, value in items]

        def run(at, then, i=0):
            if i == len(steps):
                return then(at)
            return steps[i](at, lambda end: run(end, then, i + 1))

        return run

    def _one(self, kind, value):
        if kind in ONE:
            return self._sign((kind, value))
        if kind in REPEATS:
            return self._repeat(kind, *value)
        if kind is op.BRANCH:
            return self._either([self._all([*part]) for part in few(value[1])])
        if kind is op.SUBPATTERN:
            return self._group(value[0], self._all([*value[3]]))
        if kind is op.GROUPREF:
            return self._again(value)
        if kind is op.ATOMIC_GROUP:
            return self._atomic(self._all([*value]))
        if kind in (op.ASSERT, op.ASSERT_NOT):
            return self._look(kind is op.ASSERT, value[0], value[1])
        if kind is op.AT:
            return self._edge(value)
        raise NotImplementedError(kind)

    def _sign(self, item):
        def run(at, then):
            self.step()
            fits = at < len(self.text) and takes(item, self.text[at], self.flags)
            return then(at + 1) if fits else None

        return run

    def _repeat(self, kind, least, most, body):
        single = len(body) == 1 and body[0][0] in ONE and kind is not op.MIN_REPEAT
        if single and (least, most) in ((0, op.MAXREPEAT), (1, op.MAXREPEAT)):
            return self._run(body[0], least, kind is op.POSSESSIVE_REPEAT)
        one = self._all([*body])
        least, most = min(least, BOUND), most if most > FAR else min(most, BOUND)

        def more(at, then, n):
            self.step()
            if n >= most:
                return then(at)

            def again(end):
                return more(end, then, n + 1) if end > at or n < least else None

            if n < least:
                return one(at, again)
            if kind is op.MIN_REPEAT:
                end = then(at)
                return one(at, again) if end is None else end
            end = one(at, again)
            return then(at) if end is None else end

        if kind is op.POSSESSIVE_REPEAT:
            return self._atomic(lambda at, then: more(at, then, 0))
        return lambda at, then: more(at, then, 0)

    def _run(self, item, least, keeps):
        """One sign as often as it comes: the longest first, or that alone."""

        def run(at, then):
            end = at
            while end < len(self.text) and takes(item, self.text[end], self.flags):
                self.step()
                end += 1
            for stop in range(end, at + least - 1, -1):
                self.step()
                done = then(stop)
                if done is not None or keeps:
                    return done
            return None

        return run

    def _either(self, choices):
        def run(at, then):
            for choice in choices:
                end = choice(at, then)
                if end is not None:
                    return end
            return None

        return run

    def _group(self, number, body):
        def run(at, then):
            def closed(end):
                self.groups[number] = self.text[at:end]
                return then(end)

            return body(at, closed)

        return run

    def _again(self, number):
        def run(at, then):
            said = self.groups.get(number)
            fits = said is not None and self.text.startswith(said, at)
            return then(at + len(said)) if fits else None

        return run

    def _atomic(self, body):
        def run(at, then):
            end = body(at, lambda end: end)
            return None if end is None else then(end)

        return run

    def _look(self, wanted, direction, tree):
        body, (width, _) = self._all([*tree]), tree.getwidth()

        def run(at, then):
            begin = at if direction > 0 else at - width
            found = begin >= 0 and body(begin, lambda end: end) is not None
            return then(at) if found == wanted else None

        return run

    def _edge(self, where):
        def run(at, then):
            text = self.text
            if where in EDGES:
                fits = re.compile(EDGES[where]).match(text, at) is not None
            elif where is op.AT_BEGINNING and self.flags & re.MULTILINE:
                fits = at == 0 or text[at - 1] == "\n"
            elif where in (op.AT_BEGINNING, op.AT_BEGINNING_STRING):
                fits = at == 0
            elif where is op.AT_END and self.flags & re.MULTILINE:
                fits = at == len(text) or text[at] == "\n"
            else:
                fits = at == len(text) or (where is op.AT_END and text[at:] == "\n")
            return then(at) if fits else None

        return run


def few(choices):
    """Of many words to choose from some; all that hold a repeat."""
    plain = [part for part in choices if not any(True for _ in repeats(part))]
    return [part for part in choices if part not in plain or part in plain[:4]]


SCANS = {"search", "sub", "subn", "findall", "finditer", "split"}
AT_ONCE = {"match", "fullmatch"}
CALLS = {"compile", *SCANS, *AT_ONCE}


def compiled(package, exercise):
    """Every expression that is compiled in `package` while `exercise()` runs, and where."""
    found, inner = {}, re._compile

    def noted(pattern, flags):
        frame = sys._getframe(2)
        while frame.f_code.co_name in ("<listcomp>", "<genexpr>"):
            frame = frame.f_back
        place = Path(frame.f_code.co_filename)
        if not isinstance(pattern, re.Pattern) and place.is_relative_to(package):
            call = sys._getframe(1).f_code.co_name
            key = (pattern, int(flags))
            found.setdefault(key, set()).add((str(place), frame.f_lineno, call))
        return inner(pattern, flags)

    re._compile = noted
    try:
        exercise()
    finally:
        re._compile = inner
    return found


def constant(node):
    """The expression in a call, and its flags, where both stand there in full; or None."""
    given = [*node.args, *(word.value for word in node.keywords)]
    if not given or not isinstance(given[0], ast.Constant):
        return None
    named = " ".join(map(ast.unparse, given[1:]))
    flags = [getattr(re, name) for name in re.findall(r"\bre\.([A-Z]+)\b", named)]
    return given[0].value, int(sum(flags))


class Uses(ast.NodeVisitor):
    """How the expressions of a package are used, by the names that they are bound to."""

    def __init__(self, package):
        self.how, self.bound, self.imported, self.calls, self.in_files = {}, {}, {}, [], {}
        for path in package.rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            self.path, self.of_files = str(path), "getattr(" in text and "Patterns(" in text
            self.visit(ast.parse(text))

    def visit_Attribute(self, node):
        if node.attr in SCANS | AT_ONCE:
            self.how.setdefault((self.path, _name(node.value)), set()).add(node.attr)
        self.generic_visit(node)

        if ast.unparse(node.value).isupper():  # of a file of patterns
            self.in_files.setdefault(node.attr, set())
        elif node.attr in SCANS and ast.unparse(node.value).partition(".")[0].isupper():
            self.in_files.setdefault(_name(node.value), set()).add(node.attr)
        self.generic_visit(node)

    def visit_ImportFrom(self, node):
        module = f"/{(node.module or '').replace('.', '/')}"
        for name in node.names:
            self.imported.setdefault(name.name, []).append((module, self.path))

    def visit_Call(self, node):
        if ast.unparse(node.func).removeprefix("re.") in CALLS and _name(node.func.value) == "re":
            self.calls.append((self.path, node))
        self.generic_visit(node)

    def visit_Assign(self, node):
        if self.of_files and isinstance(node.value, ast.Tuple):  # names for `getattr`
            names = (one.value for one in node.value.elts if isinstance(one, ast.Constant))
            self.in_files |= dict.fromkeys(names, {"search"})
        self._bind(node, _name(node.targets[0]))

    def visit_FunctionDef(self, node):
        self._bind(node, node.name)

    def _bind(self, node, name):
        lines = range(node.lineno, node.end_lineno + 1)
        self.bound |= {(self.path, line): name for line in lines}
        self.generic_visit(node)

    def only_matched(self, places):
        """Whether an expression, by its places or its name in a file, is never searched for."""
        if isinstance(places, str):
            return self.in_files[places] <= AT_ONCE
        return all(self.anchored(*place) for place in places)

    def anchored(self, path, line, call):
        """Whether an expression compiled there is only ever asked what stands at one place."""
        name = self.bound.get((path, line))
        if call != "compile" or name in LOOPED:
            return name in LOOPED or call in AT_ONCE
        module = path.removesuffix(".py").removesuffix("/__init__")
        users = [user for made, user in self.imported.get(name, ()) if module.endswith(made)]
        ways = set().union(*(self.how.get((user, name), set()) for user in (path, *users)))
        return bool(ways) and ways <= AT_ONCE


# Sequences of expressions that are only matched, and what makes expressions that others match.
LOOPED = {"HEADS", "UNITS", "pattern", "compiled"}


def _name(node):
    while isinstance(node, ast.Call | ast.Subscript):
        node = node.func if isinstance(node, ast.Call) else node.value
    return getattr(node, "attr", getattr(node, "id", None))
