"""Two invented briefings of thirty turns in two languages each, and what may happen to a page."""

import random

import pandas as pd

ZH = {
    "things": "渡轮 码头 灯塔 大桥 学校 医院 图书馆 市场 公园 水厂 港口 机场 体育馆 博物馆 车站".split(),
    "asks": (
        "请问{x}去年接待了多少人？听说有{a}万人，是真的吗？",
        "{x}的费用会不会上涨{b}%？市民什么时候知道？",
        "我想问{x}，修理还要{c}天，为什么这么久？",
    ),
    "says": (
        "谢谢您的提问。{x}去年接待了{a}万人，今年到九月已经增长{b}%，我们会继续努力。",
        "关于{x}，费用只上涨{b}%，平均每人{c}元，其余由市里承担，请大家放心。",
        "{x}的修理一共投入{a}万元，用{c}天完成，现在已经做完{d}成，质量没有问题。",
    ),
    "who": ("海港日报", "周明远"),
}
EN = {
    "things": "ferry,quay,lighthouse,bridge,school,hospital,library,market,park,waterworks,"
    "harbour,airport,sports hall,museum,station".split(","),
    "asks": (
        "How many people came to the {x} last year? Is it true that there were {a0},000?",
        "Will the cost of the {x} go up by {b} percent, and when will people know?",
        "About the {x}: repairs will take another {c} days. Why does it take so long?",
    ),
    "says": (
        "Thank you for your question. The {x} received {a0},000 people last year, and by September "
        "this year the figure had risen by {b} percent. We will keep working at it.",
        "As for the {x}, the cost rises by only {b} percent, or {c} yuan a person on average; the "
        "city bears the rest, so please do not worry.",
        "A total of {a0},000 yuan went into the repairs of the {x}, to be done in {c} days. {d0} "
        "percent of the work is finished, and the quality is sound.",
    ),
    "who": ("Harbour Daily", "Zhou Mingyuan"),
}
FR = {
    "things": "ferry,quai,phare,pont,lycée,hôpital,musée,marché,parc,château d'eau,port,aéroport,"
    "gymnase,théâtre,dépôt".split(","),
    "asks": (
        "Combien de personnes sont venues l'an dernier pour le {x} ? {a0} 000, est-ce exact ?",
        "Le coût du {x} va-t-il augmenter de {b} %, et quand le saura-t-on ?",
        "À propos du {x} : encore {c} jours de travaux, pourquoi est-ce si long ?",
    ),
    "says": (
        "Merci de votre question. Le {x} a reçu {a0} 000 personnes l'an dernier, et la hausse "
        "atteint déjà {b} % cette année. Nous poursuivrons nos efforts.",
        "Pour le {x}, le coût n'augmente que de {b} %, soit {c} yuans par personne en moyenne ; la "
        "ville prend le reste à sa charge, soyez rassurés.",
        "Au total {a0} 000 yuans sont consacrés aux travaux du {x}, pour {c} jours. {d0} % sont "
        "déjà faits, et la qualité est bonne.",
    ),
    "who": ("Le Courrier du Port", "Jean Morvan"),
}

ES = {
    "things": "ferry,muelle,faro,puente,liceo,hospital,museo,mercado,parque,acueducto,puerto,"
    "aeropuerto,gimnasio,teatro,depósito".split(","),
    "asks": (
        "¿Cuántas personas visitaron el {x} el año pasado? ¿Es cierto que fueron {a0}.000?",
        "¿Va a subir el coste del {x} un {b} %, y cuándo se sabrá?",
        "Sobre el {x}: otros {c} días de obras, ¿por qué se tarda tanto?",
    ),
    "says": (
        "Gracias por su pregunta. El {x} recibió a {a0}.000 personas el año pasado, y el aumento "
        "llega ya al {b} % este año. Seguiremos trabajando.",
        "En cuanto al {x}, el coste solo sube un {b} %, unos {c} yuanes por persona de media; la "
        "ciudad paga el resto, no se preocupen.",
        "En total se dedican {a0}.000 yuanes a las obras del {x}, durante {c} días. El {d0} % ya "
        "está hecho, y la calidad es buena.",
    ),
    "who": ("El Correo del Puerto", "Juan Marín"),
}


def numbers(draw):
    """The slots of a turn: tens of thousands, percent, days or yuan, tenths."""
    a, d = draw.randint(12, 98), draw.randint(3, 9)
    return {
        "a": a,
        "a0": a * 10,
        "b": draw.randint(11, 49),
        "c": draw.randint(51, 97),
        "d": d,
        "d0": d * 10,
    }


def turns(pages, said, name):
    """A turns table of (key, language, kind, thing, template, slots)."""
    rows = []
    for i, (key, text, role) in enumerate(said, 1):
        rows.append(
            {
                "briefing_id": name,
                "turn_id": i,
                "role": role,
                "key": key,
                "speaker": pages["who"][role == "official"],
                "text": text,
            }
        )
    return pd.DataFrame(rows)


def pair(seed, first, second):
    """An original, its translation with turns dropped, moved, split, and numbers altered; the truth.

    Returns the two tables, the pairs of turn ids, and the turns of the original whose numbers differ.
    """
    draw = random.Random(seed)
    one, other, altered = [], [], set()
    for i in range(30):
        role = ("journalist", "official")[i % 2]
        kind, which = ("asks", "says")[i % 2], (i // 2) % 3
        slots = numbers(draw)
        changed = dict(slots)
        if draw.random() < 0.2:
            name = {"asks": "abc", "says": "bbc"}[kind][which]
            changed[name] += 1
            changed["a0"] = changed["a"] * 10
            altered.add(i)
        thing = i // 2
        one.append((i, first[kind][which].format(x=first["things"][thing], **slots), role))
        other.append((i, second[kind][which].format(x=second["things"][thing], **changed), role))
    for side in (one, other):
        for i in draw.sample(range(4, 26), 2):
            side[:] = [said for said in side if said[0] != i]
    at = draw.randrange(6, 14)
    other.insert(at + 8, other.pop(at))
    where = next(
        i for i in range(15, len(other)) if other[i][2] == "official" and ". " in other[i][1]
    )
    key, text, role = other[where]
    cut = text.index(". ") + 2
    other[where : where + 1] = [(key, text[:cut], role), (key, text[cut:], role)]
    a, b = turns(first, one, "original"), turns(second, other, "translation")
    keys = [list(zip(table["turn_id"], table["key"], strict=True)) for table in (a, b)]
    truth = {(x, y) for x, k in keys[0] for y, j in keys[1] if k == j}
    differ = {x for x, k in keys[0] if k in altered and k in {*b["key"]}}
    return a, b, truth, differ
