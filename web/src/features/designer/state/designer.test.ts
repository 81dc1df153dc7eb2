import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { saveDraft } from '../api/scripts';
import { FLOW } from '../graph/fixtures/flows';
import { WORDS } from '../graph/fixtures/palette';
import { addNode } from './add';
import { only } from './choice';
import { createDesigner } from './designer';
import { PAUSE_MS } from './saver';

vi.mock('../api/scripts', () => ({ saveDraft: vi.fn(), loadScript: vi.fn() }));

const script = {
  id: 1,
  revision: 4,
  name: 'Main',
  publishedVersion: null,
  draftDiffers: true,
  channels: [],
};

describe('an open script', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.mocked(saveDraft).mockResolvedValue({ ...script, revision: 5 });
  });
  afterEach(() => void vi.useRealTimers());

  const open = () =>
    createDesigner({ script, draft: { name: 'Main', flow: FLOW, layout: new Map() } }, WORDS);
  const flowOf = ({ store }: ReturnType<typeof open>) => store.getState().history.present.flow;

  it('keeps every node where it was seen while one draws', () => {
    const designer = open();
    const before = designer.store.getState().places;
    designer.edit({ type: 'connect', link: { from: 'vip', exit: 'missing' }, to: 'language' });
    expect(designer.store.getState().places).toEqual(before);
  });

  it('puts the nodes in order when asked to, and takes that back', () => {
    const designer = open();
    const ordered = designer.store.getState().places;
    designer.edit({ type: 'move', to: new Map([['bye', { x: 0, y: 800 }]]) });
    designer.edit({ type: 'arrange' });
    expect(designer.store.getState().places).toEqual(ordered);
    designer.undo();
    expect(designer.store.getState().places.get('bye')).toEqual({ x: 0, y: 800 });
  });

  it('adds a node after the one that is chosen, by its first open exit', () => {
    const designer = open();
    designer.choose(only('vip'));
    const id = addNode(designer, 'say');
    expect(id).toBe('say');
    expect(flowOf(designer).nodes.get('vip')?.exits.get('missing')).toBe('say');
    expect([...designer.store.getState().choice.nodes]).toEqual(['say']);
    const { places } = designer.store.getState();
    expect(places.get('say')?.x).toBeGreaterThan(places.get('vip')?.x ?? 0);
  });

  it('adds a node where it is dropped, without a wire', () => {
    const designer = open();
    designer.choose(only('vip'));
    const id = addNode(designer, 'say', { at: { x: 3, y: -904 } });
    expect(designer.store.getState().places.get(id ?? '')).toEqual({ x: 0, y: -904 });
    expect(flowOf(designer).nodes.get('vip')?.exits.has('missing')).toBe(false);
    expect(addNode(designer, 'nonsense')).toBeNull();
  });

  it('forgets the choice of what is gone', () => {
    const designer = open();
    designer.choose(only('vip'));
    designer.edit({ type: 'remove', ids: ['vip'] });
    expect(designer.store.getState().choice.nodes.size).toBe(0);
  });

  it('saves the whole draft after a pause, over the revision it was made to', async () => {
    const designer = open();
    designer.rename('Night line');
    designer.edit({ type: 'rename', id: 'vip', label: 'a' }, 'label');
    designer.edit({ type: 'rename', id: 'vip', label: 'ab' }, 'label');
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    expect(saveDraft).toHaveBeenCalledTimes(1);
    const [id, draft, revision] = vi.mocked(saveDraft).mock.calls[0] ?? [];
    expect([id, revision]).toEqual([1, 4]);
    expect(draft?.name).toBe('Night line');
    expect(draft?.flow.nodes.get('vip')?.label).toBe('ab');
    expect(designer.store.getState().save.kind).toBe('saved');
    designer.undo();
    expect(flowOf(designer).nodes.get('vip')?.label).toBe('VIP?');
  });
});
