// Everything that calls for attention when an offer comes. Never moves the focus.
import { VisuallyHidden } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { State } from '@/contract/types';
import { useServerNow } from '@/lib/use-server-now';
import { isOffered, type Offered } from '../model/place';
import { usePlace } from '../model/place-of-tenant';
import { MEDIA, queueName } from '../model/words';
import { announcement } from './announcements';
import { showOffer } from './desktop';
import { pageTitle } from './page-title';
import { useAlertSettings } from './settings';
import { RING_EVERY_MS, ringOnce, unlockOnGesture } from './sound';

export function Alerts({ state }: { state: State }) {
  const offers = useMemo(() => state.work.filter(isOffered), [state.work]);
  const first = offers[0];
  useRing(offers.length > 0);
  useDesktopNote(first?.offer.id, first && queueName(first), first && MEDIA[first.mediaType].text);
  useTitle(state, offers.length > 0);
  return (
    <VisuallyHidden role="alert" aria-live="assertive">
      {useAnnouncement(offers, usePlace().locale)}
    </VisuallyHidden>
  );
}

function useRing(waiting: boolean): void {
  const sound = useAlertSettings((settings) => settings.sound);
  useEffect(unlockOnGesture, []);
  useEffect(() => {
    if (!waiting || !sound) return;
    ringOnce();
    const timer = setInterval(ringOnce, RING_EVERY_MS);
    return () => clearInterval(timer);
  }, [waiting, sound]);
}

function useDesktopNote(id?: string, queue?: string, media?: string): void {
  useEffect(() => {
    if (id === undefined || queue === undefined || media === undefined) return;
    return showOffer(id, queue, media);
  }, [id, queue, media]);
}

function useTitle(state: State, waiting: boolean): void {
  const now = useServerNow();
  const still = useMemo(() => window.matchMedia('(prefers-reduced-motion: reduce)').matches, []);
  const lit = waiting && (still || Math.floor(now / 1_000) % 2 === 0);
  const title = pageTitle(state, now, lit);
  useEffect(() => {
    document.title = title;
  }, [title]);
}

function useAnnouncement(offers: Offered[], locale: string): string {
  const said = useRef(new Set<string>());
  const [text, setText] = useState('');
  const now = useServerNow();
  useEffect(() => {
    const next = announcement(offers, now, locale, said.current);
    if (next !== null) setText(next);
    else if (offers.length === 0) setText('');
  }, [offers, now, locale]);
  return text;
}
