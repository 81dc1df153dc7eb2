import { beforeEach, describe, expect, it } from 'vitest';
import {
  changeDraft,
  draftOf,
  dropAllDrafts,
  dropDraft,
  EMPTY_DRAFT,
  loadDrafts,
  useDrafts,
} from './draft';

describe('a draft', () => {
  beforeEach(() => {
    window.sessionStorage.clear();
    useDrafts.setState({ drafts: {}, kept: true });
  });

  it('begins empty, with the outcome that claims nothing', () => {
    expect(draftOf('i1')).toEqual({ disposition: 1000, codes: [], note: '' });
  });

  it('survives a reload of the page', () => {
    changeDraft('i1', { note: 'half a sent', codes: [3] });
    changeDraft('i1', { disposition: 1002 });
    useDrafts.setState({ drafts: {} });
    loadDrafts();
    expect(draftOf('i1')).toEqual({ disposition: 1002, codes: [3], note: 'half a sent' });
  });

  it('is kept apart for each interaction and dropped alone', () => {
    changeDraft('i1', { note: 'one' });
    changeDraft('i2', { note: 'two' });
    dropDraft('i1');
    loadDrafts();
    expect(draftOf('i1')).toEqual(EMPTY_DRAFT);
    expect(draftOf('i2').note).toBe('two');
  });

  it('ignores what is not a draft', () => {
    window.sessionStorage.setItem('cordboard.draft.i1', '{"note":7}');
    window.sessionStorage.setItem('cordboard.draft.i2', 'not json');
    loadDrafts();
    expect(useDrafts.getState().drafts).toEqual({});
  });

  it('leaves nothing behind on signing out', () => {
    changeDraft('i1', { note: 'secret' });
    dropAllDrafts();
    expect(JSON.stringify(window.sessionStorage)).not.toContain('secret');
  });
});
