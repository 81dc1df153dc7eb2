import { describe, expect, it } from 'vitest';
import { queues } from '../resources/queues';
import { users } from '../resources/users';
import { check, elsewhere, errorsAt } from './check';

describe('a draft', () => {
  it('is checked at every field, in the words of the server', () => {
    const wrong = {
      ...queues.fresh,
      priority: 101,
      offerMs: 10,
      rings: [
        { afterMs: 30_000, relax: [] },
        { afterMs: 30_000, relax: [] },
      ],
      serviceLevel: { targetPercent: Number.NaN, thresholdMs: 1 },
    };
    expect(check(queues.sections, wrong, true)).toEqual({
      name: 'Is empty.',
      priority: 'Must be a whole number, 0 to 100.',
      offerMs: 'Must be at least 1 s.',
      'rings[1].afterMs': 'Must rise from ring to ring.',
      'serviceLevel.targetPercent': 'Must be a whole number, 0 to 100.',
    });
  });

  it('needs a password only when the person is new', () => {
    const person = { ...users.fresh, name: 'A', email: 'a@b' };
    expect(check(users.sections, person, true)).toEqual({ password: 'Is missing.' });
    expect(check(users.sections, person, false)).toEqual({});
  });
});

describe('errors', () => {
  const errors = { rings: 'a', 'rings[0].afterMs': 'b', ringsOther: 'c', 'x.y': 'd' };

  it('are given to their field, relative to it', () => {
    expect(errorsAt(errors, 'rings')).toEqual({ '': 'a', '[0].afterMs': 'b' });
    expect(errorsAt(errorsAt(errors, 'rings'), '[0]')).toEqual({ afterMs: 'b' });
    expect(errorsAt(errors, 'x')).toEqual({ y: 'd' });
  });

  it('that belong to no field are still told', () => {
    expect(elsewhere(errors, queues.sections)).toEqual([
      ['ringsOther', 'c'],
      ['x.y', 'd'],
    ]);
  });
});
