"""The same conversation in kinds of files that say more than who speaks, or count time otherwise.

Chats with ids, threads and messages of the program; transcripts with what is done beside what is
said; captions whose times are frames or ticks; panels of players, copied; notes with boxes.
`FILES` has a builder for each file by its name.
"""

# fmt: off
from __future__ import annotations

import json

from .exports import NUM, PEOPLE, TALK, words
from .saved import b, csvb, hh, mmss, odt_body, split2

FILES = {}
HANDLES = {p: p.lower().replace(' ', '.') for p in PEOPLE}
EVENTS = ['takes a sip of water', 'points at the map of the town', 'Shouts: that is not what we heard!']


def chat(name, make, wrap=lambda messages: messages, newest_first=False):
    messages = [make(n, t[0], 1772445600 + t[1], t[3]) for n, t in enumerate(TALK)]
    FILES[name] = lambda: b(json.dumps(wrap(messages[::-1] if newest_first else messages)))

def iso(s):
    return f'2026-03-02T10:00:{s - 1772445600:06.3f}+00:00'

def slack(n, p, s, x, **more):
    return {'user': f'U0{NUM[p]}KQ', 'type': 'message', 'ts': f'{s:.6f}', 'text': x, 'team': 'T01', 'user_team': 'T01', 'user_profile': {'real_name': p, 'first_name': p.split()[0], 'team': 'T01', 'is_restricted': False}} | more
JOINED = {'type': 'message', 'subtype': 'channel_join', 'user': 'U00KQ', 'text': '<@U00KQ> has joined the channel', 'ts': '1772445000.0'}
chat('slack-teams.json', slack, lambda all: [JOINED, *all])
chat('slack-threads.json', lambda n, p, s, x: slack(n, p, s, x, thread_ts='1772445600.5', **({'parent_user_id': 'U00KQ'} if n else {'replies': [{'user': 'U01KQ', 'ts': '1772445609.0'}], 'reply_users': ['U01KQ', 'U02KQ']})))
chat('mattermost.json', lambda n, p, s, x: {'id': f'p{n}', 'create_at': int(s * 1000), 'delete_at': 0, 'user_id': f'u{NUM[p]}', 'root_id': '', 'message': x, 'type': '', 'props': {}}, lambda all: {'order': [], 'posts': {one['id']: one for one in [*all, {'id': 'q', 'create_at': 1, 'user_id': 'u0', 'message': 'nora joined the channel.', 'type': 'system_join_channel'}]}})
chat('discord-replies.json', lambda n, p, s, x: {'id': str(n), 'type': ['Default', 'Reply'][n % 2], 'timestamp': iso(s), 'content': x, 'author': {'id': str(NUM[p]), 'name': HANDLES[p], 'nickname': p}, 'reference': {'messageId': str(n - 1)}, 'mentions': [{'id': '0', 'nickname': PEOPLE[0]}]}, lambda all: {'channel': {'topic': 'The lock at Saltmarsh, every Monday'}, 'messages': [{'id': 'j', 'type': 'GuildMemberJoin', 'timestamp': iso(1772445600), 'content': 'Joined the server.', 'author': {'id': '0', 'nickname': PEOPLE[0]}}, *all]})
chat('discord-newest.json', lambda n, p, s, x: {'type': 0, 'content': x, 'timestamp': iso(s), 'id': str(n), 'channel_id': '2', 'author': {'id': f'9{NUM[p]}', 'username': HANDLES[p], 'global_name': p}}, newest_first=True)
chat('teams-newest.json', lambda n, p, s, x: {'id': str(n), 'messageType': 'message', 'createdDateTime': iso(s), 'from': {'application': None, 'user': {'id': f'g{NUM[p]}', 'displayName': p, 'tenantId': 't'}}, 'body': {'contentType': 'html', 'content': f'<p>{x}</p>'}}, lambda all: {'value': [*all, {'id': 'e', 'messageType': 'systemEventMessage', 'createdDateTime': iso(1772445600), 'from': None, 'body': {'content': 'Someone was added to the team'}}]}, newest_first=True)
chat('rocketchat.json', lambda n, p, s, x: {'_id': str(n), 'rid': 'r', 'msg': x, 'ts': {'$date': int(s * 1000)}, 'u': {'_id': f'i{NUM[p]}', 'username': HANDLES[p], 'name': p}}, lambda all: [{'_id': 'j', 't': 'uj', 'msg': 'nora.quill', 'ts': {'$date': 1}, 'u': {'username': 'nora.quill'}}, *all])
chat('matrix.json', lambda n, p, s, x: {'type': 'm.room.message', 'sender': f'@{HANDLES[p]}:town.example', 'content': {'msgtype': 'm.text', 'body': x}, 'origin_server_ts': int(s * 1000)}, lambda all: {'messages': all})
chat('google-chat.json', lambda n, p, s, x: {'creator': {'name': p, 'email': f'{HANDLES[p]}@town.example', 'user_type': 'Human'}, 'created_date': 'Monday, March 2, 2026 at 10:00:00 AM UTC', 'text': x}, lambda all: {'messages': all})
chat('skype.json', lambda n, p, s, x: {'id': str(n), 'displayName': None, 'originalarrivaltime': iso(s), 'messagetype': 'RichText', 'content': x, 'from': f'live:{HANDLES[p]}'}, lambda all: {'conversations': [{'id': '19:y', 'MessageList': all}]}, newest_first=True)

# what is done

def halves(text):
    return split2(text).split('\n')

def tei(turn, after=lambda n: ''):
    people = ''.join(f'<person xml:id="p{n}"><persName><forename>{p.split()[0]}</forename> <surname>{p.split()[1]}</surname></persName></person>' for p, n in NUM.items())
    return b(f'<?xml version="1.0"?><TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><profileDesc><particDesc><listPerson>{people}</listPerson></particDesc></profileDesc></teiHeader><text><body><div>' + ''.join(f'<u who="#p{NUM[t[0]]}">{turn(n, *halves(t[3]))}</u>{after(n)}' for n, t in enumerate(TALK)) + '</div></body></text></TEI>')

def done(n):
    tag = ('kinesic', 'incident', 'vocal')[n % 3]
    return f'<{tag}><desc>{EVENTS[n % 3]}</desc></{tag}>'
FILES['tei-events.xml'] = lambda: tei(lambda n, one, two: f'<seg>{one} {done(n)}</seg> <seg>{two}</seg>')
FILES['tei-events-between.xml'] = lambda: tei(lambda n, one, two: f'<seg>{one} {two}</seg>', lambda n: f'{done(n)}<note type="narrative">The mayor takes the chair.</note>')
FILES['tei-words-events.xml'] = lambda: tei(lambda n, one, two: ' '.join(f'<w>{w}</w>' for w in one.split()) + done(n) + ' '.join(f'<w>{w}</w>' for w in two.split()))
FILES['akn-remarks.xml'] = lambda: b('<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><debate><meta><references>' + ''.join(f'<TLCPerson eId="p{n}" href="/{n}" showAs="{p}"/>' for p, n in NUM.items()) + '</references></meta><debateBody><debateSection>' + ''.join(f'<speech by="#p{NUM[t[0]]}"><from>{t[0]}</from><p>{halves(t[3])[0]} <remark>{EVENTS[n % 2]}</remark> {halves(t[3])[1]}</p></speech><scene>The board rises at ten.</scene>' for n, t in enumerate(TALK)) + '</debateSection></debateBody></debate></akomaNtoso>')
FILES['events.cha'] = lambda: b('@UTF8\n@Begin\n@Languages:\teng\n@Participants:\t' + ', '.join(f"{p[:3].upper()} {p.replace(' ', '_')} Participant" for p in PEOPLE) + '\n' + ''.join(f'*{t[0][:3].upper()}:\t{halves(t[3])[0]} &=clears:throat {halves(t[3])[1]} [=! smiling broadly]\n%act:\tdrinks\n' for t in TALK) + '@End\n')

def gestures():
    slots = ''.join(f'<TIME_SLOT TIME_SLOT_ID="a{n}" TIME_VALUE="{int(t[1] * 1000)}"/><TIME_SLOT TIME_SLOT_ID="b{n}" TIME_VALUE="{int(t[2] * 1000)}"/>' for n, t in enumerate(TALK))
    def tier(p, kind, text):
        return f'<TIER TIER_ID="{p} {kind}" PARTICIPANT="{p}" LINGUISTIC_TYPE_REF="{kind}">' + ''.join(f'<ANNOTATION><ALIGNABLE_ANNOTATION TIME_SLOT_REF1="a{n}" TIME_SLOT_REF2="b{n}"><ANNOTATION_VALUE>{text(n)}</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>' for n, t in enumerate(TALK) if t[0] == p) + '</TIER>'
    return b(f'<ANNOTATION_DOCUMENT><HEADER TIME_UNITS="milliseconds"/><TIME_ORDER>{slots}</TIME_ORDER>' + ''.join(tier(p, 'gesture', lambda n: EVENTS[n % 2]) + tier(p, 'speech', lambda n: TALK[n][3]) for p in PEOPLE) + '</ANNOTATION_DOCUMENT>')
FILES['gestures.eaf'] = gestures

# times in other units

def ttml(attributes, unit, end='end', box=False):
    def cue(a, z, text):
        return f'<p begin="{unit(a)}" {end}="{unit(z - a if end == "dur" else z)}">{text}</p>'
    rows = []
    for who, a, z, text in TALK:
        one, two = halves(f'{who}: {text}')
        at = 0 if box else a
        said = cue(at, at + (z - a) / 2, one) + cue(at + (z - a) / 2, at + z - a, two)
        rows.append(f'<div begin="{unit(a)}">{said}</div>' if box else said)
    return b(f'<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttp="http://www.w3.org/ns/ttml#parameter" {attributes}><body><div>{"".join(rows)}</div></body></tt>')
FILES['frames.ttml'] = lambda: ttml('ttp:frameRate="30" ttp:frameRateMultiplier="1000 1001"', lambda s: f'{round(s * 30000 / 1001)}f')
FILES['ticks-of-frames.ttml'] = lambda: ttml('ttp:frameRate="25" ttp:subFrameRate="2"', lambda s: f'{round(s * 50)}t')
FILES['minutes.ttml'] = lambda: ttml('', lambda s: f'{s / 60:.5f}m')
FILES['thousandths-long.ttml'] = lambda: ttml('', lambda s: f'{round(s * 1000)}ms', end='dur')
FILES['inside-others.ttml'] = lambda: ttml('', lambda s: f'{s:.3f}s', box=True)
FILES['start-rational.fcpxml'] = lambda: b('<fcpxml version="1.9"><library><event><project><spine>' + ''.join(f'<title offset="{round(t[1] * 30000)}/30000s" duration="{round((t[2] - t[1]) * 30000)}/30000s"><text><text-style ref="ts">{t[0]}: {t[3]}</text-style></text></title>' for t in TALK) + '</spine></project></event></library></fcpxml>')
FILES['frames.srt'] = lambda: b('\n'.join(f"{n}\n{hh(t[1])}:{int(t[1] % 1 * 25):02d} --> {hh(t[2])}:{int(t[2] % 1 * 25):02d}\n{t[0]}: {t[3]}\n" for n, t in enumerate(TALK, 1)))
FILES['frames-start.sub'] = lambda: b('{1}{1}24.000\n' + ''.join(f'{{{round(t[1] * 24)}}}{{{round(t[2] * 24)}}}{t[0]}: {halves(t[3])[0]}\n{{{round(t[2] * 24)}}}{{{round(t[2] * 24)}}}{halves(t[3])[1]}\n' for t in TALK))

# panels of players, as they are copied

def panel(row, label=lambda who: '>> ', chapters=True):
    out = 'Transcript\n\nSearch in video\n'
    for n, (who, a, z, text) in enumerate(TALK):
        out += {0: 'The opening\n', 3: 'Money and the gate\n'}.get(n, '') if chapters else ''
        for k, part in enumerate(halves(label(who) + text)):
            out += row(a + k * (z - a) / 2, part)
    return b(out + 'English (auto-generated)\n')
FILES['youtube-panel.txt'] = lambda: panel(lambda s, x: f'{mmss(s)}\n{x}\n')
FILES['youtube-panel-spelt.txt'] = lambda: panel(lambda s, x: f'{mmss(s)}\n{int(s)} seconds\n{x}\n')
FILES['panel-one-row.txt'] = lambda: panel(lambda s, x: f'{mmss(s)} {x}\n', chapters=False)
FILES['start-panel-names.txt'] = lambda: panel(lambda s, x: f'({mmss(s)})\n{x}\n', lambda who: f'{who.upper()}: ')

# notes with boxes

def notes(first, later=''):
    rows = [f'**{t[0]}:** {t[3]}' for t in TALK]
    return b('\n\n'.join(['# The lock', first, *rows[:3], *([later] if later else []), *rows[3:]]) + '\n')
CHECK, LOST = 'Please check the names before you publish: two were unclear.', 'The sound was lost here.'
FILES['notion-aside.md'] = lambda: notes(f'<aside>\n💡 {CHECK}\n\n</aside>\n\n## Transcript', f'<aside>\n{LOST}\n</aside>')
FILES['alerts.md'] = lambda: notes(f'> [!NOTE]\n> {CHECK}', f'> [!warning]- Sound\n> {LOST}')
FILES['admonitions.md'] = lambda: notes(f'!!! note "Before"\n    {CHECK}', f'??? info "Sound"\n\n    {LOST}')
FILES['containers.md'] = lambda: notes(f'::: {{.callout-note}}\n## Before\n{CHECK}\n:::', f':::tip Sound\n\n{LOST}\n\n:::')
FILES['toggles.md'] = lambda: notes('<details>\n<summary>Transcript</summary>', '</details>\n\n<details open>\n<summary>Rest</summary>')
FILES['callouts-all.md'] = lambda: b('# The lock\n\n' + '\n\n'.join(f'> [!quote] {t[0]}\n> {t[3]}' for t in TALK) + '\n')
FILES['callout.html'] = lambda: b('<html><body><h1>The lock</h1><figure class="block-color-gray callout"><div>💡</div><div>' + CHECK + '</div></figure>' + ''.join(f'<p><strong>{t[0]}:</strong> {t[3]}</p>' for t in TALK) + '</body></html>')

def spanned():
    """A table in which the cell of a name takes as many rows as the person has sentences."""
    rows = ''
    for who, _, _, text in TALK:
        parts = text.replace('. ', '.|').split('|')
        for n, part in enumerate(parts):
            cell = '<table:covered-table-cell/>' if n else f'<table:table-cell table:number-rows-spanned="{len(parts)}"><text:p>{who}</text:p></table:table-cell>'
            rows += f'<table:table-row>{cell}<table:table-cell><text:p>{part}</text:p></table:table-cell></table:table-row>'
    return odt_body(f'<table:table>{rows}</table:table>')
FILES['rows-spanned.odt'] = spanned

# what a second look at other exports brought

def realtime():
    """A recogniser that listens: drafts, and what it made of them."""
    rows = [{'message': 'RecognitionStarted', 'id': 'x'}]
    for t in TALK:
        said = [{'type': 'word', 'start_time': s, 'end_time': e, 'alternatives': [{'content': w, 'speaker': f'S{NUM[t[0]] + 1}'}]} for w, s, e in words(t)]
        rows += [{'message': 'AddPartialTranscript', 'metadata': {'transcript': t[3][:20]}, 'results': said[:3]}, {'message': 'AddTranscript', 'metadata': {'transcript': t[3]}, 'results': said}]
    return b('\n'.join(map(json.dumps, rows)))
FILES['realtime-start.jsonl'] = realtime
FILES['timecode-start.csv'] = lambda: csvb([['Speaker Name', 'Start Time', 'End Time', 'Text']] + [[t[0], hh(t[1]).replace(':', ';') + ';12', hh(t[2]).replace(':', ';') + ';03', t[3]] for t in TALK])
FILES['units-start.csv'] = lambda: csvb([['Nr.', 'Sprecher', 'Beginn (s)', 'Ende (s)', 'Wortlaut']] + [[str(n), t[0], f'{t[1]:.2f}'.replace('.', ','), f'{t[2]:.2f}'.replace('.', ','), t[3]] for n, t in enumerate(TALK)], ';')
FILES['notes-linked.html'] = lambda: b('<html><body><h1>The lock</h1>' + ''.join(f'<p><b>{t[0]}:</b> {halves(t[3])[0]}<a href="#n{n}">{f"<sup>{n}</sup>" if n % 2 else f"[{n}]"}</a> {halves(t[3])[1]}</p>' for n, t in enumerate(TALK, 1)) + '</body></html>')
