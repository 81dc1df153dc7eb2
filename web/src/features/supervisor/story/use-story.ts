// One interaction's story, told again when the log moves on while the interaction is open.
import { useCallback, useEffect, useState } from 'react';
import { ApiError } from '@/contract/api-error';
import { answer, client } from '@/contract/client';
import { endSession } from '@/contract/session';
import type { Story } from '@/contract/types';
import { useBoard } from '../model/board';

/** However much happens, the story is asked for no more often. */
const EVERY_MS = 1_000;

interface StoryState {
  story: Story | null;
  error: ApiError | null;
}

async function load(guid: string, after: number): Promise<Story> {
  const params = { path: { id: guid }, query: { after } };
  return answer(client.GET('/supervisor/v1/interactions/{id}/story', { params }));
}

export function useStory(guid: string) {
  const [shown, setShown] = useState<StoryState>({ story: null, error: null });
  const position = useBoard((store) => store.board?.position ?? 0);
  const open = shown.story === null || shown.story.open !== null;
  const whole = shown.story?.next === null || shown.story === null;
  const again = useCallback(async () => {
    try {
      const story = await load(guid, 0);
      setShown({ story, error: null });
    } catch (error) {
      setShown((before) => ({ ...before, error: refusal(error) }));
    }
  }, [guid]);
  useEffect(() => {
    setShown({ story: null, error: null });
    void again();
  }, [again]);
  const behind = (shown.story?.position ?? 0) < position && open && whole;
  useEffect(() => {
    if (!behind) return;
    const timer = setTimeout(again, EVERY_MS);
    return () => clearTimeout(timer);
  }, [behind, again]);
  const more = useCallback(async () => {
    const { story } = shown;
    if (story?.next == null) return;
    try {
      const page = await load(guid, story.next);
      const timeline = [...story.timeline, ...page.timeline];
      setShown({ story: { ...page, timeline }, error: null });
    } catch (error) {
      setShown({ story, error: refusal(error) });
    }
  }, [guid, shown]);
  return { ...shown, more, again };
}

function refusal(error: unknown): ApiError {
  if (!(error instanceof ApiError)) throw error;
  if (error.status === 401) endSession();
  return error;
}
