import { beforeEach, describe, expect, it } from 'vitest';
import { state, talking, wrapUp } from '@/testing/state';
import {
  changeDraft,
  draftFailed,
  draftOf,
  draftSaved,
  EMPTY_DRAFT,
  forgetAllDrafts,
  useDrafts,
} from './draft';
import { resetLive, useLive } from './live';

const SAVED = { disposition: 1001, codes: [3], note: 'from another browser' };

function live(draft: Parameters<typeof wrapUp>[0]) {
  useLive.setState({ state: state({ work: [talking({ wrapUp: wrapUp(draft) })] }) });
}

describe('the draft', () => {
  beforeEach(() => {
    forgetAllDrafts();
    resetLive();
  });

  it('is what the server has, until something is written here', () => {
    expect(draftOf('i1')).toEqual(EMPTY_DRAFT);
    live({ draft: SAVED });
    expect(draftOf('i1')).toEqual(SAVED);
    changeDraft('i1', { note: 'mine' });
    expect(draftOf('i1')).toEqual({ ...SAVED, note: 'mine' });
  });

  it('is the server’s again once it is saved', () => {
    changeDraft('i1', { note: 'mine' });
    draftSaved('i1', draftOf('i1'));
    expect(useDrafts.getState().unsaved).toEqual({});
  });

  it('keeps what was written while an older one was being saved', () => {
    changeDraft('i1', { note: 'one' });
    const older = draftOf('i1');
    changeDraft('i1', { note: 'one two' });
    draftFailed('i1');
    draftSaved('i1', older);
    expect(draftOf('i1').note).toBe('one two');
    expect(useDrafts.getState().failed.size).toBe(0);
  });

  it('is nowhere in the browser', () => {
    changeDraft('i1', { note: 'secret' });
    expect(JSON.stringify({ ...sessionStorage, ...localStorage })).not.toContain('secret');
  });
});
