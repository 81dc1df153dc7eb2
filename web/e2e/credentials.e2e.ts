// The way of five credentials from the configuration to somebody outside, by a link that opens once.
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { administer, goTo } from './support/administrator';
import { closeBrowser, openPage, shot, type Watched } from './support/browser';
import { absent, Center } from './support/center';

const FIVE = [
  'CRM API username',
  'CRM API password',
  'API Token username',
  'Data Request Token',
  'Action Request Token',
];

describe.skipIf(absent !== null)('credentials', () => {
  let center: Center;
  const opened: Watched[] = [];
  beforeAll(async () => {
    center = await Center.start();
  });
  afterEach(async () => {
    const faults = opened.flatMap((each) => each.faults);
    await Promise.all(opened.splice(0).map(({ context }) => context.close()));
    expect(faults).toEqual([]);
  });
  afterAll(async () => {
    await closeBrowser();
    await center.stop();
  });

  async function arrive() {
    const watched = await openPage(center.url);
    opened.push(watched);
    return watched.page;
  }

  it('are made, gathered, handed over, and opened once', async () => {
    const page = await arrive();
    await administer(page, center, 'crm-api');
    await page.getByLabel('Enable CRM API Access').check();
    const username = await page.getByLabel('Username').inputValue();
    const all = page.getByRole('button', { name: 'Select all' });
    if (await all.isVisible()) await all.click();
    await page.getByText('14 of 14 rights').waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    await makeNew(page, 'New Password', 'Make a new password');
    await page.getByLabel('New CRM API password').waitFor();
    await goTo(page, 'API Token');
    for (const token of ['Data Request Token', 'Action Request Token']) {
      const card = page.getByRole('region', { name: token });
      await card.getByRole('button', { name: 'New Token' }).click();
      await confirm(page, 'Make a new token');
      await card.getByLabel(`New ${token}`).waitFor();
    }
    const newToken = await page.getByLabel('New Action Request Token').inputValue();
    await shot(page, 'credentials-made');
    await page.getByRole('button', { name: 'Hand over by a link' }).click();
    const form = page.getByRole('form', { name: 'Hand over' });
    for (const label of FIVE) expect(await form.getByLabel(label).isChecked()).toBe(true);
    await form.getByRole('textbox', { name: 'Passphrase' }).fill('blue window');
    await form.getByRole('button', { name: 'Make the link' }).click();
    const url = await form.getByLabel('Link', { exact: true }).inputValue();
    await shot(page, 'credentials-link');

    const other = await arrive();
    await other.goto(url);
    await other.getByRole('heading', { name: 'Integration credentials' }).waitFor();
    await other.getByRole('textbox', { name: 'Passphrase' }).fill('red door');
    await other.getByRole('button', { name: 'Open it now' }).click();
    await other.getByRole('alert').filter({ hasText: /\w/ }).waitFor();
    await other.getByRole('textbox', { name: 'Passphrase' }).fill('blue window');
    await other.getByRole('button', { name: 'Open it now' }).click();
    await other.getByText('Opened.').waitFor();
    const given = await Promise.all(
      FIVE.map((label) => other.getByLabel(label, { exact: true }).inputValue()),
    );
    expect(given[0]).toBe(username);
    expect(given[2]).toBe(center.ready.tenantId);
    expect(given[4]).toBe(newToken);
    await shot(other, 'credentials-opened');
    await other.goto('about:blank');
    await other.goto(url);
    await other.getByText('There is nothing behind this link any more').waitFor();
    await goTo(page, 'API Token');
    await goTo(page, 'One-time links');
    await page.getByRole('row').filter({ hasText: 'Opened' }).waitFor();
    expect(await opens(given[4] ?? '')).not.toBe(401);
    expect(await opens(center.ready.actionRequestToken)).toBe(401);
  });

  it('can be revoked before they are opened', async () => {
    const page = await arrive();
    await administer(page, center, 'one-time-links');
    const form = page.getByRole('form', { name: 'Hand over' });
    await form.getByLabel('Title').fill('Door code');
    await form.getByRole('button', { name: 'Add something else' }).click();
    await form.getByLabel('Name of secret 1').fill('Door');
    await form.getByLabel('Secret 1', { exact: true }).fill('4711');
    await form.getByRole('button', { name: 'Make the link' }).click();
    const url = await form.getByLabel('Link', { exact: true }).inputValue();
    await page.getByRole('button', { name: 'Revoke Door code' }).click();
    await page.getByRole('row').filter({ hasText: 'Revoked' }).waitFor();
    const other = await arrive();
    await other.goto(url);
    await other.getByText('There is nothing behind this link any more').waitFor();
  });

  it('of a key are shown once, and a revoked key is gone', async () => {
    const page = await arrive();
    await administer(page, center, 'api-keys');
    const form = page.getByRole('form', { name: 'New API key' });
    await form.getByRole('button', { name: 'Make the key' }).click();
    await form.getByText('Choose at least one.').waitFor();
    await form.getByLabel('Name').fill('Warehouse');
    await form.getByLabel('Event Streaming').check();
    await form.getByRole('button', { name: 'Make the key' }).click();
    expect(await form.getByLabel('Key', { exact: true }).inputValue()).not.toBe('');
    await page.getByRole('button', { name: 'Revoke Warehouse' }).click();
    await confirm(page, 'Revoke');
    await page.getByRole('button', { name: 'Revoke Warehouse' }).waitFor({ state: 'detached' });
  });

  /** What Data Augmentation answers to a token. */
  async function opens(token: string): Promise<number> {
    const basic = Buffer.from(`${center.ready.tenantId}:${token}`).toString('base64');
    const path = '/api/v1/interaction/data/int-0-0-phone-01-nobody';
    const answer = await fetch(center.url + path, { headers: { Authorization: `Basic ${basic}` } });
    return answer.status;
  }
});

async function makeNew(page: Page, button: string, sure: string): Promise<void> {
  await page.getByRole('button', { name: button }).click();
  await confirm(page, sure);
}

async function confirm(page: Page, button: string): Promise<void> {
  await page.getByRole('dialog').getByRole('button', { name: button }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}
