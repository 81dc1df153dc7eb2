import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '@/contract/api-error';
import { lintFlow, testFlow } from '../api/flows';
import { FLOW } from '../graph/fixtures/flows';
import { WORDS } from '../graph/fixtures/palette';
import { watchFlow } from './check';
import { createDesigner } from './designer';

vi.mock('../api/flows', () => ({ lintFlow: vi.fn(), testFlow: vi.fn() }));
vi.mock('../api/scripts', () => ({ saveDraft: vi.fn(async () => script), loadScript: vi.fn() }));

const script = {
  id: 1,
  revision: 1,
  name: 'Main',
  publishedVersion: null,
  draftDiffers: true,
  channels: [],
};
const finding = { severity: 'error', node: 'vip', field: 'label', message: 'x' } as const;
const report = { name: 'VIP', faults: [], steps: [], end: 'disconnect' };

describe('asking the server what it thinks of the flow', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.mocked(lintFlow).mockReset().mockResolvedValue([finding]);
    vi.mocked(testFlow).mockReset().mockResolvedValue([report]);
  });
  afterEach(() => void vi.useRealTimers());

  const open = () =>
    createDesigner({ script, draft: { name: 'Main', flow: FLOW, layout: new Map() } }, WORDS);
  const label = (text: string) => ({ type: 'rename', id: 'vip', label: text }) as const;

  it('happens at once, and after a pause in editing', async () => {
    const designer = open();
    const stop = watchFlow(designer);
    await vi.advanceTimersByTimeAsync(0);
    expect(designer.store.getState().findings).toEqual([finding]);
    expect(designer.store.getState().reports.get('VIP')).toEqual(report);
    designer.edit(label('a'), 'label');
    designer.edit(label('ab'), 'label');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(lintFlow).toHaveBeenCalledTimes(2);
    expect(vi.mocked(lintFlow).mock.lastCall?.[0].nodes.get('vip')?.label).toBe('ab');
    stop();
  });

  it('does not happen when only places change, or after it was stopped', async () => {
    const designer = open();
    const stop = watchFlow(designer);
    await vi.advanceTimersByTimeAsync(0);
    designer.edit({ type: 'move', to: new Map([['vip', { x: 8, y: 8 }]]) });
    await vi.advanceTimersByTimeAsync(1_000);
    stop();
    designer.edit(label('a'));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(lintFlow).toHaveBeenCalledTimes(1);
  });

  it('drops an answer about a flow that is not the newest any more', async () => {
    const designer = open();
    let late: (found: readonly (typeof finding)[]) => void = () => undefined;
    vi.mocked(lintFlow).mockReturnValueOnce(new Promise((resolve) => (late = resolve)));
    const stop = watchFlow(designer);
    await vi.advanceTimersByTimeAsync(0);
    vi.mocked(lintFlow).mockResolvedValueOnce([]);
    designer.edit(label('a'));
    await vi.advanceTimersByTimeAsync(1_000);
    late([finding]);
    await vi.advanceTimersByTimeAsync(0);
    expect(designer.store.getState().findings).toEqual([]);
    stop();
  });

  it('says that it failed, and asks again', async () => {
    const designer = open();
    vi.mocked(lintFlow).mockRejectedValueOnce(ApiError.unreachable(null));
    const stop = watchFlow(designer);
    await vi.advanceTimersByTimeAsync(0);
    expect(designer.store.getState().checkFailed).toBe(true);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(designer.store.getState().checkFailed).toBe(false);
    expect(designer.store.getState().findings).toEqual([finding]);
    stop();
  });
});
