// Signing in: what goes wrong is said exactly, and the way back is kept.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { goAvailable, signIn } from './support/agent';
import { closeBrowser, openPage } from './support/browser';
import { absent, Center } from './support/center';

describe.skipIf(absent !== null)('sign in', () => {
  let center: Center;
  beforeAll(async () => {
    center = await Center.start();
  });
  afterAll(async () => {
    await closeBrowser();
    await center.stop();
  });

  it('names what is missing, and what the server refused', async () => {
    const { page, faults } = await openPage(center.url);
    await page.goto('/login');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('Enter your e-mail address.').waitFor();
    await page.getByLabel('E-mail').fill('nobody@example.org');
    await page.getByLabel('Password', { exact: true }).fill('wrong');
    await page.keyboard.press('Enter');
    const alert = page.getByRole('alert').filter({ hasText: /\w/ });
    await alert.waitFor();
    expect(await alert.textContent()).not.toMatch(/undefined|\[object|500/);
    expect(page.url()).toContain('/login');
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('comes back to the page asked for', async () => {
    const { page } = await openPage(center.url);
    await page.goto('/workspace');
    await page.waitForURL(/\/login\?returnTo=/);
    await page.getByLabel('E-mail').fill(center.agent.email);
    await page.getByLabel('Password', { exact: true }).fill(center.agent.password);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/workspace$/);
    await page.context().close();
  });

  it('never sends anyone to another site after signing in', async () => {
    const { page } = await openPage(center.url);
    await page.goto('/login?returnTo=//example.org/');
    await page.getByLabel('E-mail').fill(center.agent.email);
    await page.getByLabel('Password', { exact: true }).fill(center.agent.password);
    await page.keyboard.press('Enter');
    await page.waitForURL(`${center.url}/workspace`);
    await page.context().close();
  });

  it('signs out, logs the agent out of routing, and leaves nothing in the tab', async () => {
    const { page } = await openPage(center.url);
    await signIn(page, center);
    await goAvailable(page);
    await page.getByRole('button', { name: /settings and sign out/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.waitForURL(/\/login$/);
    expect(await page.evaluate(() => Object.keys(sessionStorage))).not.toContain(
      'cordboard.selected',
    );
    await signIn(page, center);
    await page.getByRole('button', { name: 'Go available' }).waitFor();
    await page.context().close();
  });
});
