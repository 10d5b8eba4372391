"""One invented conversation as programs write it, a line for what each of them makes.

`JSON` has a builder for each shape; `TALK` is what all of them hold: speaker, start, stop, text.
"""

# fmt: off
from __future__ import annotations

import json

TALK = [('Nora Quill', 0.5, 8.2, 'Good afternoon, everybody. The lock at Saltmarsh opens again on the first of June. I will take your questions now.'), ('Piet Vos', 9.0, 13.4, 'Piet Vos from the Canal Gazette. Why did the repair take so long?'), ('Nora Quill', 14.1, 20.8, 'It took so long because the old gate had rusted through. A new one had to be cast.'), ('Ruth Amsel', 21.6, 24.3, 'Will barge owners be paid for the lost weeks?'), ('Nora Quill', 25.0, 31.5, 'Yes, every owner may hand in a claim until August. We pay within a month.'), ('Piet Vos', 32.2, 34.6, 'And what did the new gate cost?'), ('Nora Quill', 35.1, 39.9, 'The gate cost two million, as the council had expected.')]
PEOPLE = ['Nora Quill', 'Piet Vos', 'Ruth Amsel']
NUM = {p: n for n, p in enumerate(PEOPLE)}

def words(t):
    who, a, b, text = t
    ws = text.split()
    step = (b - a) / len(ws)
    return [(w, round(a + i * step, 3), round(a + (i + 1) * step - 0.02, 3)) for i, w in enumerate(ws)]

def bits(w):
    """A word and the mark after it."""
    return (w[:-1], w[-1]) if w[-1] in '.,?!' else (w, '')

def hms(s, sep='.'):
    ms = round(s * 1000)
    return f'{ms // 3600000:02d}:{ms // 60000 % 60:02d}:{ms // 1000 % 60:02d}{sep}{ms % 1000:03d}'
ALL = ' '.join(t[3] for t in TALK)
JSON = {}

def js(name):

    def reg(f):
        JSON[name] = f
        return f
    return reg

def spk(p, form='SPEAKER_{:02d}'):
    return form.format(NUM[p])


@js('whisperx.json')
def whisperx_json():
    return {'segments': [{'start': a, 'end': b, 'text': ' ' + x, 'speaker': spk(p), 'words': [{'word': w, 'start': s, 'end': e, 'score': 0.9, 'speaker': spk(p)} for w, s, e in words((p, a, b, x))]} for p, a, b, x in TALK], 'word_segments': [{'word': w, 'start': s, 'end': e, 'score': 0.9, 'speaker': spk(t[0])} for t in TALK for w, s, e in words(t)], 'language': 'en'}


@js('whisperx-words-only.json')
def whisperx_words_only_json():
    return {'word_segments': [{'word': w, 'start': s, 'end': e, 'score': 0.9, 'speaker': spk(t[0])} for t in TALK for w, s, e in words(t)]}


@js('openai-diarized.json')
def openai_diarized_json():
    return {'task': 'transcribe', 'duration': 40.0, 'text': ALL, 'segments': [{'type': 'transcript.text.segment', 'id': f'seg_{n}', 'start': a, 'end': b, 'text': ' ' + x, 'speaker': 'ABC'[NUM[p]]} for n, (p, a, b, x) in enumerate(TALK)], 'usage': {'type': 'duration', 'seconds': 40}}


@js('assemblyai.json')
def assemblyai_json():
    return {'id': 'x1', 'language_model': 'm', 'status': 'completed', 'text': ALL, 'words': [{'text': w, 'start': round(s * 1000), 'end': round(e * 1000), 'confidence': 0.9, 'speaker': 'ABC'[NUM[t[0]]]} for t in TALK for w, s, e in words(t)], 'utterances': [{'confidence': 0.9, 'start': round(a * 1000), 'end': round(b * 1000), 'text': x, 'speaker': 'ABC'[NUM[p]], 'words': [{'text': w, 'start': round(s * 1000), 'end': round(e * 1000), 'speaker': 'ABC'[NUM[p]]} for w, s, e in words((p, a, b, x))]} for p, a, b, x in TALK], 'summary': None}


@js('assemblyai-words.json')
def assemblyai_words_json():
    d = dict(JSON['assemblyai.json']())
    d['utterances'] = None
    return d


@js('deepgram-words.json')
def deepgram_words_json():
    return {'metadata': {'request_id': 'r', 'channels': 1, 'models': ['m']}, 'results': {'channels': [{'alternatives': [{'transcript': ALL, 'confidence': 0.99, 'words': [{'word': w.lower().strip('.,?!'), 'start': s, 'end': e, 'confidence': 0.9, 'speaker': NUM[t[0]], 'speaker_confidence': 0.8, 'punctuated_word': w} for t in TALK for w, s, e in words(t)]}]}]}}


@js('deepgram-multichannel.json')
def deepgram_multichannel_json():
    return {'results': {'channels': [{'alternatives': [{'transcript': ' '.join(t[3] for t in TALK if t[0] == p), 'words': [{'word': w.lower().strip('.,?!'), 'start': s, 'end': e, 'punctuated_word': w} for t in TALK if t[0] == p for w, s, e in words(t)]}]} for p in PEOPLE]}}


@js('google-v1.json')
def google_v1_json():
    ws = [{'startTime': f'{s}s', 'endTime': f'{e}s', 'word': w, 'speakerTag': NUM[t[0]] + 1} for t in TALK for w, s, e in words(t)]
    first = [{'alternatives': [{'transcript': x, 'confidence': 0.9, 'words': [{'startTime': f'{s}s', 'endTime': f'{e}s', 'word': w} for w, s, e in words((p, a, b, x))]}], 'languageCode': 'en-us'} for p, a, b, x in TALK]
    return {'results': first + [{'alternatives': [{'words': ws}]}]}


@js('google-v2.json')
def google_v2_json():
    return {'results': [{'alternatives': [{'transcript': x, 'confidence': 0.9, 'words': [{'startOffset': f'{s}s', 'endOffset': f'{e}s', 'word': w, 'confidence': 0.8, 'speakerLabel': str(NUM[p] + 1)} for w, s, e in words((p, a, b, x))]}], 'resultEndOffset': f'{b}s', 'languageCode': 'en-US'} for p, a, b, x in TALK], 'metadata': {'totalBilledDuration': '40s'}}


@js('google-v2-one-result.json')
def google_v2_one_result_json():
    return {'results': [{'alternatives': [{'transcript': ALL, 'words': [{'startOffset': f'{s}s', 'endOffset': f'{e}s', 'word': w, 'speakerLabel': str(NUM[t[0]] + 1)} for t in TALK for w, s, e in words(t)]}, {'transcript': ALL.replace('rusted', 'busted')}]}]}

def aws_items(label):
    out = []
    for t in TALK:
        for w, s, e in words(t):
            w, m = bits(w)
            it = {'type': 'pronunciation', 'alternatives': [{'confidence': '0.99', 'content': w}], 'start_time': str(s), 'end_time': str(e)}
            if label:
                it['speaker_label'] = f'spk_{NUM[t[0]]}'
            out.append(it)
            if m:
                it = {'type': 'punctuation', 'alternatives': [{'confidence': '0.0', 'content': m}]}
                if label:
                    it['speaker_label'] = f'spk_{NUM[t[0]]}'
                out.append(it)
    return out


@js('aws-classic.json')
def aws_classic_json():
    return {'jobName': 'j', 'accountId': '1', 'results': {'transcripts': [{'transcript': ALL}], 'speaker_labels': {'channel_label': 'ch_0', 'speakers': 3, 'segments': [{'start_time': str(a), 'end_time': str(b), 'speaker_label': f'spk_{NUM[p]}', 'items': [{'speaker_label': f'spk_{NUM[p]}', 'start_time': str(s), 'end_time': str(e)} for w, s, e in words((p, a, b, x))]} for p, a, b, x in TALK]}, 'items': aws_items(False)}, 'status': 'COMPLETED'}


@js('aws-segments.json')
def aws_segments_json():
    return {'jobName': 'j', 'results': {'transcripts': [{'transcript': ALL}], 'items': aws_items(True), 'audio_segments': [{'id': n, 'transcript': x, 'start_time': str(a), 'end_time': str(b), 'speaker_label': f'spk_{NUM[p]}', 'items': [1, 2]} for n, (p, a, b, x) in enumerate(TALK)]}, 'status': 'COMPLETED'}


@js('aws-call-analytics.json')
def aws_call_analytics_json():
    return {'JobStatus': 'COMPLETED', 'LanguageCode': 'en-US', 'Transcript': [{'LoudnessScores': [70.1, 71.2], 'Content': x, 'Items': [{'Content': w, 'BeginOffsetMillis': round(s * 1000), 'EndOffsetMillis': round(e * 1000), 'Type': 'pronunciation', 'Confidence': '0.9'} for w, s, e in words((p, a, b, x))], 'Id': f'id{n}', 'BeginOffsetMillis': round(a * 1000), 'EndOffsetMillis': round(b * 1000), 'Sentiment': 'NEUTRAL', 'ParticipantRole': ['AGENT', 'CUSTOMER', 'SUPERVISOR'][NUM[p]]} for n, (p, a, b, x) in enumerate(TALK)], 'ConversationCharacteristics': {'TotalConversationDurationMillis': 40000}}


@js('azure-batch.json')
def azure_batch_json():
    return {'source': 'https://example.org/a.wav', 'timestamp': '2026-03-02T10:00:00Z', 'durationInTicks': 400000000, 'duration': 'PT40S', 'combinedRecognizedPhrases': [{'channel': 0, 'lexical': ALL.lower(), 'itn': ALL.lower(), 'maskedITN': ALL.lower(), 'display': ALL}], 'recognizedPhrases': [{'recognitionStatus': 'Success', 'channel': 0, 'speaker': NUM[p] + 1, 'offset': f'PT{a}S', 'duration': f'PT{round(b - a, 2)}S', 'offsetInTicks': round(a * 10000000.0), 'durationInTicks': round((b - a) * 10000000.0), 'nBest': [{'confidence': 0.9, 'lexical': x.lower(), 'itn': x.lower(), 'maskedITN': x.lower(), 'display': x}, {'confidence': 0.5, 'lexical': x.upper(), 'itn': x, 'maskedITN': x, 'display': x.replace('the', 'a')}]} for p, a, b, x in TALK]}


@js('azure-fast.json')
def azure_fast_json():
    return {'durationMilliseconds': 40000, 'combinedPhrases': [{'text': ALL}], 'phrases': [{'speaker': NUM[p], 'offsetMilliseconds': round(a * 1000), 'durationMilliseconds': round((b - a) * 1000), 'text': x, 'words': [{'text': w, 'offsetMilliseconds': round(s * 1000), 'durationMilliseconds': 200} for w, s, e in words((p, a, b, x))], 'locale': 'en-US', 'confidence': 0.9} for p, a, b, x in TALK]}


@js('azure-conversation.json')
def azure_conversation_json():
    return [{'Id': f'{n}', 'RecognitionStatus': 'Success', 'DisplayText': x, 'Offset': round(a * 10000000.0), 'Duration': round((b - a) * 10000000.0), 'Channel': 0, 'Type': 'ConversationTranscription', 'SpeakerId': f'Guest-{NUM[p] + 1}'} for n, (p, a, b, x) in enumerate(TALK)]


@js('speechmatics.json')
def speechmatics_json():
    out = []
    for t in TALK:
        for w, s, e in words(t):
            w, m = bits(w)
            out.append({'alternatives': [{'confidence': 1.0, 'content': w, 'language': 'en', 'speaker': f'S{NUM[t[0]] + 1}'}], 'end_time': e, 'start_time': s, 'type': 'word'})
            if m:
                out.append({'alternatives': [{'confidence': 1.0, 'content': m, 'language': 'en', 'speaker': f'S{NUM[t[0]] + 1}'}], 'attaches_to': 'previous', 'end_time': e, 'start_time': e, 'is_eos': m != ',', 'type': 'punctuation'})
    return {'format': '2.9', 'metadata': {'created_at': '2026-03-02T10:00:00Z', 'type': 'transcription'}, 'results': out}


@js('revai.json')
def revai_json():
    out = []
    for p, a, b, x in TALK:
        el = []
        for w, s, e in words((p, a, b, x)):
            w, m = bits(w)
            if el:
                el.append({'type': 'punct', 'value': ' '})
            el.append({'type': 'text', 'value': w, 'ts': s, 'end_ts': e, 'confidence': 0.9})
            if m:
                el.append({'type': 'punct', 'value': m})
        out.append({'speaker': NUM[p], 'elements': el})
    return {'monologues': out}


@js('revai-names.json')
def revai_names_json():
    d = JSON['revai.json']()
    for m in d['monologues']:
        m['speaker_info'] = {'id': str(m['speaker']), 'display_name': PEOPLE[m['speaker']]}
    d['speakers'] = [{'id': n, 'name': p} for p, n in NUM.items()]
    return d


@js('gladia.json')
def gladia_json():
    return {'id': 'g', 'status': 'done', 'file': {'filename': 'talk.wav'}, 'result': {'metadata': {'audio_duration': 40}, 'transcription': {'full_transcript': ALL, 'languages': ['en'], 'utterances': [{'text': x, 'language': 'en', 'start': a, 'end': b, 'confidence': 0.9, 'channel': 0, 'speaker': NUM[p], 'words': [{'word': ' ' + w, 'start': s, 'end': e, 'confidence': 0.9} for w, s, e in words((p, a, b, x))]} for p, a, b, x in TALK]}}}


@js('gladia-v1.json')
def gladia_v1_json():
    return {'prediction': [{'transcription': x, 'time_begin': a, 'time_end': b, 'speaker': f'speaker_{NUM[p]}', 'channel': 'channel_0', 'language': 'en', 'probability': 0.9, 'words': [{'word': w, 'time_begin': s, 'time_end': e} for w, s, e in words((p, a, b, x))]} for p, a, b, x in TALK]}


@js('elevenlabs.json')
def elevenlabs_json():
    out = []
    for t in TALK:
        for w, s, e in words(t):
            if out:
                out.append({'text': ' ', 'start': s, 'end': s, 'type': 'spacing', 'speaker_id': f'speaker_{NUM[t[0]]}'})
            out.append({'text': w, 'start': s, 'end': e, 'type': 'word', 'speaker_id': f'speaker_{NUM[t[0]]}', 'logprob': 0.0})
    return {'language_code': 'eng', 'language_probability': 0.99, 'text': ALL, 'words': out}


@js('ibm.json')
def ibm_json():
    return {'result_index': 0, 'results': [{'final': True, 'alternatives': [{'transcript': x + ' ', 'confidence': 0.9, 'timestamps': [[w, s, e] for w, s, e in words((p, a, b, x))]}]} for p, a, b, x in TALK], 'speaker_labels': [{'from': s, 'to': e, 'speaker': NUM[t[0]], 'confidence': 0.5, 'final': False} for t in TALK for w, s, e in words(t)]}


@js('ibm-one-result.json')
def ibm_one_result_json():
    return {'results': [{'final': True, 'alternatives': [{'transcript': ALL + ' ', 'timestamps': [[w, s, e] for t in TALK for w, s, e in words(t)]}]}], 'speaker_labels': [{'from': s, 'to': e, 'speaker': NUM[t[0]], 'confidence': 0.5, 'final': False} for t in TALK for w, s, e in words(t)]}


@js('linto-kaldi.json')
def linto_kaldi_json():
    return {'confidence': 0.9, 'raw_transcription': ALL.lower(), 'transcription_result': ALL, 'segments': [{'seg_id': n, 'spk_id': f'spk{NUM[p] + 1}', 'start': a, 'end': b, 'duration': b - a, 'raw_segment': x.lower(), 'segment': x, 'words': [{'word': w, 'start': s, 'end': e, 'conf': 1} for w, s, e in words((p, a, b, x))]} for n, (p, a, b, x) in enumerate(TALK)]}


@js('kaldi-monologues.json')
def kaldi_monologues_json():
    return {'schemaVersion': '2.0', 'monologues': [{'speaker': {'id': f'S{NUM[p]}', 'name': None}, 'start': a, 'end': b, 'terms': [{'start': s, 'end': e, 'text': bits(w)[0], 'type': 'WORD'} if k == 0 else {'text': bits(w)[1], 'type': 'PUNCT'} for w, s, e in words((p, a, b, x)) for k in (0, 1) if bits(w)[k]]} for p, a, b, x in TALK]}


@js('youtube-turns.json3')
def youtube_turns_json3():
    return {'wireMagic': 'pb3', 'events': [{'tStartMs': 0, 'dDurationMs': 40000, 'id': 1, 'wpWinPosId': 1}] + [{'tStartMs': round(a * 1000), 'dDurationMs': round((b - a) * 1000), 'segs': [{'utf8': ('>> ' if i == 0 else ' ') + w, 'tOffsetMs': i * 200} for i, (w, s, e) in enumerate(words((p, a, b, x)))]} for p, a, b, x in TALK]}


@js('podcast.json')
def podcast_json():
    return {'version': '1.0.0', 'segments': [{'speaker': p, 'startTime': a, 'endTime': b, 'body': x} for p, a, b, x in TALK]}


@js('podcast-words.json')
def podcast_words_json():
    return {'version': '1.0.0', 'segments': [{'speaker': t[0], 'startTime': s, 'endTime': e, 'body': w} for t in TALK for w, s, e in words(t)]}


@js('fireflies.json')
def fireflies_json():
    return {'data': {'transcript': {'id': 'f', 'title': 'Lock', 'date': 1772445600000, 'sentences': [{'index': n, 'speaker_name': p, 'speaker_id': NUM[p], 'text': x, 'raw_text': x, 'start_time': a, 'end_time': b, 'ai_filters': {'task': None, 'question': x if '?' in x else None}} for n, (p, a, b, x) in enumerate(TALK)], 'summary': {'overview': 'The lock opens in June, and owners may claim what they lost.'}}}}


@js('otter.json')
def otter_json():
    return {'speech': {'title': 'Lock', 'speakers': [{'id': n, 'speaker_name': p} for p, n in NUM.items()], 'transcripts': [{'id': n, 'speaker_id': NUM[p], 'transcript': x, 'start_offset': round(a * 16000), 'end_offset': round(b * 16000)} for n, (p, a, b, x) in enumerate(TALK)]}}


@js('trint.json')
def trint_json():
    return {'transcript': {'speakers': [{'id': f'p{n}', 'name': p} for p, n in NUM.items()], 'paragraphs': [{'id': n, 'speaker': f'p{NUM[p]}', 'words': [{'time': round(s * 1000), 'duration': 200, 'value': w} for w, s, e in words((p, a, b, x))]} for n, (p, a, b, x) in enumerate(TALK)]}}


@js('bbc-dpe.json')
def bbc_dpe_json():
    return {'words': [{'id': n, 'start': s, 'end': e, 'text': w} for n, (w, s, e) in enumerate(z for t in TALK for z in words(t))], 'paragraphs': [{'id': n, 'start': a, 'end': b, 'speaker': p} for n, (p, a, b, x) in enumerate(TALK)]}


@js('draftjs.json')
def draftjs_json():
    return {'blocks': [{'key': f'k{n}', 'text': x, 'type': 'paragraph', 'depth': 0, 'inlineStyleRanges': [], 'data': {'speaker': p, 'start': a, 'words': [{'start': s, 'end': e, 'text': w} for w, s, e in words((p, a, b, x))]}, 'entityRanges': [{'start': s, 'end': e, 'text': w, 'offset': 0, 'length': 3, 'key': 1} for w, s, e in words((p, a, b, x))]} for n, (p, a, b, x) in enumerate(TALK)], 'entityMap': {'0': {'type': 'WORD', 'data': {'text': 'Good'}}}}


@js('slate.json')
def slate_json():
    return [{'speaker': p, 'start': a, 'previousTimings': '', 'startTimecode': hms(a), 'type': 'timedText', 'children': [{'text': x, 'words': [{'start': s, 'end': e, 'text': w} for w, s, e in words((p, a, b, x))]}]} for p, a, b, x in TALK]


@js('nemo.json')
def nemo_json():
    return {'status': 'Success', 'session_id': 'a', 'text': ALL, 'speaker_count': 3, 'words': [{'word': w, 'start_time': s, 'end_time': e, 'speaker': f'speaker_{NUM[t[0]]}'} for t in TALK for w, s, e in words(t)], 'sentences': [{'sentence': x, 'start_time': a, 'end_time': b, 'speaker': f'speaker_{NUM[p]}'} for p, a, b, x in TALK]}


@js('symbl.json')
def symbl_json():
    return {'messages': [{'id': str(n), 'text': x, 'from': {'id': f'u{NUM[p]}', 'name': p, 'email': None}, 'startTime': f'2026-03-02T10:00:{a:06.3f}Z', 'endTime': f'2026-03-02T10:00:{b:06.3f}Z', 'conversationId': '9', 'phrases': [], 'sentiment': {'polarity': {'score': 0.1}}} for n, (p, a, b, x) in enumerate(TALK)]}


@js('teams-graph.json')
def teams_graph_json():
    return {'entries': [{'text': x, 'speakerId': f'id-{NUM[p]}@t', 'speakerDisplayName': p, 'startOffset': hms(a) + '0000', 'endOffset': hms(b) + '0000', 'confidence': 0.9, 'spokenLanguageTag': 'en-us', 'roomId': None} for p, a, b, x in TALK]}


@js('meet-api.json')
def meet_api_json():
    return {'transcriptEntries': [{'name': f'conferenceRecords/c/transcripts/t/entries/{n}', 'participant': f'conferenceRecords/c/participants/{NUM[p]}', 'text': x, 'languageCode': 'en-US', 'startTime': f'2026-03-02T10:00:{a:06.3f}Z', 'endTime': f'2026-03-02T10:00:{b:06.3f}Z'} for n, (p, a, b, x) in enumerate(TALK)], 'participants': [{'name': f'conferenceRecords/c/participants/{n}', 'signedinUser': {'user': f'users/{n}', 'displayName': p}} for p, n in NUM.items()]}


@js('whispercpp.json')
def whispercpp_json():
    return {'systeminfo': 'AVX', 'model': {'type': 'base'}, 'params': {'language': 'en'}, 'result': {'language': 'en'}, 'transcription': [{'timestamps': {'from': hms(a, ','), 'to': hms(b, ',')}, 'offsets': {'from': round(a * 1000), 'to': round(b * 1000)}, 'text': ' ' + x, 'speaker': str(NUM[p])} for p, a, b, x in TALK]}


@js('insanely-fast.json')
def insanely_fast_json():
    return {'speakers': [{'speaker': spk(p), 'timestamp': [a, b], 'text': ' ' + x} for p, a, b, x in TALK], 'chunks': [{'timestamp': [a, b], 'text': ' ' + x} for p, a, b, x in TALK], 'text': ALL}


@js('convokit.jsonl')
def convokit_jsonl():
    return [{'id': f'u{n}', 'conversation_id': 'u0', 'text': x, 'speaker': p, 'meta': {'type': 'x'}, 'reply-to': f'u{n - 1}' if n else None, 'timestamp': None} for n, (p, a, b, x) in enumerate(TALK)]


@js('telegram.json')
def telegram_json():
    return {'name': 'Lock', 'type': 'public_supergroup', 'id': 1, 'messages': [{'id': 0, 'type': 'service', 'date': '2026-03-02T09:59:00', 'actor': 'Nora Quill', 'action': 'create_group', 'title': 'Lock', 'text': ''}] + [{'id': n + 1, 'type': 'message', 'date': f'2026-03-02T10:{n:02d}:00', 'date_unixtime': str(1772445600 + 60 * n), 'from': p, 'from_id': f'user{NUM[p]}', 'text': x if n != 2 else [x[:30], {'type': 'bold', 'text': x[30:41]}, x[41:]], 'text_entities': [{'type': 'plain', 'text': x}] if n != 2 else [{'type': 'plain', 'text': x[:30]}, {'type': 'bold', 'text': x[30:41]}, {'type': 'plain', 'text': x[41:]}]} for n, (p, a, b, x) in enumerate(TALK)]}


@js('slack.json')
def slack_json():
    return [{'client_msg_id': str(n), 'type': 'message', 'text': x, 'user': f'U{NUM[p]}', 'ts': f'{1772445600 + 60 * n}.000100', 'user_profile': {'real_name': p, 'display_name': p.split()[0].lower(), 'first_name': p.split()[0], 'name': p.replace(' ', '.').lower(), 'is_restricted': False}, 'blocks': [{'type': 'rich_text', 'block_id': 'b', 'elements': [{'type': 'rich_text_section', 'elements': [{'type': 'text', 'text': x}]}]}]} for n, (p, a, b, x) in enumerate(TALK)]


@js('discord.json')
def discord_json():
    return {'guild': {'id': '1', 'name': 'Press'}, 'channel': {'id': '2', 'type': 'GuildTextChat', 'name': 'lock', 'topic': None}, 'messages': [{'id': str(n), 'type': 'Default', 'timestamp': f'2026-03-02T10:{n:02d}:00+00:00', 'content': x, 'author': {'id': str(NUM[p]), 'name': p.split()[0].lower(), 'nickname': p, 'isBot': False, 'roles': []}, 'attachments': [], 'embeds': [], 'mentions': []} for n, (p, a, b, x) in enumerate(TALK)], 'messageCount': 7}


@js('chatml.json')
def chatml_json():
    return {'messages': [{'role': p, 'content': [{'type': 'text', 'text': x}]} for p, a, b, x in TALK]}


@js('pairs.json')
def pairs_json():
    return [[p, x] for p, a, b, x in TALK]


@js('triples.json')
def triples_json():
    return [[a, x, p] for p, a, b, x in TALK]


@js('columns.json')
def columns_json():
    return {'speaker': [t[0] for t in TALK], 'text': [t[3] for t in TALK]}


@js('pandas-split.json')
def pandas_split_json():
    return {'columns': ['start', 'speaker', 'text'], 'index': list(range(7)), 'data': [[a, p, x] for p, a, b, x in TALK]}


@js('pandas-index.json')
def pandas_index_json():
    return {str(n): {'speaker': p, 'text': x, 'start': a} for n, (p, a, b, x) in enumerate(TALK)}


@js('mediasum.json')
def mediasum_json():
    return {'id': 'N-1', 'program': 'x', 'date': '2026-03-02', 'title': 'Lock', 'summary': 'The lock opens.', 'utt': [t[3] for t in TALK], 'speaker': [t[0] for t in TALK]}


@js('oyez.json')
def oyez_json():
    return {'id': 1, 'title': 'Lock', 'transcript': {'title': 'Lock', 'duration': 40, 'sections': [{'start': 0, 'stop': 20, 'turns': [{'start': a, 'stop': b, 'speaker': {'ID': NUM[p], 'name': p, 'identifier': 'x', 'roles': None}, 'text_blocks': [{'start': a, 'stop': b, 'text': x}]} for p, a, b, x in TALK[:4]]}, {'turns': [{'start': a, 'stop': b, 'speaker': {'ID': NUM[p], 'name': p}, 'text_blocks': [{'start': a, 'stop': b, 'text': x}]} for p, a, b, x in TALK[4:]]}]}}


@js('sonix.json')
def sonix_json():
    return {'name': 'lock.mp3', 'transcript': [{'speaker': p, 'start_time': a, 'end_time': b, 'text': x, 'words': [{'text': w, 'start_time': s, 'end_time': e} for w, s, e in words((p, a, b, x))]} for p, a, b, x in TALK]}


@js('happyscribe.json')
def happyscribe_json():
    return [{'speaker': p, 'speaker_number': NUM[p], 'words': [{'text': w + ' ', 'type': 'text', 'data_start': s, 'data_end': e, 'confidence': 0.9} for w, s, e in words((p, a, b, x))]} for p, a, b, x in TALK]


@js('amberscript.json')
def amberscript_json():
    return {'id': 'z', 'speakers': [{'spkid': f'spk{n}', 'name': p} for p, n in NUM.items()], 'segments': [{'speaker': f'spk{NUM[p]}', 'words': [{'text': w, 'start': s, 'end': e, 'duration': 0.2, 'confidence': 1, 'pristine': True} for w, s, e in words((p, a, b, x))]} for p, a, b, x in TALK], 'startTimeOffset': 0}


@js('readai.json')
def readai_json():
    return {'session_id': 's', 'title': 'Lock', 'transcript': {'speaker_blocks': [{'start_time': str(1772445600000 + round(a * 1000)), 'end_time': str(1772445600000 + round(b * 1000)), 'speaker': {'name': p}, 'words': x} for p, a, b, x in TALK], 'speakers': [{'name': p} for p in PEOPLE]}, 'summary': 'The lock opens in June.'}


@js('fathom.json')
def fathom_json():
    return {'title': 'Lock', 'transcript': [{'speaker': {'display_name': p, 'matched_calendar_invitee_email': None}, 'text': x, 'timestamp': hms(a)[:8]} for p, a, b, x in TALK]}


@js('gong.json')
def gong_json():
    return {'callTranscripts': [{'callId': '7', 'transcript': [{'speakerId': str(7000 + NUM[p]), 'topic': 'Pricing', 'sentences': [{'start': round(a * 1000), 'end': round(b * 1000), 'text': x}]} for p, a, b, x in TALK]}]}


@js('recall.json')
def recall_json():
    return [{'participant': {'id': 100 + NUM[p], 'name': p, 'is_host': NUM[p] == 0, 'platform': 'z', 'extra_data': None}, 'language_code': 'en', 'words': [{'text': w, 'start_timestamp': {'relative': s, 'absolute': '2026-03-02T10:00:00Z'}, 'end_timestamp': {'relative': e, 'absolute': '2026-03-02T10:00:00Z'}} for w, s, e in words((p, a, b, x))]} for p, a, b, x in TALK]


@js('picovoice.json')
def picovoice_json():
    return {'transcript': ALL, 'words': [{'word': w, 'startSec': s, 'endSec': e, 'confidence': 0.9, 'speakerTag': NUM[t[0]] + 1} for t in TALK for w, s, e in words(t)]}


@js('soniox.json')
def soniox_json():
    out = []
    for t in TALK:
        for w, s, e in words(t):
            cut = max(1, len(w) // 2)
            for part, lead in ((w[:cut], True), (w[cut:], False)):
                if part:
                    out.append({'text': (' ' if lead and out else '') + part, 'start_ms': round(s * 1000), 'end_ms': round(e * 1000), 'confidence': 0.9, 'speaker': str(NUM[t[0]] + 1), 'language': 'en'})
    return {'id': 'q', 'text': ALL, 'tokens': out}


@js('voxtral.json')
def voxtral_json():
    return {'model': 'v', 'text': ALL, 'language': None, 'segments': [{'type': 'transcription_segment', 'text': ' ' + x, 'start': a, 'end': b, 'speaker_id': f'speaker_{NUM[p] + 1}'} for p, a, b, x in TALK], 'usage': {'prompt_audio_seconds': 40}}


@js('pyannote.json')
def pyannote_json():
    return {'jobId': 'j', 'status': 'succeeded', 'output': {'diarization': [{'speaker': spk(p), 'start': a, 'end': b} for p, a, b, x in TALK], 'wordLevelTranscription': [{'start': s, 'end': e, 'speaker': spk(t[0]), 'text': w} for t in TALK for w, s, e in words(t)], 'turnLevelTranscription': [{'start': a, 'end': b, 'speaker': spk(p), 'text': x} for p, a, b, x in TALK]}}


@js('gemini.json')
def gemini_json():
    return [{'timestamp': f'00:{round(a):02d}', 'speaker': p, 'caption': x} for p, a, b, x in TALK]


@js('hansard-uk.json')
def hansard_uk_json():
    return {'Overview': {'Id': 1, 'Title': 'Saltmarsh Lock', 'Date': '2026-03-02T00:00:00', 'Location': 'Chamber'}, 'Navigator': [{'Id': 1, 'Title': 'Commons'}], 'Items': [{'ItemType': 'Contribution', 'ItemId': n, 'MemberId': 40 + NUM[p], 'AttributedTo': f'{p} (Saltmarsh)', 'Value': f'<p>{x}</p>', 'OrderInSection': n, 'Timecode': None, 'ExternalId': f'E{n}', 'HRSTag': 'hs_Para', 'HansardSection': 'D'} for n, (p, a, b, x) in enumerate(TALK)]}


@js('twfy.json')
def twfy_json():
    return [{'epobject_id': str(n), 'htype': '12', 'gid': f'2026.{n}', 'hdate': '2026-03-02', 'htime': None, 'body': f'<p pid="a">{x}</p>', 'person_id': str(NUM[p]), 'speaker': {'name': p, 'party': 'X', 'house': '1'}, 'listurl': '/debates/'} for n, (p, a, b, x) in enumerate(TALK)]


@js('unknown-keys.json')
def unknown_keys_json():
    return {'vergadering': {'titel': 'Sluis', 'blokken': [{'nr': n, 'deelnemer': p, 'gezegd': x, 'van': a} for n, (p, a, b, x) in enumerate(TALK)]}}


@js('unknown-keys-deep.json')
def unknown_keys_deep_json():
    return {'doc': [{'part': 'one', 'bits': [{'k': p, 'v': [{'t': x}]} for p, a, b, x in TALK[:3]]}, {'part': 'two', 'bits': [{'k': p, 'v': [{'t': x}]} for p, a, b, x in TALK[3:]]}]}


@js('name-as-key.json')
def name_as_key_json():
    return [{p: x} for p, a, b, x in TALK]


@js('utterance-list.json')
def utterance_list_json():
    return {'turns': [{'speaker_name': p, 'paragraphs': [s.strip() + ('' if s.strip()[-1] in '.?' else '.') for s in x.split('. ')]} for p, a, b, x in TALK]}


@js('deepgram-live.jsonl')
def deepgram_live_jsonl():
    out = []
    for p, a, b, x in TALK:
        ws = [{'word': w.lower().strip('.,?'), 'start': s, 'end': e, 'speaker': NUM[p], 'punctuated_word': w} for w, s, e in words((p, a, b, x))]
        out.append({'type': 'Results', 'start': a, 'duration': 2, 'is_final': False, 'channel': {'alternatives': [{'transcript': ' '.join(x.split()[:3]), 'words': ws[:3]}]}})
        out.append({'type': 'Results', 'start': a, 'duration': b - a, 'is_final': True, 'speech_final': True, 'channel': {'alternatives': [{'transcript': x, 'words': ws}]}})
    return out


@js('prepared-and-questions.json')
def prepared_and_questions_json():
    return {'prepared_remarks': [{'name': p, 'role': 'CEO', 'speech': x} for p, a, b, x in TALK[:1]], 'questions_and_answers': [{'name': p, 'role': 'Analyst' if NUM[p] else 'CEO', 'speech': x} for p, a, b, x in TALK[1:]]}


@js('numbers-as-text.json')
def numbers_as_text_json():
    return [{'line': n + 1, 'spk': str(NUM[p]), 'utt': x} for n, (p, a, b, x) in enumerate(TALK)]


@js('json-in-string.json')
def json_in_string_json():
    return {'transcript': '\n'.join((f'{p}: {x}' for p, a, b, x in TALK)), 'title': 'Lock'}


@js('webex-api.json')
def webex_api_json():
    return {'items': [{'id': str(n), 'meetingId': 'm', 'personName': p, 'personEmail': f'{NUM[p]}@example.org', 'peopleId': 'z', 'offsetMillisecond': round(a * 1000), 'durationMillisecond': round((b - a) * 1000), 'text': x, 'confidence': 0.9} for n, (p, a, b, x) in enumerate(TALK)]}


@js('descript.json')
def descript_json():
    return {'name': 'Lock', 'markers': [], 'speakers': {'s0': {'name': 'Nora Quill'}, 's1': {'name': 'Piet Vos'}, 's2': {'name': 'Ruth Amsel'}}, 'segments': [{'speakerId': f's{NUM[p]}', 'startTime': a, 'endTime': b, 'text': x} for p, a, b, x in TALK]}


@js('videoindexer.json')
def videoindexer_json():
    return {'videos': [{'insights': {'transcript': [{'id': n, 'text': x, 'confidence': 0.9, 'speakerId': NUM[p] + 1, 'language': 'en-US', 'instances': [{'adjustedStart': hms(a), 'adjustedEnd': hms(b), 'start': hms(a), 'end': hms(b)}]} for n, (p, a, b, x) in enumerate(TALK)], 'keywords': [{'id': 1, 'text': 'lock', 'confidence': 1}], 'speakers': [{'id': n + 1, 'name': p, 'instances': []} for p, n in NUM.items()]}}], 'summarizedInsights': {'keywords': [{'name': 'lock'}]}}


@js('vtt-cues.json')
def vtt_cues_json():
    return {'cues': [{'startTime': a, 'endTime': b, 'text': f'<v {p}>{x}</v>'} for p, a, b, x in TALK]}


@js('labels-in-text.json')
def labels_in_text_json():
    return [{'start': a, 'end': b, 'text': f'{p}: {x}'} for p, a, b, x in TALK]


@js('tencent.json')
def tencent_json():
    return {'Response': {'RequestId': 'q', 'Data': {'TaskId': 1, 'StatusStr': 'success', 'Result': ''.join(f'[{a:.3f},{b:.3f},{NUM[p]}]  {x}\n' for p, a, b, x in TALK), 'ResultDetail': [{'FinalSentence': x, 'SliceSentence': x, 'StartMs': int(a * 1000), 'EndMs': int(b * 1000), 'WordsNum': len(x.split()), 'SpeakerId': NUM[p], 'Words': [{'Word': w, 'OffsetStartMs': int((s - a) * 1000), 'OffsetEndMs': int((e - a) * 1000)} for w, s, e in words((p, a, b, x))]} for p, a, b, x in TALK]}}}


@js('dashscope.json')
def dashscope_json():
    return {'file_url': 'u', 'properties': {'channels': [0]}, 'transcripts': [{'channel_id': 0, 'content_duration_in_milliseconds': 40000, 'text': ALL, 'sentences': [{'begin_time': int(a * 1000), 'end_time': int(b * 1000), 'sentence_id': n, 'speaker_id': NUM[p], 'text': x, 'words': [{'begin_time': int(s * 1000), 'end_time': int(e * 1000), 'text': w + ' ', 'punctuation': ''} for w, s, e in words((p, a, b, x))]} for n, (p, a, b, x) in enumerate(TALK)]}]}


@js('iflytek.json')
def iflytek_json():
    said = [{'st': {'pa': '0', 'rl': str(NUM[p] + 1), 'bg': str(int(a * 1000)), 'ed': str(int(b * 1000)), 'rt': [{'ws': [{'cw': [{'w': w, 'wp': 'n', 'wc': '1'}], 'wb': n, 'we': n + 1} for n, w in enumerate(x.split())]}]}} for p, a, b, x in TALK]
    return {'code': '000000', 'content': {'orderInfo': {'status': 4}, 'orderResult': json.dumps({'lattice': [{'json_1best': json.dumps(one)} for one in said]})}}


@js('funasr.json')
def funasr_json():
    return [{'key': 'a', 'text': ALL, 'timestamp': [[int(s * 1000), int(e * 1000)] for t in TALK for _, s, e in words(t)], 'sentence_info': [{'text': x, 'start': int(a * 1000), 'end': int(b * 1000), 'timestamp': [[int(s * 1000), int(e * 1000)] for _, s, e in words((p, a, b, x))], 'spk': NUM[p]} for p, a, b, x in TALK]}]


@js('clova.json')
def clova_json():
    return {'result': 'COMPLETED', 'progress': 100, 'segments': [{'start': int(a * 1000), 'end': int(b * 1000), 'text': x, 'confidence': 0.9, 'diarization': {'label': str(NUM[p] + 1)}, 'speaker': {'label': str(NUM[p] + 1), 'name': 'ABC'[NUM[p]], 'edited': False}, 'words': [[int(s * 1000), int(e * 1000), w] for w, s, e in words((p, a, b, x))], 'textEdited': x} for p, a, b, x in TALK], 'text': ALL, 'speakers': [{'label': str(n + 1), 'name': 'ABC'[n], 'edited': False} for n in range(3)], 'events': []}


@js('yandex.json')
def yandex_json():
    return {'done': True, 'response': {'chunks': [{'alternatives': [{'words': [{'startTime': f'{s}s', 'endTime': f'{e}s', 'word': w, 'confidence': 1} for w, s, e in words((p, a, b, x))], 'text': x, 'confidence': 1}], 'channelTag': str(NUM[p] + 1)} for p, a, b, x in TALK]}}


@js('amivoice.json')
def amivoice_json():
    return {'status': 'completed', 'results': [{'tokens': [{'written': w, 'spoken': w.lower(), 'starttime': int(s * 1000), 'endtime': int(e * 1000), 'confidence': 0.9, 'label': f'speaker{NUM[t[0]]}'} for t in TALK for w, s, e in words(t)], 'starttime': 0, 'endtime': 40000, 'text': ALL}], 'text': ALL}


@js('twilio.json')
def twilio_json():
    return {'meta': {'page': 0, 'key': 'sentences'}, 'sentences': [{'media_channel': NUM[p] + 1, 'sentence_index': n, 'start_time': a, 'end_time': b, 'transcript': x, 'confidence': 0.9} for n, (p, a, b, x) in enumerate(TALK)]}


@js('runs.json')
def runs_json():
    return {'paragraphs': [{'speaker': {'id': NUM[p], 'display': {'name': p}}, 'runs': [{'t': w + ' '} for w in x.split()]} for p, a, b, x in TALK]}


@js('wordpress-api.json')
def wordpress_api_json():
    return [{'id': 7, 'date': '2026-11-30T10:00:00', 'slug': 'lock', 'title': {'rendered': 'The lock'}, 'content': {'rendered': ''.join(f'<p><strong>{p}:</strong> {x}</p>\n' for p, a, b, x in TALK), 'protected': False}, 'excerpt': {'rendered': '<p>The lock opens &hellip;</p>'}}]


@js('otranscribe.otr')
def otranscribe_otr():
    return {'text': ''.join(f'<p><span class="timestamp" contenteditable="false" data-timestamp="{a}">{int(a) // 60}:{int(a) % 60:02d}</span> <b>{p}:</b> {x}<br></p>' for p, a, b, x in TALK), 'media': 'lock.mp3', 'media-time': 39.9}

@js('boxes.json')
def boxes_json():
    """Who, what and when each in an object of its own, all of one size."""
    return {'contributions': [{'who': {'displayName': p, 'kind': 'human'}, 'said': {'plain': x, 'language': 'en'}, 'at': {'beginMs': int(a * 1000), 'finishMs': int(b * 1000)}} for p, a, b, x in TALK]}


@js('roster.json')
def roster_json():
    return {'roster': {f'p{n}': dict(zip(('first', 'last'), p.split(), strict=True)) for p, n in NUM.items()}, 'blocks': [{'participantId': f'p{NUM[p]}', 'offset': a, 'lines': x.replace('. ', '.|').split('|')} for p, a, b, x in TALK]}


@js('by-time.json')
def by_time_json():
    return {hms(a): {'speaker': p, 'text': x} for p, a, b, x in TALK}


@js('by-speaker.json')
def by_speaker_json():
    return {'speakers': [{'name': p, 'segments': [{'start': a, 'end': b, 'text': x} for who, a, b, x in TALK if who == p]} for p in PEOPLE]}


@js('marks-apart.json')
def marks_apart_json():
    """Words and their marks one by one, each with what it is."""
    return {'items': [one for t in TALK for w, s, e in words(t) for one in ({'kind': 'word', 'content': bits(w)[0], 'from': s, 'to': e, 'voice': NUM[t[0]]}, {'kind': 'punct', 'content': bits(w)[1], 'voice': NUM[t[0]]}) if one['content']]}


@js('diarisation-apart.json')
def diarisation_apart_json():
    return {'words': [{'w': w, 's': s, 'e': e} for t in TALK for w, s, e in words(t)], 'diarization': [{'spk': spk(p), 's': a - 0.05, 'e': b + 0.05} for p, a, b, x in TALK]}


@js('vtt-in-string.json')
def vtt_in_string_json():
    return {'id': 7, 'transcript': 'WEBVTT\n\n' + '\n\n'.join(f'{hms(a)} --> {hms(b)}\n<v {p}>{x}</v>' for p, a, b, x in TALK)}


@js('partials.jsonl')
def partials_jsonl():
    return [one for p, a, b, x in TALK for one in ({'type': 'partial', 'speaker': p, 'text': x[:len(x) // 2], 'ts': a}, {'type': 'final', 'speaker': p, 'text': x, 'ts': a})]


@js('change-events.json')
def change_events_json():
    return {'events': [one for p, a, b, x in TALK for one in ({'event': 'speaker_change', 'speaker': p, 'time': a}, {'event': 'text', 'text': x, 'time': a})]}


@js('chat-beside.json')
def chat_beside_json():
    return {'chat': [{'sender': 'Guest 4', 'message': 'Is there a recording of this for later?'}, {'sender': 'Guest 5', 'message': 'The sound is bad, can you hear them?'}], 'transcript': [{'speaker': p, 'start': a, 'text': x} for p, a, b, x in TALK]}


@js('mood-beside.json')
def mood_beside_json():
    """Keys that nobody knows; the mood comes back too, and has fewer values than there are people."""
    return [{'stimmung': ('ruhig', 'laut')[n % 2], 'mensch': p, 'gesagt': x} for n, (p, a, b, x) in enumerate(TALK)]


@js('rows-times-first.json')
def rows_times_first_json():
    return {'rows': [[a, b, p, x] for p, a, b, x in TALK]}


@js('words-in-turns.json')
def words_in_turns_json():
    return {'turns': [{'spk': t[0], 'tokens': [{'t': w, 'b': s, 'd': 0.1} for w, s, e in words(t)]} for t in TALK]}


def dump(name):
    v = JSON[name]()
    if name.endswith('.jsonl'):
        return '\n'.join(json.dumps(x) for x in v).encode()
    return json.dumps(v).encode()
