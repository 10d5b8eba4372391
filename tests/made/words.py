"""The words that invented briefings are made of: English here, other tongues in `tongues`.

Templates are filled by `events`: {thing}, {place}, {season}, {n}, {m} are drawn from the
lists, {official}, {person}, {outlet} come from the scene.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """One language's stock of names and sentences."""

    people: tuple[tuple[str, str, str], ...]  # given name, family name, honorific
    offices: tuple[tuple[str, str], ...]  # office, institution
    outlets: tuple[str, ...]
    things: tuple[str, ...]
    places: tuple[str, ...]
    seasons: tuple[str, ...]
    statements: tuple[str, ...]
    questions: tuple[str, ...]
    openings: tuple[str, ...]  # how an answer begins
    short: tuple[str, ...]  # a whole answer
    follow_ups: tuple[str, ...]
    greeting: tuple[str, ...]  # of an official who opens without a moderator
    ready: tuple[str, ...]  # ... and takes questions
    welcome: tuple[str, ...]  # of the moderator
    after_statement: tuple[str, ...]
    floor: tuple[str, ...]  # the moderator opens the floor
    hand: tuple[str, ...]  # ... hands a question on
    next: tuple[str, ...]  # ... asks for another
    close: tuple[str, ...]
    goodbye: tuple[str, ...]  # of an official without a moderator
    thanks: tuple[str, ...]  # small talk of a journalist at the end
    ask_back: tuple[str, ...]
    clarify: tuple[str, ...]
    add: tuple[str, ...]
    traps: tuple[tuple[str, ...], ...]  # paragraphs that look like labels and are speech
    space: str = " "  # between sentences and names
    address: str = "{official}, {question}"
    asks: str = "Thank you. {person} from {outlet}. {question}"
    and_: str = " and "
    cast: str = "{name}, {office}"
    title: str = "Press Conference on {thing}"
    date: str = "May 14, 2031"


ENGLISH = Words(
    people=(
        ("Lena", "Ortolan", "Ms."),
        ("Piet", "Velderman", "Mr."),
        ("Amara", "Quillfeather", "Dr."),
        ("Tomas", "Brindle", "Mr."),
        ("Ines", "Sarrow", "Ms."),
        ("Rufus", "Okonedo-Hale", "Mr."),
        ("Miriam", "Castellan", "Ms."),
        ("Jonas", "Thistlewood", "Mr."),
        ("Farida", "Nazarbek", "Ms."),
        ("Colin", "Drummery", "Mr."),
        ("Yuki", "Harabashi", "Ms."),
        ("Declan", "O'Farrow", "Mr."),
    ),
    offices=(
        ("Minister for Ports", "Ministry of Ports"),
        ("Director of the Water Board", "Water Board"),
        ("Secretary for Coastal Affairs", "Coastal Office"),
        ("Deputy Minister for Roads", "Ministry of Roads"),
        ("Chief Engineer of the Ferry Authority", "Ferry Authority"),
    ),
    outlets=(
        "Harbour Gazette",
        "Radio Meridian",
        "The Northern Courier",
        "Delta News Agency",
        "Channel Eleven",
        "Lakeside Daily",
        "Morning Ledger",
        "Isle Broadcasting",
        "The Tidewater Post",
    ),
    things=(
        "the ferry line",
        "the new lock",
        "the water plant",
        "the coastal road",
        "the tide barrier",
        "the night train",
        "the grain terminal",
        "the school bus scheme",
        "the lighthouse fund",
        "the fishing quota",
    ),
    places=(
        "Marlow Bay",
        "Upper Kess",
        "the northern islands",
        "Port Ansel",
        "the Tarn valley",
        "Old Quay",
        "the eastern district",
    ),
    seasons=(
        "spring",
        "the end of June",
        "next autumn",
        "the winter",
        "March",
        "late August",
    ),
    statements=(
        "Work on {thing} in {place} will be finished by {season}.",
        "We have put {n} million crowns into {thing}, and {m} more people work there now.",
        "In {place} alone, {n} families asked us for help with {thing}.",
        "That is why the council decided to keep {thing} open through {season}.",
        "Nobody expected {thing} to grow by {n} percent in a year.",
        "The engineers in {place} looked at all {n} pumps and found {m} that leak.",
        "I visited {place} last week, and what I saw there gives me hope.",
        "It is a long road, but {thing} is in better shape than it was {n} years ago.",
        "Our partners in {place} have promised to send {n} boats before {season}.",
        "There were delays, there was bad weather; still {thing} carried {n} tonnes a day.",
        "We will not raise the price of {thing} before {season}.",
        "The plan has a cost — a real cost — and we have said so from the start.",
        "Of the {n} complaints about {thing}, all but {m} have been settled.",
        "Mr. Tallow’s office in {place} will publish the tables at 9:30 a.m. on Monday.",
        "As I told parliament, {thing} belongs to everybody who lives in {place}.",
        "Safety comes first (laughter), and then comes {thing}.",
    ),
    questions=(
        "Could you tell us when {thing} in {place} will be ready?",
        "How much will {thing} cost, and who is going to pay for it?",
        "People in {place} say that {thing} has been forgotten. What do you tell them?",
        "What has changed since you promised {n} boats for {place}?",
        "Why did it take {n} months to repair {thing}?",
        "Is it true that {n} workers in {place} were sent home?",
        "Do you still stand by the date you gave for {thing}?",
        "Will there be money for {place} in the coming budget, and if so, how much?",
        "There are reports that {thing} has lost {n} million crowns. Can you confirm that?",
        "Which of the {n} measures for {thing} do you think matters most?",
    ),
    openings=(
        "Thank you for the question.",
        "Well, let me put it this way.",
        "That is a fair question.",
        "Look, the facts are simple.",
        "I am glad that you ask.",
        "We take this very seriously.",
        "As you know, these things take time.",
        "I would not put it like that.",
    ),
    short=(
        "Yes.",
        "No.",
        "Not yet.",
        "By {season}.",
        "About {n} million.",
        "That is correct.",
    ),
    follow_ups=(
        "And a follow-up, if I may: does that hold for {place} too?",
        "But is {n} enough?",
        "So when exactly will {thing} start?",
        "Just to be clear, are you ruling that out?",
        "Does that mean {thing} will close?",
    ),
    greeting=(
        "Good afternoon, everyone. Thanks for coming.",
        "Hello, all. A couple of things at the top.",
        "Good morning. I have a short statement, and then we can talk.",
    ),
    ready=(
        "With that, I am happy to take your questions.",
        "And now over to you for questions.",
    ),
    welcome=(
        "Good morning, ladies and gentlemen. Welcome to this briefing about {thing}. "
        "With us today are {cast}. They will speak first and then take your questions.",
        "Good afternoon and welcome, colleagues of the press. Today we discuss {thing}. "
        "We have invited {cast}, who will answer your questions later on.",
    ),
    after_statement=(
        "Thank you. I now give the floor to {official}.",
        "Thank you very much. Next, {official} will speak.",
    ),
    floor=(
        "Thank you. The floor is open for questions. Please name your news outlet first.",
        "Thanks to both. We now come to your questions. Please raise your hand.",
    ),
    hand=("{official}, please.", "I think that one is for {official}."),
    next=(
        "Next question, please.",
        "Thank you. The last question.",
        "Go ahead.",
    ),
    close=(
        "That is all we have time for. This press conference is over. Thank you all.",
        "We end here for today. Thank you, and have a good evening.",
    ),
    goodbye=(
        "Thank you all. See you on Thursday.",
        "Thanks, everybody. That is it for today.",
    ),
    thanks=("Thank you.", "Thanks a lot, {official}."),
    ask_back=("Sorry, which report do you mean?", "Which study is that?"),
    clarify=("The one that came out on Monday.", "I mean the study about {thing}."),
    add=("Let me add one point.", "If I may add to that."),
    traps=(
        (
            "Today we have three topics:",
            "First, {thing}. Second, {place}. Third, the budget.",
        ),
        ("Here is what I can say: the talks about {thing} go on.",),
        ("The timetable is tight: the first boat leaves at 6:45, the last one at 21:10.",),
        ("12:30 is the deadline, and we will keep it.",),
        ("A fisherman in {place} told me: “Answer: no boat, no bread.” He was right.",),
        ("All of it is at https://www.{n}ports.example/plan: please read it there.",),
        ("There are two reasons for this:", "One: {thing} pays. Two: people like it."),
        ("We can only do one thing: wait for {season}.",),
        ("Note that the figure has two parts: {n} for {place} and {m} for the rest.",),
        ("My message to {place} is this:", "You are not alone."),
        ("The letter said, and I quote: “Question: who pays? Answer: we do.”",),
    ),
)
