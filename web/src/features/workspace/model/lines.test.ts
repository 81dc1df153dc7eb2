import { describe, expect, it } from 'vitest';
import type { Work } from '@/contract/types';
import { state, talking, work, wrappingUp, wrapUp } from '@/testing/state';
import { chooseSelected, neighbour } from './choose-selected';
import { hasColleagues, isConference, isConsultation, ownWork, secondLine } from './lines';
import { transitions } from './transitions';
import { caller } from './words';

const BEN: Work['participants'][number] = { kind: 'agent', name: 'Ben Ortiz', ringing: false };
const nobody = () => false;

const first = talking({ interactionId: 'first' });
const line = talking({
  interactionId: 'line',
  lineOf: 'first',
  callerName: '',
  wrapUp: null,
  participants: [BEN],
});

describe('a second line', () => {
  it('stands with its first, not in the list', () => {
    expect(ownWork([first, line])).toEqual([first]);
    expect(secondLine(state({ work: [first, line] }), 'first')).toBe(line);
    expect(chooseSelected([first, line], 'line')).toBe('first');
    expect(neighbour([first, line], 'first', 1)).toBe('first');
  });

  it('is work of its own for whoever is asked', () => {
    expect(ownWork([line])).toEqual([line]);
    expect(chooseSelected([line], null)).toBe('line');
  });

  it('has the name of whoever is on it, also when the first is long over', () => {
    expect(caller(line, 'en-US')).toBe('Ben Ortiz');
    const orphan = { ...line, lineOf: null };
    expect(isConsultation(orphan)).toBe(true);
    expect(caller(orphan, 'en-US')).toBe('Ben Ortiz');
  });
});

describe('a conference', () => {
  it('has somebody besides the customer and the agent', () => {
    const withBen = talking({ participants: [BEN] });
    expect(isConference(withBen)).toBe(true);
    expect(hasColleagues(withBen)).toBe(true);
    const number = { kind: 'number', name: '+1617', ringing: false } as const;
    expect(hasColleagues(talking({ participants: [number] }))).toBe(false);
    expect(isConference(first)).toBe(false);
    expect(isConference(line)).toBe(false);
  });
});

describe('what happens to lines', () => {
  const told = (before: Work[], after: Work[], changes: Parameters<typeof transitions>[2] = []) =>
    transitions(state({ work: before }), state({ work: after }), changes, nobody).map(
      ({ kind, text }) => [kind, text],
    );

  it('a second line that is gone is told in the words of the log, or by name', () => {
    const busy = { at: 1, interactionId: 'line', kind: 'line', text: 'The line is busy' } as const;
    const over = { at: 1, interactionId: 'line', kind: 'ended', text: 'Nobody answered' } as const;
    expect(told([first, line], [first], [busy, over])).toEqual([['lineGone', 'The line is busy.']]);
    expect(told([first, line], [first])).toEqual([['lineGone', 'Ben Ortiz has hung up.']]);
  });

  it('whoever was asked hears whose call it is now', () => {
    const call = talking({ interactionId: 'first', callerName: 'Maria Lopez' });
    expect(told([line], [call])).toEqual([['joined', 'You are now talking to Maria Lopez.']]);
    expect(told([line], [])).toEqual([['callEnded', 'Ben Ortiz has hung up.']]);
  });

  it('who leaves a conference is named', () => {
    const before = talking({ participants: [BEN] });
    expect(told([before], [talking()])).toEqual([['partyLeft', 'Ben Ortiz left the conference.']]);
  });

  it('a call that leads to no talk is told', () => {
    const dialled = work({ place: 'dialling', direction: 'out', wrapUp: wrapUp() });
    expect(told([dialled], [])).toEqual([['dialEnded', 'The call was not answered.']]);
    expect(told([dialled], [wrappingUp()])[0]?.[0]).toBe('dialEnded');
    expect(told([dialled], [talking()])).toEqual([]);
  });
});
