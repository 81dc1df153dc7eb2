import { describe, expect, it } from 'vitest';
import { chordText } from '@/lib/chord';
import { offer, offered, state, talking, wrappingUp, wrapUp } from '@/testing/state';
import { EMPTY_DRAFT } from '../model/draft';
import type { ActionContext } from './action';
import { ACTIONS } from './all';

function context(change: Partial<ActionContext> = {}): ActionContext {
  return { state: state(), selectedId: null, draftOf: () => EMPTY_DRAFT, ...change };
}

function perform(id: string, given: ActionContext) {
  return ACTIONS.find((action) => action.id === id)?.perform(given) ?? null;
}

const first = offered({ interactionId: 'a', offer: offer({ id: 'oa' }) });
const second = offered({ interactionId: 'b', offer: offer({ id: 'ob' }) });
const talk = talking({ interactionId: 't' });
const wrap = wrappingUp({ interactionId: 'w' });

describe('every action', () => {
  it('has a chord of its own', () => {
    const chords = ACTIONS.map((action) => chordText(action.shortcut));
    expect(new Set(chords).size).toBe(chords.length);
    expect(chords).toEqual([
      'Alt+A',
      'Alt+X',
      'Alt+J',
      'Alt+K',
      'Alt+S',
      'Alt+D',
      'Alt+M',
      'Alt+H',
      'Alt+R',
      'Alt+T',
      'Alt+C',
      'Alt+L',
      'Alt+E',
      'Alt+W',
      'Alt+Enter',
      '?',
    ]);
  });

  it('does something exactly when it says it is available', () => {
    const worlds = [[], [first], [talk], [wrap], [first, talk, wrap], [talk, second]];
    for (const work of worlds) {
      for (const selectedId of [null, ...work.map((each) => each.interactionId)]) {
        const given = context({ state: state({ work }), selectedId });
        for (const action of ACTIONS) {
          expect(action.perform(given) !== null, action.id).toBe(action.available(given));
        }
      }
    }
  });
});

describe('accept and reject', () => {
  it('mean the offer on screen, else the oldest', () => {
    const given = state({ work: [first, second, talk] });
    expect(perform('accept', context({ state: given, selectedId: 'b' }))).toMatchObject({
      request: { kind: 'accept', interactionId: 'b', offerId: 'ob' },
    });
    expect(perform('accept', context({ state: given, selectedId: 't' }))).toMatchObject({
      request: { interactionId: 'a', offerId: 'oa' },
    });
  });

  it('ask for the reason when the center has reasons', () => {
    const rejectReasons = [{ code: 'x', text: 'X' }];
    expect(perform('reject', context({ state: state({ work: [first], rejectReasons }) }))).toEqual({
      type: 'open',
      surface: { kind: 'reject', interactionId: 'a' },
    });
    expect(perform('reject', context({ state: state({ work: [first] }) }))).toMatchObject({
      request: { kind: 'reject', reason: null },
    });
  });
});

describe('hold, mute and end', () => {
  it('turn around what is', () => {
    const held = talking({
      talk: { answeredAt: 0, heldSince: 5, muted: true, recording: 'off', endedAt: null },
    });
    const given = context({ state: state({ work: [held] }) });
    expect(perform('hold', given)).toMatchObject({ request: { kind: 'resume' } });
    expect(perform('mute', given)).toMatchObject({ request: { kind: 'mute', muted: false } });
    expect(perform('end', given)).toMatchObject({ request: { kind: 'end' } });
  });
});

describe('complete', () => {
  const codes = [
    { id: 1, text: 'Reason', parent: null },
    { id: 2, text: 'Order', parent: 1 },
  ];
  const work = [wrappingUp({ wrapUp: wrapUp({ codes, codesRequired: true }) })];

  it('says what is missing instead of sending', () => {
    expect(perform('complete', context({ state: state({ work }) }))).toEqual({
      type: 'say',
      text: 'Choose at least one code from “Reason” before completing.',
    });
  });

  it('sends the draft, without codes the center does not know', () => {
    const draftOf = () => ({ disposition: 1002, codes: [2, 99], note: ' call at 5 \n' });
    expect(perform('complete', context({ state: state({ work }), draftOf }))).toEqual({
      type: 'request',
      request: {
        kind: 'wrapUp',
        interactionId: 'i1',
        disposition: 1002,
        codes: [2],
        note: 'call at 5',
      },
    });
  });
});
