"""Saved web pages: an invented transcript in one of five layouts, inside of an invented shell.

`page(seed)` is the page and the turns that stand in it. What a shell has and where, and the
names of its classes, are drawn: some say what they are for, some say nothing.
"""

from __future__ import annotations

import random
from collections.abc import Callable

PEOPLE = ("Ida Marlow", "Tove Brandt", "Jo Petrel", "Sam Teal", "Ann Wick", "Piet Ousel")
ASKED = (
    "Who pays for the new timber, and how much is it?",
    "Why was the night ferry cancelled last week?",
    "Will passengers get their money back?",
    "Is the crack in the pillar dangerous?",
    "When does the north quay open again?",
)
ANSWERED = (
    "The contract says plainly who pays for repairs.",
    "We counted eleven thousand passengers last month, which is more than we planned for.",
    "Nobody will lose a season ticket because of this.",
    "The engineers found a crack in the second pillar, and they have closed that side.",
    "The council voted for the plan by a wide margin.",
    "I will come back to you on that once the figures are out.",
    "There are two reasons: the weather, and the age of the boats.",
)
AROUND = {
    "nav": ("<ul><li><a href='/'>Home</a></li><li><a href='/n'>News: all of it</a></li></ul>",),
    "cookies": (
        "<p>We use cookies to remember what you read. You can refuse them at any time.</p>"
        "<button>I agree</button>",
    ),
    "share": ("<p>Share this: <a href='#'>Post</a> <a href='#'>Mail</a></p>",),
    "author": (
        "<p>I write about harbours and have lived on a boat for nine years. Tell me what I missed.</p>",
        "<h4>About me</h4><p>I am a reporter for the Lantern. Before that I was a cook at sea.</p>",
    ),
    "newsletter": (
        "<h3>One letter a week</h3><p>Our editors choose five stories for you every Friday. No spam.</p>",
    ),
    "comments": (
        "<h3>2 comments</h3><p>Marga: I was there, and nobody could hear a word.</p>"
        "<p>Old Salt: They said the same ten years ago.</p><p>Be kind. We delete insults.</p>",
    ),
    "related": (
        "<h3>Read on</h3><p><a href='/1'>Timber: why it costs twice as much</a></p>"
        "<p><a href='/2'>Ferries: a short history of long delays</a></p>",
        "<p>Quay walls: what is built and what is not</p><p>Storms: how we count them</p>",
    ),
    "credit": (
        "<p>Photo: Lena Holt for the Lantern. Editing: Max Orr.</p>",
        "<p>Picture credit: Harbour Archive, all rights reserved.</p>",
    ),
    "footer": (
        "<p>Lantern Media, 4 Quay Street. Terms: no copies without our consent. Contact: ask us.</p>",
    ),
}
BEFORE, AFTER = ("nav", "cookies", "share", "credit"), (
    "share", "author", "newsletter", "comments", "related", "credit", "footer",
)  # fmt: skip
TAGS = {"nav": "nav", "footer": "footer", "author": "aside", "related": "section"}
Turns = list[tuple[str, str]]


def paragraphs(turns: Turns, rng: random.Random) -> str:
    return "".join(f"<p>{who}: {text}</p>\n" for who, text in turns)


def strong(turns: Turns, rng: random.Random) -> str:
    end = rng.choice(["", ":"])
    return "".join(f"<p><strong>{who}{end}</strong> {text}</p>\n" for who, text in turns)


def pairs(turns: Turns, rng: random.Random) -> str:
    return f"<dl>{''.join(f'<dt>{who}</dt><dd>{text}</dd>' for who, text in turns)}</dl>"


def boxes(turns: Turns, rng: random.Random) -> str:
    who_, said = rng.choice(
        [("speaker", "speech"), ("name", "body"), ("who", "what"), ("a1", "a2")]
    )
    made = "<div class='turn'><div class='{}'>{}</div><div class='{}'>{}</div></div>\n"
    return "".join(made.format(who_, who, said, text) for who, text in turns)


def headings(turns: Turns, rng: random.Random) -> str:
    h = rng.choice(["h3", "h4", "h5"])
    return "".join(f"<{h}>{who}</{h}><p>{text}</p>\n" for who, text in turns)


LAYOUTS: tuple[Callable[[Turns, random.Random], str], ...] = (
    paragraphs, strong, pairs, boxes, headings,
)  # fmt: skip


def talk(rng: random.Random) -> Turns:
    """8 to 20 turns of an official and two or three who ask."""
    official, *asking = rng.sample(PEOPLE, rng.choice([3, 4]))
    turns = [(official, "Good morning and welcome. " + " ".join(rng.sample(ANSWERED, 2)))]
    while len(turns) < rng.randint(8, 20):
        turns.append((rng.choice(asking), rng.choice(ASKED)))
        turns.append((official, " ".join(rng.sample(ANSWERED, rng.randint(1, 4)))))
    return turns


def box(kind: str, rng: random.Random) -> str:
    """One piece of the shell: its element named by its kind, by nothing, or by a number."""
    tag = rng.choice([TAGS.get(kind, "div"), "div", "div"])
    name = rng.choice([f" class='{kind}'", "", f" class='c{rng.randint(10, 99)}'"])
    return f"<{tag}{name}>{rng.choice(AROUND[kind])}</{tag}>\n"


def page(seed: int) -> tuple[str, Turns, str]:
    """The page, the turns that stand in it, and the layout's name."""
    rng = random.Random(seed)
    turns, layout = talk(rng), LAYOUTS[seed % len(LAYOUTS)]
    before = "".join(box(kind, rng) for kind in BEFORE if rng.random() < 0.6)
    after = "".join(box(kind, rng) for kind in AFTER if rng.random() < 0.6)
    own = rng.choice(["<div class='text'>{}</div>", "<article>{}</article>", "<div>{}</div>"])
    within = rng.choice(["", "", rng.choice(["author", "credit", "related", "newsletter"])])
    inner = own.format(layout(turns, rng) + (box(within, rng) if within else ""))
    shell = rng.choice(["<main>{}</main>", "<div id='page'><div>{}</div></div>", "{}"])
    body = shell.format(f"<h1>The quay briefing</h1>{before}{inner}{after}")
    return f"<!DOCTYPE html><html><body>{body}</body></html>", turns, layout.__name__
