// Two lines: asking a colleague, handing over, conferences, transfers, calling out, recording.
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  callPanel,
  endedPanel,
  goAvailable,
  offerCard,
  secondLine,
  signIn,
  transferPanel,
  wrapUpForm,
} from './support/agent';
import { closeBrowser, openPage, type Watched } from './support/browser';
import { Caller } from './support/caller';
import { absent, Center } from './support/center';
import { outside } from './support/outside';

const NUMBER = '+16175551234';

describe.skipIf(absent !== null)('telephone lines', () => {
  let center: Center;
  let watched: Watched;
  let second: Watched | undefined;
  afterAll(closeBrowser);
  beforeEach(async () => {
    center = await Center.start();
    watched = await openPage(center.url);
    await signIn(watched.page, center);
    await goAvailable(watched.page);
  });
  afterEach(async () => {
    await watched.context.close();
    await second?.context.close();
    await center.stop();
    expect([...watched.faults, ...(second?.faults ?? [])]).toEqual([]);
    second = undefined;
  });

  /** Ann talks to Maria, Ben is available in another browser. */
  async function annTalksBenIsFree(): Promise<{ ann: Page; ben: Page; caller: Caller }> {
    const ann = watched.page;
    const caller = await talkTo(center, ann);
    second = await openPage(center.url);
    await signIn(second.page, center, center.colleague);
    await goAvailable(second.page);
    return { ann, ben: second.page, caller };
  }

  it('a colleague is asked and takes over, with the keyboard alone', async () => {
    const { ann, ben, caller } = await annTalksBenIsFree();
    await ann.keyboard.press('Alt+t');
    const panel = transferPanel(ann);
    await panel.getByRole('option', { name: /Ben.*free now/ }).waitFor();
    await ann.keyboard.type('ben');
    await expect.poll(() => panel.getByRole('option').count()).toBe(1);
    await ann.keyboard.press('Enter');
    await ann.keyboard.press('Enter');
    await secondLine(ann).getByText('Ringing').waitFor();
    await callPanel(ann).getByText('On hold ·').waitFor();
    expect(await ann.getByRole('navigation').getByRole('button').count()).toBe(1);
    await offerCard(ben).getByRole('heading', { name: 'Ann Perez' }).waitFor();
    await ben.keyboard.press('Alt+a');
    await callPanel(ben).getByRole('heading', { name: 'Ann Perez' }).waitFor();
    await secondLine(ann).getByText('Talking privately with').waitFor();
    await ann.reload();
    await secondLine(ann).getByText('Talking privately with').waitFor();
    await ann.keyboard.press('Alt+t');
    await endedPanel(ann).waitFor();
    await callPanel(ben).getByRole('heading', { name: 'Maria Lopez' }).waitFor();
    await ben.getByText('You are now talking to Maria Lopez.').waitFor();
    await caller.hangUp();
    await endedPanel(ben).waitFor();
  });

  it('a conference is made, listed and left', async () => {
    const { ann, ben } = await annTalksBenIsFree();
    await ask(ann, 'ben');
    await offerCard(ben).waitFor();
    await ben.keyboard.press('Alt+a');
    await secondLine(ann).getByText('Talking privately with').waitFor();
    await callPanel(ann).getByRole('button', { name: 'Conference' }).click();
    for (const page of [ann, ben]) {
      const people = page.getByRole('region', { name: 'In this conference' });
      await people.getByText('Maria Lopez').waitFor();
    }
    await callPanel(ann).getByText('Conference ·').waitFor();
    await callPanel(ann).getByRole('button', { name: 'Leave' }).click();
    await endedPanel(ann).waitFor();
    await ben.getByText('Ann Perez left the conference.').waitFor();
    await callPanel(ben).getByRole('button', { name: 'End' }).click();
    await endedPanel(ben).waitFor();
  });

  it('who does not answer leaves the customer with the agent, and that is said there', async () => {
    const { ann, ben } = await annTalksBenIsFree();
    await ask(ann, 'ben');
    await offerCard(ben).waitFor();
    await callPanel(ann).getByRole('button', { name: 'End' }).click();
    await callPanel(ann).getByText('End your second line first.').waitFor();
    await ben.keyboard.press('Alt+x');
    await ben.getByRole('menuitem').first().click();
    await callPanel(ann).getByText('Your colleague did not take it.').waitFor();
    await secondLine(ann).waitFor({ state: 'detached' });
    await ask(ann, NUMBER);
    await secondLine(ann).getByRole('button', { name: 'Hang up line' }).click();
    await secondLine(ann).waitFor({ state: 'detached' });
  });

  it('a busy colleague is refused where the agent asked', async () => {
    const { page } = watched;
    await talkTo(center, page);
    await page.keyboard.press('Alt+t');
    const panel = transferPanel(page);
    await panel.getByRole('option', { name: /Cara.*logged out/ }).click();
    await panel.getByRole('button', { name: 'Ask first' }).click();
    await panel.getByText('The agent cannot take it now.').waitFor();
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
    await callPanel(page).getByText('In talk ·').waitFor();
  });

  it('a customer is handed on to a queue at once', async () => {
    const { ann, ben } = await annTalksBenIsFree();
    await ann.keyboard.press('Alt+t');
    await transferPanel(ann)
      .getByRole('option', { name: /VIP Support/ })
      .click();
    await transferPanel(ann).getByRole('button', { name: 'Hand on now' }).click();
    await endedPanel(ann).waitFor();
    await ann.getByText('Handed on to VIP Support.').waitFor();
    await offerCard(ben).getByText('Phone offer · VIP Support').waitFor();
  });

  it('a number is called on behalf of a queue, answers, and is wrapped up', async () => {
    const { page } = watched;
    await page.keyboard.press('Alt+d');
    const dialog = page.getByRole('dialog', { name: 'Call a number' });
    await dialog.getByLabel('Number').fill('nobody');
    await page.keyboard.press('Enter');
    await dialog.getByText('Type a telephone number').waitFor();
    await dialog.getByLabel('Number').fill('+1 617 555-1234');
    await dialog.getByLabel('On behalf of').selectOption({ label: 'Standard' });
    await dialog.getByRole('button', { name: 'Call', exact: true }).click();
    await page.getByRole('region', { name: 'Calling' }).getByText('Ringing · Standard').waitFor();
    await page.reload();
    await page.getByRole('region', { name: 'Calling' }).waitFor();
    await outside(center, NUMBER, 'answer');
    await callPanel(page).getByText('In talk · Standard').waitFor();
    await page.keyboard.press('Alt+e');
    await endedPanel(page).waitFor();
    await page.keyboard.press('Alt+Enter');
    await endedPanel(page).waitFor({ state: 'detached' });
  });

  it('a busy number is told where it was called, and wrapped up', async () => {
    const { page } = watched;
    await page.keyboard.press('Alt+d');
    await page.getByRole('textbox', { name: 'Number' }).fill(NUMBER);
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'Calling' }).waitFor();
    await outside(center, NUMBER, 'busy');
    await endedPanel(page).getByText('The line is busy.').waitFor();
    await page.keyboard.press('Alt+Enter');
    await page.getByText('Nothing is assigned to you.').waitFor();
  });

  it('the recording is paused and goes on', async () => {
    const { page } = watched;
    await talkTo(center, page);
    const panel = callPanel(page);
    // The demo's queues record from the first word.
    await panel.getByText('Recording', { exact: true }).waitFor();
    await panel.getByRole('button', { name: 'Pause recording' }).click();
    await panel.getByText('Recording paused').waitFor();
    await page.keyboard.press('Alt+r');
    await panel.getByText('Recording', { exact: true }).waitFor();
  });

  it('the wrap-up begun while talking is there in another browser', async () => {
    const { page } = watched;
    await talkTo(center, page);
    await wrapUpForm(page).getByLabel('Note').fill('Wants a call on Monday');
    await wrapUpForm(page).getByRole('option').first().click();
    await wrapUpForm(page).getByText('Saved.').waitFor();
    second = await openPage(center.url);
    await signIn(second.page, center);
    const form = wrapUpForm(second.page);
    await expect.poll(() => form.getByLabel('Note').inputValue()).toBe('Wants a call on Monday');
    expect(await form.getByRole('option', { selected: true }).count()).toBe(1);
    await form.getByLabel('Note').fill('Wants a call on Tuesday');
    await expect
      .poll(() => wrapUpForm(page).getByLabel('Note').inputValue())
      .toBe('Wants a call on Tuesday');
  });
});

/** The agent on this page takes a call of Maria Lopez. */
async function talkTo(center: Center, page: Page): Promise<Caller> {
  const caller = await Caller.dial(center, { name: 'Maria Lopez' });
  await offerCard(page).waitFor();
  await page.keyboard.press('Alt+a');
  await callPanel(page).waitFor();
  return caller;
}

/** Asks whoever is found first on a second line. */
async function ask(page: Page, whom: string): Promise<void> {
  await page.keyboard.press('Alt+t');
  await transferPanel(page).getByRole('combobox').fill(whom);
  await expect.poll(() => transferPanel(page).getByRole('option').count()).toBe(1);
  await transferPanel(page).getByRole('button', { name: 'Ask first' }).click();
  await secondLine(page).waitFor();
}
