"""The same conversation as tables, captions, meeting tools, XML and packed files save it.

`FILES` has a builder for each file by its name.
"""

# fmt: off
from __future__ import annotations

import csv as _csv
import email.message
import html
import io
import zipfile

from .exports import NUM, PEOPLE, TALK, bits, hms, spk, words

FILES = {}

def b(s):
    return s.encode()

def mmss(s):
    s = int(s)
    return f'{s // 60}:{s % 60:02d}'

def hh(s):
    s = int(s)
    return f'{s // 3600:02d}:{s // 60 % 60:02d}:{s % 60:02d}'

def grid(cols, head=True, names=None):
    get = {'speaker': lambda t: t[0], 'start': lambda t: hh(t[1]), 'start_f': lambda t: repr(t[1] + 1 / 3), 'end': lambda t: hh(t[2]), 'text': lambda t: t[3], 'n': lambda t: str(TALK.index(t) + 1), 'num': lambda t: str(NUM[t[0]]), 'role': lambda t: ['official', 'journalist', 'journalist'][NUM[t[0]]], 'date': lambda t: '2026-03-02', 'note': lambda t: '', 'dur': lambda t: str(round(t[2] - t[1], 2))}
    rows = [[get[c](t) for c in cols] for t in TALK]
    return ([names or list(cols)] if head else []) + rows

def csvb(rows, d=','):
    o = io.StringIO()
    _csv.writer(o, delimiter=d, lineterminator='\n').writerows(rows)
    return b(o.getvalue())

def htm(rows, th=True):
    out = ['<html><head><title>Lock</title></head><body><h1>Transcript</h1><table>']
    for n, r in enumerate(rows):
        tag = 'th' if th and n == 0 else 'td'
        out.append('<tr>' + ''.join(f'<{tag}>{html.escape(c)}</{tag}>' for c in r) + '</tr>')
    return b(''.join(out) + '</table></body></html>')

def docx(rows, title=None):
    from docx import Document
    d = Document()
    if title:
        d.add_heading(title)
    t = d.add_table(rows=len(rows), cols=len(rows[0]))
    for i, r in enumerate(rows):
        for j, c in enumerate(r):
            t.cell(i, j).text = c
    o = io.BytesIO()
    d.save(o)
    return o.getvalue()

def zipb(files):
    o = io.BytesIO()
    with zipfile.ZipFile(o, 'w', zipfile.ZIP_DEFLATED) as z:
        for n, c in files:
            z.writestr(n, c)
    return o.getvalue()

def xlsx(rows):

    def cell(v, i, j):
        ref = f"{'ABCDEFGH'[j]}{i + 1}"
        try:
            float(v)
            return f'<c r="{ref}"><v>{v}</v></c>'
        except ValueError:
            return f'<c r="{ref}" t="inlineStr"><is><t>{html.escape(v)}</t></is></c>' if v else ''
    sheet = '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>' + ''.join((f'<row r="{i + 1}">' + ''.join((cell(v, i, j) for j, v in enumerate(r))) + '</row>' for i, r in enumerate(rows))) + '</sheetData></worksheet>'
    wb = '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'
    return zipb([('[Content_Types].xml', '<Types/>'), ('xl/workbook.xml', wb), ('xl/worksheets/sheet1.xml', sheet)])
ODN = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'

def odt_body(inner, styles=''):
    return zipb([('mimetype', 'application/vnd.oasis.opendocument.text'), ('content.xml', f'<?xml version="1.0"?><office:document-content {ODN}><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text>{inner}</office:text></office:body></office:document-content>')])

def odt(rows):
    return odt_body('<table:table>' + ''.join('<table:table-row>' + ''.join(f'<table:table-cell><text:p>{html.escape(c)}</text:p></table:table-cell>' for c in r) + '</table:table-row>' for r in rows) + '</table:table>')

def ods(rows):
    return zipb([('mimetype', 'application/vnd.oasis.opendocument.spreadsheet'), ('content.xml', f'<?xml version="1.0"?><office:document-content {ODN}><office:body><office:spreadsheet><table:table table:name="S">' + ''.join('<table:table-row>' + ''.join(f'<table:table-cell><text:p>{html.escape(c)}</text:p></table:table-cell>' for c in r) + '</table:table-row>' for r in rows) + '</table:table></office:spreadsheet></office:body></office:document-content>')])

def md(rows):
    return b('# Lock\n\n' + '\n'.join(('| ' + ' | '.join(r) + ' |' if n else '| ' + ' | '.join(r) + ' |\n|' + '---|' * len(r) for n, r in enumerate(rows))) + '\n')
KINDS = {'csv': csvb, 'html': htm, 'docx': docx, 'xlsx': xlsx, 'odt': odt, 'ods': ods}
LAY = {'sp-tx': (['speaker', 'text'], True, None), 'tx-sp': (['text', 'speaker'], True, None), 't-tx-sp': (['start', 'text', 'speaker'], True, ['Time', 'Text', 'Speaker']), 'nohead-sp-tx': (['speaker', 'text'], False, None), 'nohead-t-sp-tx': (['start', 'speaker', 'text'], False, None), 'nohead-tx-sp-t': (['text', 'speaker', 'start'], False, None), 'n-sp-tx': (['n', 'speaker', 'text'], True, ['#', 'Name', 'Content']), 'nums': (['num', 'text'], True, ['Speaker', 'Text']), 'float': (['start_f', 'speaker', 'text'], True, ['start', 'speaker', 'text']), 'full': (['n', 'date', 'start', 'end', 'speaker', 'role', 'text', 'note'], True, ['Id', 'Date', 'Start', 'End', 'Speaker', 'Role', 'Text', 'Note']), 'odd-names': (['speaker', 'text'], True, ['Wer', 'Was gesagt wurde']), 'tc-in-out': (['start', 'end', 'speaker', 'text'], True, ['Timecode In', 'Timecode Out', 'Character', 'Dialogue']), 'nvivo': (['n', 'start', 'text', 'speaker'], True, ['', 'Timespan', 'Content', 'Speaker'])}
for order, (cols, head, names) in LAY.items():
    for k, fn in KINDS.items():
        FILES[f'table-{order}.{k}'] = lambda fn=fn, cols=cols, head=head, names=names: fn(grid(cols, head, names))
FILES['table.md'] = lambda: md(grid(['speaker', 'text'], True, ['Speaker', 'Text']))
FILES['table-time.md'] = lambda: md(grid(['start', 'text', 'speaker'], True, ['Time', 'Text', 'Speaker']))
FILES['table-tab.txt'] = lambda: csvb(grid(['start', 'speaker', 'text'], False), '\t')
FILES['table-tab-head.tsv'] = lambda: csvb(grid(['start', 'end', 'speaker', 'text'], True), '\t')
FILES['pivoted-colon.csv'] = lambda: csvb([['Speaker', 'Text']] + [[t[0] + ':', t[3]] for t in TALK])
QA = [(TALK[n][3], TALK[n + 1][3]) for n in (1, 3, 5)]

def cues(fmt, sep=',', head='', num=True, line=lambda t: f'{t[0]}: {t[3]}'):
    return head + '\n'.join(((f'{n}\n' if num else '') + f'{hms(t[1], sep)} --> {hms(t[2], sep)}\n{line(t)}\n' for n, t in enumerate(TALK, 1)))
FILES['bracket.srt'] = lambda: b(cues('', line=lambda t: f'[{spk(t[0])}]: {t[3]}'))
FILES['colon.srt'] = lambda: b(cues(''))
FILES['paren.srt'] = lambda: b(cues('', line=lambda t: f'({t[0]}) {t[3]}'))
FILES['bracket-name.srt'] = lambda: b(cues('', line=lambda t: f'[{t[0]}] {t[3]}'))
FILES['name-own-line.srt'] = lambda: b(cues('', line=lambda t: f'{t[0]}:\n{t[3]}'))
FILES['caps.srt'] = lambda: b(cues('', line=lambda t: f'{t[0].upper()}: {t[3]}'))
FILES['bold-name.srt'] = lambda: b(cues('', line=lambda t: f'<b>{t[0]}:</b> {t[3]}'))
FILES['color.srt'] = lambda: b(cues('', line=lambda t: f'<font color="#ffff00">{t[0]}: {t[3]}</font>'))
FILES['voice.vtt'] = lambda: b(cues('', '.', 'WEBVTT\n\n', False, lambda t: f'<v {t[0]}>{t[3]}</v>'))
FILES['voice-noclose.vtt'] = lambda: b(cues('', '.', 'WEBVTT\n\n', False, lambda t: f'<v {t[0]}>{t[3]}'))
FILES['voice-class.vtt'] = lambda: b(cues('', '.', 'WEBVTT - Lock\n\nNOTE made by us\n\n', True, lambda t: f'<v.loud {t[0]}>{t[3]}</v>'))
FILES['webex.vtt'] = lambda: b('WEBVTT\n\n' + '\n'.join((f'{n} "{t[0]}" (2034)\n{hms(t[1])} --> {hms(t[2])}\n{t[3]}\n' for n, t in enumerate(TALK, 1))))
FILES['zoom.vtt'] = lambda: b(cues('', '.', 'WEBVTT\n\n'))
FILES['teams-guid.vtt'] = lambda: b('WEBVTT\n\n' + '\n'.join((f'3f2a-4b{n}/{n}-0\n{hms(t[1])} --> {hms(t[2])}\n<v {t[0]}>{t[3]}</v>\n' for n, t in enumerate(TALK, 1))))

def split2(x):
    w = x.split()
    k = len(w) // 2
    return ' '.join(w[:k]) + '\n' + ' '.join(w[k:])
FILES['two-rows.srt'] = lambda: b(cues('', line=lambda t: f'{t[0]}: {split2(t[3])}'))

def manycues(lab):
    out = []
    n = 0
    for t in TALK:
        w = words(t)
        k = max(1, len(w) // 2)
        for part, first in ((w[:k], True), (w[k:], False)):
            n += 1
            out.append(f"{n}\n{hms(part[0][1], ',')} --> {hms(part[-1][2], ',')}\n{lab(t, first)}{' '.join(x[0] for x in part)}\n")
    return b('\n'.join(out))
FILES['split-first-only.srt'] = lambda: manycues(lambda t, f: f'{t[0]}: ' if f else '')
FILES['split-each.srt'] = lambda: manycues(lambda t, f: f'[{spk(t[0])}]: ')
FILES['split-each-name.srt'] = lambda: manycues(lambda t, f: f'{t[0]}: ')
FILES['sbv.sbv'] = lambda: b('\n'.join(f'{hms(t[1])[1:]},{hms(t[2])[1:]}\n{t[0]}: {t[3]}\n' for t in TALK))

def ass(ver='v4.00+', name=True):
    h = f'[Script Info]\nTitle: Lock\nScriptType: {ver}\n\n[V4+ Styles]\nFormat: Name, Fontname, Fontsize\nStyle: Default,Arial,20\n\n[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n'
    def f(s):
        return f'{int(s) // 3600}:{int(s) // 60 % 60:02d}:{s % 60:05.2f}'
    return b(h + ''.join(f"Dialogue: 0,{f(t[1])},{f(t[2])},Default,{(t[0] if name else '')},0,0,0,,{('' if name else t[0] + ': ')}{t[3]}\n" for t in TALK))
FILES['names.ass'] = ass
FILES['colon.ass'] = lambda: ass(name=False)
FILES['names.ssa'] = lambda: ass('v4.00')
FILES['agents.ttml'] = lambda: b('<?xml version="1.0"?><tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttm="http://www.w3.org/ns/ttml#metadata" xml:lang="en"><head><metadata>' + ''.join((f'<ttm:agent xml:id="a{n}" type="person"><ttm:name type="full">{p}</ttm:name></ttm:agent>' for p, n in NUM.items())) + '</metadata></head><body><div>' + ''.join(f'<p begin="{hms(t[1])}" end="{hms(t[2])}" ttm:agent="a{NUM[t[0]]}">{t[3]}</p>' for t in TALK) + '</div></body></tt>')
FILES['colon.ttml'] = lambda: b('<?xml version="1.0"?><tt xmlns="http://www.w3.org/ns/ttml" xml:lang="en"><body><div>' + ''.join(f'<p begin="{hms(t[1])}" end="{hms(t[2])}">{t[0]}: {t[3]}</p>' for t in TALK) + '</div></body></tt>')
FILES['agent-on-div.dfxp'] = lambda: b('<tt xmlns="http://www.w3.org/2006/10/ttaf1" xmlns:ttm="http://www.w3.org/2006/10/ttaf1#metadata"><head><metadata>' + ''.join((f'<ttm:agent xml:id="a{n}" type="person"><ttm:name>{p}</ttm:name></ttm:agent>' for p, n in NUM.items())) + '</metadata></head><body>' + ''.join(f'''<div ttm:agent="a{NUM[t[0]]}"><p begin="{t[1]}s" end="{t[2]}s">{split2(t[3]).replace(chr(10), '<br/>')}</p></div>''' for t in TALK) + '</body></tt>')

def rolled():
    out = []
    for t in TALK:
        w = t[3].split()
        k = len(w) // 2
        for row in ('>> ' + ' '.join(w[:k]), ' '.join(w[k:])):
            out.append((t, row))
    s = 'WEBVTT\nKind: captions\nLanguage: en\n\n'
    last = ''
    at = 0.0
    for t, row in out:
        a = max(at, t[1]) if row.startswith('>>') else at
        e = a + 2.5
        tagged = ''.join((f'<{hms(a + i * 0.2)}><c> {x}</c>' if i else x for i, x in enumerate(row.split())))
        tagged = tagged.replace('>>', '&gt;&gt;')
        s += f"{hms(a)} --> {hms(e)} align:start position:0%\n{last.replace('>>', '&gt;&gt;') or ' '}\n{tagged}\n\n{hms(e)} --> {hms(e + 0.01)} align:start position:0%\n{row.replace('>>', '&gt;&gt;')}\n \n\n"
        last = row
        at = e + 0.01
    return b(s)
FILES['youtube-roll.vtt'] = rolled
FILES['mpl2.txt'] = lambda: b(''.join(f'[{round(t[1] * 10)}][{round(t[2] * 10)}]{t[0]}: {t[3]}\n' for t in TALK))
FILES['microdvd.sub'] = lambda: b('{1}{1}25.000\n' + ''.join(f'{{{round(t[1] * 25)}}}{{{round(t[2] * 25)}}}{t[0]}: {t[3]}\n' for t in TALK))
FILES['lrc.lrc'] = lambda: b('[ti:Lock]\n' + ''.join(f'[{int(t[1]) // 60:02d}:{t[1] % 60:05.2f}]{t[0]}: {t[3]}\n' for t in TALK))
FILES['stl.stl'] = lambda: b(''.join(f'{hh(t[1])}:00 , {hh(t[2])}:00 , {t[0]}: {t[3]}\n' for t in TALK))
FILES['youtube-srv3.xml'] = lambda: b('<?xml version="1.0" encoding="utf-8" ?><timedtext format="3"><body>' + ''.join(f'<p t="{round(t[1] * 1000)}" d="{round((t[2] - t[1]) * 1000)}">{t[0]}: {t[3]}</p>' for t in TALK) + '</body></timedtext>')
FILES['youtube-srv1.xml'] = lambda: b('<?xml version="1.0" encoding="utf-8" ?><transcript>' + ''.join(f'<text start="{t[1]}" dur="{round(t[2] - t[1], 2)}">{t[0]}: {t[3]}</text>' for t in TALK) + '</transcript>')
def T(fmt):
    return b(''.join(fmt(t) for t in TALK))
FILES['otter.txt'] = lambda: T(lambda t: f'{t[0]}  {mmss(t[1])}  \n{t[3]}\n\n') + b('Transcribed by https://otter.ai\n')
FILES['zoom-saved.txt'] = lambda: T(lambda t: f'[{t[0]}] {hh(36000 + t[1])}\n{t[3]}\n\n')
FILES['zoom-chat.txt'] = lambda: T(lambda t: f'{hh(36000 + t[1])}\t From  {t[0]} : {t[3]}\n')
FILES['zoom-chat-new.txt'] = lambda: T(lambda t: f'{hh(36000 + t[1])} From {t[0]} to Everyone:\n\t{t[3]}\n')
FILES['zoom-chat-meta.txt'] = lambda: T(lambda t: f'2026-03-02 {hh(36000 + t[1])} From {t[0]} To Everyone:\n{t[3]}\n')
FILES['whatsapp-ios.txt'] = lambda: b('[02/03/2026, 09:59:00] Lock: \u200eMessages and calls are end-to-end encrypted.\n') + T(lambda t: f'[02/03/2026, {hh(36000 + t[1])}] {t[0]}: {t[3]}\n')
FILES['whatsapp-us.txt'] = lambda: T(lambda t: f'3/2/26, 10:0{TALK.index(t)} AM - {t[0]}: {t[3]}\n')
FILES['whatsapp-de.txt'] = lambda: b('02.03.26, 09:58 - Nachrichten und Anrufe sind Ende-zu-Ende-verschlüsselt.\n') + T(lambda t: f'02.03.26, 10:0{TALK.index(t)} - {t[0]}: {t[3]}\n')
FILES['whatsapp.txt'] = lambda: T(lambda t: f'02/03/2026, 10:0{TALK.index(t)} - {t[0]}: {t[3]}\n')
FILES['whatsapp-nnbsp.txt'] = lambda: T(lambda t: f'3/2/26, 10:0{TALK.index(t)}\u202fAM - {t[0]}: {t[3]}\n')
FILES['signal.txt'] = lambda: T(lambda t: f'[2026-03-02 10:0{TALK.index(t)}] {t[0]}: {t[3]}\n')
FILES['irc.txt'] = lambda: T(lambda t: f"[10:00:{int(t[1]):02d}] <{t[0].replace(' ', '_')}> {t[3]}\n")
FILES['slack-copy.txt'] = lambda: T(lambda t: f'{t[0]}  10:0{TALK.index(t)} AM\n{t[3]}\n')
FILES['discord-copy.txt'] = lambda: T(lambda t: f'{t[0]} — 02/03/2026 10:0{TALK.index(t)}\n{t[3]}\n')
FILES['teams-copy.txt'] = lambda: T(lambda t: f'{t[0]}\n{mmss(t[1])}\n{t[3]}\n')
FILES['teams-copy2.txt'] = lambda: T(lambda t: f'{mmss(t[1])}\n{t[0]}\n{t[3]}\n\n')
FILES['turboscribe.txt'] = lambda: b('lock.mp3\n\n') + T(lambda t: f'[{t[0]}] ({mmss(t[1])} - {mmss(t[2])})\n{t[3]}\n\n') + b('(This file is longer than 30 minutes.)\n')
FILES['trint.txt'] = lambda: T(lambda t: f'[{hh(t[1])}] {t[0]}: {t[3]} [{round(t[2] - t[1], 1)}]\n\n')
FILES['trint-first.txt'] = lambda: T(lambda t: f'{t[0]} [{hh(t[1])}]: {t[3]} [{round(t[2] - t[1], 1)}]\n\n')
FILES['premiere.txt'] = lambda: T(lambda t: f'{hh(t[1])}:12 - {hh(t[2])}:03\n{t[0]}\n{t[3]}\n\n')
FILES['descript.txt'] = lambda: T(lambda t: f'[{hh(t[1])}] **{t[0]}:** {t[3]}\n\n')
FILES['noscribe.txt'] = lambda: T(lambda t: f'S0{NUM[t[0]]}: {t[3]}\n\n')
FILES['noscribe-times.txt'] = lambda: T(lambda t: f'[{hh(t[1])}] S0{NUM[t[0]]}: {t[3]}\n\n')
FILES['f4.txt'] = lambda: T(lambda t: f'{t[0].split()[0]}: {t[3]} #{hh(t[2])}-3#\n\n')
FILES['f4-B1.txt'] = lambda: T(lambda t: f"{['B', 'I1', 'I2'][NUM[t[0]]]}: {t[3]} #{hh(t[2])}-3#\n\n")
FILES['maxqda.txt'] = lambda: T(lambda t: f'#{hh(t[1])}-0# {t[0]}: {t[3]}\n')
FILES['rev.txt'] = lambda: T(lambda t: f'{t[0]} ({mmss(t[1])}):\n{t[3]}\n\n')
FILES['rev-speaker.txt'] = lambda: T(lambda t: f'Speaker {NUM[t[0]] + 1} ({hh(t[1])}):\n{t[3]}\n\n')
FILES['fireflies.txt'] = lambda: T(lambda t: f'{t[0]} - {mmss(t[1])}\n{t[3]}\n\n')
FILES['happyscribe.txt'] = lambda: T(lambda t: f'[{hh(t[1])}.120] - {t[0]}\n\n{t[3]}\n\n')
FILES['sonix.txt'] = lambda: b('Lock.mp3\n\n') + T(lambda t: f'{t[0]}: [{hh(t[1])}] {t[3]}\n\n')
FILES['express-scribe.txt'] = lambda: T(lambda t: f'{t[0].upper()}:\t{t[3]}\n')
FILES['meet-gemini.txt'] = lambda: b('Mar 2, 2026\n\nLock - Transcript\n\n00:00:00\n\n') + T(lambda t: f'{t[0]}: {t[3]}\n') + b('\nMeeting ended after 00:00:40\n')
FILES['tactiq.txt'] = lambda: T(lambda t: f'{hh(t[1])} {t[0]}: {t[3]}\n')
FILES['azure-lines.txt'] = lambda: T(lambda t: f'Guest-{NUM[t[0]] + 1}: {t[3]}\n')
FILES['whisperx.txt'] = lambda: T(lambda t: f'[{spk(t[0])}]: {t[3]}\n')
FILES['whisper-diar.txt'] = lambda: T(lambda t: f'Speaker {NUM[t[0]]}: {t[3]}\n\n')
FILES['aws-docs.txt'] = lambda: T(lambda t: f'spk_{NUM[t[0]]}: {t[3]}\n')
FILES['arrow.txt'] = lambda: T(lambda t: f'[{hms(t[1])} --> {hms(t[2])}] [{spk(t[0])}] {t[3]}\n')
FILES['arrow-colon.txt'] = lambda: T(lambda t: f'[{hms(t[1])} --> {hms(t[2])}]  {spk(t[0])}: {t[3]}\n')
FILES['macwhisper.txt'] = lambda: T(lambda t: f'{hms(t[1])} --> {hms(t[2])} [Speaker {NUM[t[0]] + 1}]\n{t[3]}\n\n')
FILES['seconds.txt'] = lambda: T(lambda t: f'{t[1]:.2f}-{t[2]:.2f} {t[0]}: {t[3]}\n')
FILES['audacity.txt'] = lambda: T(lambda t: f'{t[1]:.6f}\t{t[2]:.6f}\t{t[0]}: {t[3]}\n')
FILES['otranscribe.txt'] = lambda: T(lambda t: f'{mmss(t[1])} {t[0]}: {t[3]}\n\n')
FILES['inqscribe.txt'] = lambda: T(lambda t: f'[{hh(t[1])}.15] {t[0]}: {t[3]}\n\n')

def teamsdocx(bold=True, sep='   '):
    from docx import Document
    d = Document()
    d.add_paragraph('Lock-20260302-Meeting Recording')
    d.add_paragraph('March 2, 2026, 10:00AM')
    d.add_paragraph('40s')
    for t in TALK:
        p = d.add_paragraph()
        r = p.add_run(t[0])
        r.bold = bold
        p.add_run(f'{sep}{mmss(t[1])}')
        p.add_run().add_break()
        p.add_run(t[3])
    o = io.BytesIO()
    d.save(o)
    return o.getvalue()
FILES['teams-bold.docx'] = teamsdocx
FILES['teams-plain.docx'] = lambda: teamsdocx(False)

def para_docx(f, bold=True):
    from docx import Document
    d = Document()
    for t in TALK:
        lab, rest = f(t)
        p = d.add_paragraph()
        r = p.add_run(lab)
        r.bold = bold
        p.add_run(rest)
    o = io.BytesIO()
    d.save(o)
    return o.getvalue()
FILES['bold-colon.docx'] = lambda: para_docx(lambda t: (t[0] + ':', ' ' + t[3]))
FILES['plain-colon.docx'] = lambda: para_docx(lambda t: (t[0] + ':', ' ' + t[3]), False)
FILES['f4.docx'] = lambda: para_docx(lambda t: (t[0].split()[0] + ': ', t[3] + f' #{hh(t[2])}-3#'), False)
FILES['otter.docx'] = lambda: para_docx(lambda t: (t[0], f'  {mmss(t[1])}  \n{t[3]}'))
FILES['tei-u.xml'] = lambda: b('<?xml version="1.0"?><TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Lock</title></titleStmt></fileDesc><profileDesc><particDesc><listPerson>' + ''.join((f'<person xml:id="p{n}"><persName><surname>{p.split()[1]}</surname><forename>{p.split()[0]}</forename></persName></person>' for p, n in NUM.items())) + '</listPerson></particDesc></profileDesc></teiHeader><text><body>' + ''.join(f'<u who="#p{NUM[t[0]]}" start="#t1">{t[3]}</u>' for t in TALK) + '</body></text></TEI>')
FILES['tei-timeline.xml'] = lambda: b('<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Lock</title></titleStmt></fileDesc></teiHeader><text><front><timeline unit="s"><when xml:id="T0" absolute="00:00:00"/>' + ''.join((f'<when xml:id="T{n}a" interval="{t[1]}" since="#T0"/><when xml:id="T{n}b" interval="{t[2]}" since="#T0"/>' for n, t in enumerate(TALK))) + '</timeline></front><body>' + ''.join((f'<annotationBlock who="{t[0]}" start="#T{n}a" end="#T{n}b"><u><seg type="contribution">{t[3]}</seg></u></annotationBlock>' for n, t in enumerate(TALK))) + '</body></text></TEI>')
FILES['tei-sp.xml'] = lambda: b('<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Lock</title></titleStmt></fileDesc></teiHeader><text><body><div>' + ''.join(f'<sp><speaker>{t[0]}.</speaker><p>{t[3]}</p></sp>' for t in TALK) + '</div></body></text></TEI>')
FILES['parlamint.xml'] = lambda: b('<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en"><teiHeader><fileDesc><titleStmt><title>Lock</title></titleStmt></fileDesc></teiHeader><text ana="#reference"><body><div type="debateSection"><head>Lock</head>' + ''.join((f"""<note type="speaker">{t[0]}:</note><u who="#{t[0].replace(' ', '')}" ana="#{'chair regular guest'.split()[NUM[t[0]]]}" xml:id="u{n}" xml:lang="en"><seg xml:id="s{n}">""" + ''.join(('<s>' + ''.join((f'<w lemma="x">{bits(w)[0]}</w>' + (f'<pc>{bits(w)[1]}</pc>' if bits(w)[1] else '') + ' ' for w in s.split())) + '</s>' for s in [t[3]])) + '</seg></u>' for n, t in enumerate(TALK))) + '</div></body></text></TEI>')
FILES['akn.xml'] = lambda: b('<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><debate name="hansard"><meta><identification source="#x"><FRBRWork><FRBRdate date="2026-03-02" name="d"/></FRBRWork></identification><references source="#x">' + ''.join((f'<TLCPerson eId="p{n}" href="/ontology/person/{n}" showAs="{p}"/>' for p, n in NUM.items())) + '</references></meta><debateBody><debateSection><heading>Lock</heading>' + ''.join((f'<question by="#p{NUM[t[0]]}" eId="q{n}"><from>{t[0]}:</from><p>{t[3]}</p></question>' if '?' in t[3] else f'<answer by="#p{NUM[t[0]]}"><from>{t[0]} :</from><p>{t[3]}</p></answer>' for n, t in enumerate(TALK))) + '</debateSection></debateBody></debate></akomaNtoso>')
FILES['akn-speech.xml'] = lambda: b('<akomaNtoso><debate><debateBody><debateSection name="x"><heading>Lock</heading>' + ''.join((f"""<speech by="#{t[0].lower().replace(' ', '-')}" startTime="2026-03-02T10:00:{int(t[1]):02d}"><from>{t[0]}</from><p>{t[3]}</p></speech>""" for n, t in enumerate(TALK))) + '</debateSection></debateBody></debate></akomaNtoso>')

def eaf(one=False):
    slots = ''.join((f'<TIME_SLOT TIME_SLOT_ID="ts{2 * n}" TIME_VALUE="{round(t[1] * 1000)}"/><TIME_SLOT TIME_SLOT_ID="ts{2 * n + 1}" TIME_VALUE="{round(t[2] * 1000)}"/>' for n, t in enumerate(TALK)))
    tiers = ''.join(f'<TIER TIER_ID="{p}" LINGUISTIC_TYPE_REF="utt"' + (f' PARTICIPANT="{p}"' if one else '') + '>' + ''.join((f'<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a{n}" TIME_SLOT_REF1="ts{2 * n}" TIME_SLOT_REF2="ts{2 * n + 1}"><ANNOTATION_VALUE>{t[3]}</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>' for n, t in enumerate(TALK) if t[0] == p)) + '</TIER>' for p in PEOPLE)
    dep = '<TIER TIER_ID="notes" PARENT_REF="Nora Quill" LINGUISTIC_TYPE_REF="n"><ANNOTATION><REF_ANNOTATION ANNOTATION_ID="r1" ANNOTATION_REF="a0"><ANNOTATION_VALUE>a note of ours on this</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION></TIER>'
    return b(f'<?xml version="1.0" encoding="UTF-8"?><ANNOTATION_DOCUMENT AUTHOR="" DATE="2026-03-02T10:00:00+01:00" FORMAT="3.0"><HEADER TIME_UNITS="milliseconds"/><TIME_ORDER>{slots}</TIME_ORDER>{tiers}{dep}</ANNOTATION_DOCUMENT>')
FILES['elan.eaf'] = eaf
FILES['elan-participant.eaf'] = lambda: eaf(True)
FILES['exmaralda.exb'] = lambda: b('<?xml version="1.0"?><basic-transcription><head><meta-information><project-name>Lock</project-name></meta-information><speakertable>' + ''.join((f'<speaker id="SPK{n}"><abbreviation>{p.split()[0]}</abbreviation></speaker>' for p, n in NUM.items())) + '</speakertable></head><basic-body><common-timeline>' + ''.join((f'<tli id="T{2 * n}" time="{t[1]}"/><tli id="T{2 * n + 1}" time="{t[2]}"/>' for n, t in enumerate(TALK))) + '</common-timeline>' + ''.join((f'<tier id="TIE{m}" speaker="SPK{m}" category="v" type="t" display-name="{p} [v]">' + ''.join((f'<event start="T{2 * n}" end="T{2 * n + 1}">{t[3]}</event>' for n, t in enumerate(TALK) if t[0] == p)) + '</tier>' for p, m in NUM.items())) + '</basic-body></basic-transcription>')
FILES['transcriber.trs'] = lambda: b('<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE Trans SYSTEM "trans-14.dtd"><Trans audio_filename="lock"><Speakers>' + ''.join((f'<Speaker id="spk{n}" name="{p}" type="female"/>' for p, n in NUM.items())) + '</Speakers><Episode><Section type="report" startTime="0" endTime="40">' + ''.join(f'<Turn speaker="spk{NUM[t[0]]}" startTime="{t[1]}" endTime="{t[2]}"><Sync time="{t[1]}"/>{t[3]}</Turn>' for t in TALK) + '</Section></Episode></Trans>')
FILES['publicwhip.xml'] = lambda: b('<?xml version="1.0"?><publicwhip><major-heading id="h">Lock</major-heading>' + ''.join((f'<speech id="s{n}" speakername="{t[0]}" person_id="uk.org/person/{NUM[t[0]]}" time="10:00:{int(t[1]):02d}" colnum="3"><p pid="a{n}">{t[3]}</p></speech>' for n, t in enumerate(TALK))) + '</publicwhip>')
FILES['textgrid.TextGrid'] = lambda: b('File type = "ooTextFile"\nObject class = "TextGrid"\n\nxmin = 0\nxmax = 40\ntiers? <exists>\nsize = 3\nitem []:\n' + ''.join((f'    item [{m + 1}]:\n        class = "IntervalTier"\n        name = "{p}"\n        xmin = 0\n        xmax = 40\n        intervals: size = 9\n' + ''.join((f'        intervals [{n + 1}]:\n            xmin = {t[1]}\n            xmax = {t[2]}\n            text = "{t[3]}"\n' for n, t in enumerate(TALK) if t[0] == p)) for p, m in NUM.items())))
FILES['folker.fln'] = lambda: b('<?xml version="1.0"?><folker-transcription><head/><speakers>' + ''.join((f'<speaker speaker-id="S{n}"><name>{p}</name></speaker>' for p, n in NUM.items())) + '</speakers><recording path="x"/><timeline>' + ''.join((f'<timepoint timepoint-id="TLI_{n}a" absolute-time="{t[1]}"/><timepoint timepoint-id="TLI_{n}b" absolute-time="{t[2]}"/>' for n, t in enumerate(TALK))) + '</timeline>' + ''.join((f'<contribution speaker-reference="S{NUM[t[0]]}" start-reference="TLI_{n}a" end-reference="TLI_{n}b"><segment start-reference="TLI_{n}a" end-reference="TLI_{n}b">{t[3]}</segment></contribution>' for n, t in enumerate(TALK))) + '</folker-transcription>')
FILES['unknown.xml'] = lambda: b('<?xml version="1.0"?><verslag><titel>Sluis</titel>' + ''.join((f'<woordgevoerd nr="{n}"><deelnemer>{t[0]}</deelnemer><tekst>{t[3]}</tekst></woordgevoerd>' for n, t in enumerate(TALK))) + '</verslag>')
FILES['unknown-attr.xml'] = lambda: b('<?xml version="1.0"?><protocol><zitting datum="2026-03-02">' + ''.join((f'<beurt naam="{t[0]}" id="b{n}"><al>{t[3]}</al></beurt>' for n, t in enumerate(TALK))) + '</zitting></protocol>')
FILES['bundestag.xml'] = lambda: b('<?xml version="1.0"?><dbtplenarprotokoll><sitzungsverlauf><tagesordnungspunkt>' + ''.join((f'<rede id="r{n}"><p klasse="redner"><redner id="{NUM[t[0]]}"><name><vorname>{t[0].split()[0]}</vorname><nachname>{t[0].split()[1]}</nachname></name></redner>{t[0]}:</p><p klasse="J_1">{t[3]}</p></rede>' for n, t in enumerate(TALK))) + '</tagesordnungspunkt></sitzungsverlauf></dbtplenarprotokoll>')
FILES['clan-flo.cha'] = lambda: b('@UTF8\n@Begin\n@Languages:\teng\n@Participants:\tNOR Nora_Quill Speaker, PIE Piet_Vos Speaker, RUT Ruth_Amsel Speaker\n' + ''.join(f'*{t[0][:3].upper()}:\t{t[3]} \x15{round(t[1] * 1000)}_{round(t[2] * 1000)}\x15\n' for t in TALK) + '@End\n')
FILES['riksdag.xml'] = lambda: b('<?xml version="1.0"?><dokumentstatus><debatt>' + ''.join((f'<anforande><anf_nummer>{n}</anf_nummer><talare>{t[0]}</talare><anf_text>{t[3]}</anf_text></anforande>' for n, t in enumerate(TALK))) + '</debatt></dokumentstatus>')
def page():
    return '<html><head><title>Lock</title></head><body>' + ''.join(f'<p><b>{t[0]}:</b> {t[3]}</p>' for t in TALK) + '</body></html>'
FILES['page.html'] = lambda: b(page())
FILES['book.epub'] = lambda: zipb([('mimetype', 'application/epub+zip'), ('META-INF/container.xml', '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OEBPS/c.opf"/></rootfiles></container>'), ('OEBPS/c.opf', '<package xmlns="http://www.idpf.org/2007/opf"><manifest><item id="n" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/><item id="a" href="text/a.xhtml"/></manifest><spine><itemref idref="a"/></spine></package>'), ('OEBPS/nav.xhtml', "<html><body><nav><ol><li><a href='a'>Lock</a></li></ol></nav></body></html>"), ('OEBPS/text/a.xhtml', page())])

def mhtml(enc='quoted-printable'):
    m = email.message.EmailMessage()
    m['From'] = '<Saved by Blink>'
    m['Subject'] = 'Lock'
    m['Snapshot-Content-Location'] = 'https://example.org/a'
    m['MIME-Version'] = '1.0'
    m.make_related()
    part = email.message.EmailMessage()
    part.set_content(page(), subtype='html', cte=enc)
    m.attach(part)
    css = email.message.EmailMessage()
    css.set_content('p{}', subtype='css')
    m.attach(css)
    return m.as_bytes()
FILES['saved.mhtml'] = mhtml
FILES['saved-b64.mht'] = lambda: mhtml('base64')

def eml():
    m = email.message.EmailMessage()
    m['From'] = 'a@example.org'
    m['To'] = 'b@example.org'
    m['Subject'] = 'Transcript'
    m['Date'] = 'Mon, 02 Mar 2026 10:00:00 +0000'
    m.set_content(''.join(f'{t[0]}: {t[3]}\n\n' for t in TALK))
    return m.as_bytes()
FILES['mail.eml'] = eml

def emlatt():
    m = email.message.EmailMessage()
    m['From'] = 'a@example.org'
    m['To'] = 'b@example.org'
    m['Subject'] = 'Transcript'
    m.set_content('Here is the transcript. Best, A.')
    m.add_attachment(FILES['bold-colon.docx'](), maintype='application', subtype='vnd.openxmlformats-officedocument.wordprocessingml.document', filename='talk.docx')
    return m.as_bytes()
FILES['mail-attached.eml'] = emlatt
FILES['folder.zip'] = lambda: zipb([('lock/index.html', page()), ('lock/style.css', 'p{}'), ('lock/readme.txt', 'x')])
FILES['folder-docx.zip'] = lambda: zipb([('talk.docx', FILES['bold-colon.docx']())])
FILES['folder-images.zip'] = lambda: zipb([('a/logo.png', b'\x89PNG\r\n1234'), ('a/page.html', page()), ('a/app.js', 'var a=1;')])
FILES['pages.zip'] = lambda: zipb([(f'page{n}.html', '<html><body>' + ''.join(f'<p><b>{t[0]}:</b> {t[3]}</p>' for t in part) + '</body></html>') for n, part in enumerate((TALK[:3], TALK[3:5], TALK[5:]), 1)])
FILES['pages10.zip'] = lambda: zipb([(f'page{n}.html', '<html><body>' + ''.join(f'<p><b>{t[0]}:</b> {t[3]}</p>' for t in part) + '</body></html>') for n, part in ((2, TALK[:4]), (10, TALK[4:]))])
FILES['para.odt'] = lambda: odt_body(''.join(f'<text:p><text:span text:style-name="T1">{t[0]}:</text:span> {t[3]}</text:p>' for t in TALK), '<style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>')
FILES['plain.odt'] = lambda: odt_body(''.join(f'<text:p>{t[0]}: {t[3]}</text:p>' for t in TALK))
FILES['flat.fodt'] = lambda: b(f'<?xml version="1.0"?><office:document {ODN} office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text>' + ''.join(f'<text:p>{t[0]}: {t[3]}</text:p>' for t in TALK) + '</office:text></office:body></office:document>')
FILES['word.rtf'] = lambda: b('{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}}' + ''.join(f'\\pard {{\\b {t[0]}:}} {t[3]}\\par ' + '\n' for t in TALK) + '}')
FILES['table.rtf'] = lambda: b('{\\rtf1\\ansi' + ''.join(f'\\trowd\\cellx2000\\cellx9000\\intbl {t[0]}\\cell {t[3]}\\cell\\row ' + '\n' for t in TALK) + '}')
FILES['word2003.xml'] = lambda: b('<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body>' + ''.join(f'<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{t[0]}:</w:t></w:r><w:r><w:t> {t[3]}</w:t></w:r></w:p>' for t in TALK) + '</w:body></w:wordDocument>')
FILES['telegram.html'] = lambda: b('<!DOCTYPE html><html><head><title>Exported Data</title></head><body><div class="page_wrap"><div class="page_header"><div class="content"><div class="text bold">Lock</div></div></div><div class="page_body chat_page"><div class="history">' + ''.join((f'<div class="message default clearfix" id="message{n}"><div class="pull_left userpic_wrap"><div class="userpic"><div class="initials">{t[0][0]}</div></div></div><div class="body"><div class="pull_right date details" title="02.03.2026 10:0{n}:00 UTC">10:0{n}</div><div class="from_name">{t[0]}</div><div class="text">{t[3]}</div></div></div>' for n, t in enumerate(TALK))) + '</div></div></div></body></html>')
FILES['spans.html'] = lambda: b('<html><body>' + ''.join(f'<div class="line"><span class="speaker">{t[0]}</span><span class="ts">{mmss(t[1])}</span><p class="text">{t[3]}</p></div>' for t in TALK) + '</body></html>')
FILES['dl.html'] = lambda: b('<html><body><dl>' + ''.join(f'<dt>{t[0]}</dt><dd>{t[3]}</dd>' for t in TALK) + '</dl></body></html>')
FILES['sami.smi'] = lambda: b('<SAMI>\n<HEAD>\n<TITLE>Lock</TITLE>\n<STYLE TYPE="text/css"><!--\nP {font-family: Arial;}\n.ENCC {Name: English; lang: en-US;}\n--></STYLE>\n</HEAD>\n<BODY>\n' + ''.join(f'<SYNC Start={int(t[1] * 1000)}><P Class=ENCC>{t[0]}: {split2(t[3])}\n<SYNC Start={int(t[2] * 1000)}><P Class=ENCC>&nbsp;\n' for t in TALK).replace('\n', '<br>\n') + '</BODY>\n</SAMI>\n')
FILES['sami-source.smi'] = lambda: b('<SAMI><BODY>\n' + ''.join(f'<SYNC Start="{int(t[1] * 1000)}">\n<P Class=ENCC ID=Source>{t[0]}\n<P Class=ENCC>{t[3]}\n' for t in TALK) + '</BODY></SAMI>\n')
FILES['name-above.vtt'] = lambda: b('WEBVTT\n\nNOTE made by a tool\n\n' + ''.join(f'{t[0]}\n{hms(t[1])} --> {hms(t[2])} align:start\n{t[3]}\n\n' for t in TALK))
FILES['two-speakers.srt'] = lambda: b(''.join(f"{n}\n{hms(pair[0][1], ',')} --> {hms(pair[-1][2], ',')}\n" + ''.join(f'{t[0]}: {t[3]}\n' for t in pair) + '\n' for n, pair in enumerate((TALK[i:i + 2] for i in range(0, 7, 2)), 1)))
FILES['start-one-line.txt'] = lambda: b(''.join(f"{hms(t[1], ',')} --> {hms(t[2], ',')} {t[0]}: {t[3]}\n" for t in TALK))
FILES['usf-start.xml'] = lambda: b('<?xml version="1.0"?>\n<USFSubtitles version="1.0"><metadata><title>Lock</title></metadata><subtitles>' + ''.join(f'<subtitle start="{hms(t[1])}" stop="{hms(t[2])}"><text alignment="BottomCenter" speaker="{t[0]}">{html.escape(t[3])}</text></subtitle>' for t in TALK) + '</subtitles></USFSubtitles>')
FILES['start.flextext'] = lambda: b('<?xml version="1.0"?><document version="2"><interlinear-text><item type="title" lang="en">Lock</item><paragraphs>' + ''.join(f'<paragraph><phrases><phrase begin-time-offset="{int(t[1] * 1000)}" end-time-offset="{int(t[2] * 1000)}" speaker="{t[0]}"><item type="txt" lang="en">{t[3]}</item></phrase></phrases></paragraph>' for t in TALK) + '</paragraphs></interlinear-text></document>')
FILES['folia-start.xml'] = lambda: b('<?xml version="1.0"?><FoLiA xmlns="http://ilk.uvt.nl/folia" version="2.5"><metadata type="native"><annotations/></metadata><speech>' + ''.join(f'<event class="turn" speaker="{t[0]}" begintime="{hms(t[1])}" endtime="{hms(t[2])}"><utt><t>{t[3]}</t></utt></event>' for t in TALK) + '</speech></FoLiA>')

def spanning():
    """A table in which the name stands once beside all the sentences of a turn."""
    out = ['<html><body><h1>The lock</h1><table><tr><th>Speaker</th><th>Time</th><th>What was said</th></tr>']
    for who, start, _, text in TALK:
        parts = text.replace('. ', '.|').split('|')
        for n, part in enumerate(parts):
            out.append(f'<tr>{f"""<td rowspan="{len(parts)}">{who}</td>""" if not n else ""}<td>{hh(start + n / 9)}</td><td>{part}</td></tr>')
    return b(''.join(out) + '</table></body></html>')
FILES['rowspan-start.html'] = spanning
QA = [['Date', 'Journalist', 'Outlet', 'Question', 'Respondent', 'Answer']] + [['2026-03-02', TALK[n][0], 'Canal Gazette', TALK[n][3], TALK[n + 1][0], TALK[n + 1][3]] for n in (1, 3, 5)]
FILES['qa-who.csv'] = lambda: csvb(QA)
FILES['qa-who.xlsx'] = lambda: xlsx(QA)
FILES['tei-start.xml'] = lambda: b('<?xml version="1.0"?><TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><profileDesc><particDesc>' + ''.join(f'<person xml:id="P{n}"><persName><forename>{p.split()[0]}</forename> <surname>{p.split()[1]}</surname></persName></person>' for p, n in NUM.items()) + '</particDesc></profileDesc></teiHeader><text><timeline unit="s"><when xml:id="T0" absolute="00:00:00"/>' + ''.join(f'<when xml:id="T{n}" interval="{t[1]}" since="#T0"/>' for n, t in enumerate(TALK, 1)) + '</timeline><body>' + ''.join(f'<annotationBlock who="#P{NUM[t[0]]}" start="#T{n}"><u><seg type="utterance">{t[3]}</seg></u><spanGrp type="pos"><span>a word beside each word</span></spanGrp></annotationBlock>' for n, t in enumerate(TALK, 1)) + '</body></text></TEI>')
FILES['note.rtf'] = lambda: b(r'{\rtf1\ansi ' + ''.join(r'{\b ' + t[0] + r':}\tab ' + t[3] + r'{\super 1}{\footnote\pard The figure was put right later.\par}' * (NUM[t[0]] == 2) + r'\par ' for t in TALK).replace(r'{\super 1}', '') + '}')

def excel():
    """A workbook as Excel saves it: its times and dates are numbers, and styles say so."""
    rows = ''.join(f'<row r="{n}"><c r="A{n}" s="1"><v>46083</v></c><c r="B{n}" s="2"><v>{t[1] / 86400!r}</v></c><c r="C{n}" t="inlineStr"><is><t>{t[0]}</t></is></c><c r="D{n}" t="inlineStr"><is><t>{t[3]}</t></is></c></row>' for n, t in enumerate(TALK, 2))
    head = ''.join(f'<c r="{c}1" t="inlineStr"><is><t>{name}</t></is></c>' for c, name in zip('ABCD', ('Date', 'Time', 'Speaker', 'Text'), strict=True))
    styles = '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1"><numFmt numFmtId="164" formatCode="[h]:mm:ss.000;@"/></numFmts><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>'
    sheet = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">{head}</row>{rows}</sheetData></worksheet>'
    return zipb([('[Content_Types].xml', '<Types/>'), ('xl/workbook.xml', '<workbook/>'), ('xl/styles.xml', styles), ('xl/worksheets/sheet1.xml', sheet)])
FILES['excel-start.xlsx'] = excel
COLUMNS = [PEOPLE] + [[t[3] if t[0] == p else '' for p in PEOPLE] for t in TALK]
FILES['a-column-each.csv'] = lambda: csvb(COLUMNS)
FILES['a-column-each.docx'] = lambda: docx(COLUMNS)
FILES['a-column-each.html'] = lambda: htm(COLUMNS)
FILES['given-and-family.csv'] = lambda: csvb([['First name', 'Surname', 'Remarks']] + [[*t[0].split(), t[3]] for t in TALK])
FILES['t-range.tsv'] = lambda: csvb([[f'{t[1]}-{t[2]}', t[0], t[3]] for t in TALK], '\t')
FILES['start-words.csv'] = lambda: csvb([['word', 'start', 'end', 'speaker']] + [[w, s, e, spk(t[0])] for t in TALK for w, s, e in words(t)])
FILES['title-above-start.xlsx'] = lambda: xlsx([['The lock', '', '', ''], ['2 March 2026', '', '', ''], ['No.', 'Who', 'When', 'What was said']] + [[str(n), t[0], hh(t[1]), t[3]] for n, t in enumerate(TALK, 1)])
FILES['numbers-by-pandas.csv'] = lambda: csvb([['spk', 'text']] + [[f'{NUM[t[0]] + 1}.0', t[3]] for t in TALK])
FILES['id-and-name.vtt'] = lambda: b('WEBVTT\n\n' + '\n\n'.join(f'{n} - {t[0]}\n{hms(t[1])} --> {hms(t[2])}\n{t[3]}' for n, t in enumerate(TALK, 1)))
FILES['ticks.ttml'] = lambda: b('<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttm="http://www.w3.org/ns/ttml#metadata" xmlns:ttp="http://www.w3.org/ns/ttml#parameter" ttp:tickRate="10000000"><body><div>' + ''.join(f'<p begin="{int(t[1] * 1e7)}t" end="{int(t[2] * 1e7)}t" ttm:agent="a{NUM[t[0]]}">{t[3]}</p>' for t in TALK) + '</div></body></tt>')
FILES['speaker-id.xml'] = lambda: b('<?xml version="1.0"?><log><speakers>' + ''.join(f'<speaker id="{n}"><name>{p}</name></speaker>' for p, n in NUM.items()) + '</speakers>' + ''.join(f'<entry><speaker_id>{NUM[t[0]]}</speaker_id><text>{t[3]}</text></entry>' for t in TALK) + '</log>')
FILES['orateurs.xml'] = lambda: b('<?xml version="1.0"?><compteRendu><contenu>' + ''.join(f'<paragraphe><orateurs><orateur><nom>{t[0]}</nom><id>{NUM[t[0]]}</id><qualite/></orateur></orateurs><texte>{t[3]}</texte></paragraphe>' for t in TALK) + '</contenu></compteRendu>')
FILES['feed.xml'] = lambda: b('<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Town</title><item><title>The lock</title><content:encoded><![CDATA[' + ''.join(f'<p><strong>{t[0]}:</strong> {t[3]}</p>' for t in TALK) + ']]></content:encoded></item></channel></rss>')
FILES['start-in-element.xml'] = lambda: b('<?xml version="1.0"?><transcript><participants>' + ''.join(f'<p id="p{n}">{p}</p>' for p, n in NUM.items()) + '</participants><body>' + ''.join(f'<turn who="p{NUM[t[0]]}"><ts>{hms(t[1])}</ts><line>{t[3]}</line></turn>' for t in TALK) + '</body></transcript>')
FILES['roles-of-paragraphs.xml'] = lambda: b('<?xml version="1.0"?><doc><sect>' + ''.join(f'<para role="speaker">{t[0]}</para><para role="speech">{t[3]}</para>' for t in TALK) + '</sect></doc>')
FILES['zoom-meeting.zip'] = lambda: zipb([('m/chat.txt', '14:02:10\t Guest:\tHello all\n14:03:11\t Other:\tHi there\n'), ('m/summary.txt', 'The lock opens in June. ' * 90), ('m/talk.vtt', FILES['voice.vtt']())])
FILES['start-two-formats.zip'] = lambda: zipb([('lock.txt', ''.join(f'{t[0]}: {t[3]}\n' for t in TALK)), ('lock.vtt', FILES['voice.vtt']())])
